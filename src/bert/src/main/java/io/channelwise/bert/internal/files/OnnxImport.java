package io.channelwise.bert.internal.files;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the weights of a BERT encoder out of the ONNX graph that PyTorch's exporter writes.
 *
 * <p>Embeddings, LayerNorms and biases keep their Hugging Face names there. A linear layer's matrix
 * is anonymous and transposed; the node that multiplies by it is named after the layer.
 */
public final class OnnxImport {
  private static final String FIRST_ATTENTION = "/encoder/layer.0/attention/self/";
  private static final String WORDS = "embeddings.word_embeddings.weight";
  private static final String POSITIONS = "embeddings.position_embeddings.weight";
  private static final String TYPES = "embeddings.token_type_embeddings.weight";
  private static final String FEED_FORWARD = "encoder.layer.0.intermediate.dense.bias";

  private final String source;
  private final Map<String, TensorProto> initializers = new HashMap<>();
  private final Map<String, NodeProto> nodes = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();

  private OnnxImport(String source, GraphProto graph) {
    this.source = source;
    for (TensorProto tensor : graph.getInitializerList()) {
      initializers.put(tensor.getName(), tensor);
    }
    for (NodeProto node : graph.getNodeList()) {
      nodes.put(node.getName(), node);
      if (node.getOpType().equals("Constant") && node.getAttributeCount() == 1) {
        constants.put(node.getOutput(0), node.getAttribute(0).getT());
      }
    }
  }

  /**
   * Writes {@code config.json} and {@code model.safetensors} into the folder.
   *
   * @param source named in errors
   */
  public static void convert(String source, InputStream onnx, Path folder) throws IOException {
    GraphProto graph;
    try {
      graph = OnnxMl.ModelProto.parseFrom(onnx).getGraph();
    } catch (InvalidProtocolBufferException e) {
      throw new ModelFormatException(source + " is no ONNX model: " + e.getMessage(), e);
    }
    OnnxImport reader = new OnnxImport(source, graph);
    Map<String, HostTensor> weights = reader.weights();
    reader.config(weights).write(folder);
    Map<String, HostTensor> named = new TreeMap<>();
    weights.forEach((name, tensor) -> named.put("bert." + name, tensor));
    SafetensorsWriter.write(
        folder.resolve(BertWeightNames.FILE), named, Map.of("format", "pt", "source", source));
  }

  private Map<String, HostTensor> weights() {
    Map<String, HostTensor> result = new HashMap<>();
    initializers.forEach(
        (name, tensor) -> {
          if (name.startsWith("embeddings.") || name.startsWith("encoder.")) {
            if (tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()) {
              result.put(name, tensor(tensor));
            }
          }
        });
    for (NodeProto node : nodes.values()) {
      String name = node.getName();
      if (node.getOpType().equals("MatMul")
          && name.startsWith("/encoder/layer.")
          && name.endsWith("/MatMul")
          && initializers.containsKey(node.getInput(1))) {
        String layer = name.substring(1, name.length() - "/MatMul".length()).replace('/', '.');
        result.put(layer + ".weight", tensor(initializers.get(node.getInput(1))).transposed());
      }
    }
    return result;
  }

  private BertConfig config(Map<String, HostTensor> weights) {
    for (String name : List.of(WORDS, POSITIONS, TYPES, FEED_FORWARD)) {
      if (!weights.containsKey(name)) {
        throw new ModelFormatException(
            source + " is no BERT encoder exported by PyTorch: it has no " + name + ".");
      }
    }
    long hidden = weights.get(WORDS).shape()[1];
    int layers = 0;
    while (weights.containsKey("encoder.layer." + layers + ".intermediate.dense.bias")) {
      layers++;
    }
    double rootOfHeadSize = constant(FIRST_ATTENTION + "Div");
    long headSize = Math.round(rootOfHeadSize * rootOfHeadSize);
    BertConfig config =
        new BertConfig(
            (int) weights.get(WORDS).shape()[0],
            (int) hidden,
            layers,
            (int) (hidden / headSize),
            (int) weights.get(FEED_FORWARD).shape()[0],
            (int) weights.get(POSITIONS).shape()[0],
            (int) weights.get(TYPES).shape()[0],
            // 1e-12 as a float and back; the decimal number is what everyone writes.
            Double.parseDouble(Float.toString((float) constant("/embeddings/LayerNorm/Add"))),
            List.of(),
            Pooling.CLS,
            (int) weights.get(POSITIONS).shape()[0],
            Task.SEQUENCE);
    List<String> missing =
        BertWeightNames.encoder(config).keySet().stream()
            .filter(name -> !weights.containsKey(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new ModelFormatException(source + " lacks the weights " + missing + ".");
    }
    return config;
  }

  /** The scalar that a node of two inputs combines its first input with. */
  private double constant(String nodeName) {
    NodeProto node = nodes.get(nodeName);
    TensorProto tensor = node == null ? null : constants.get(node.getInput(1));
    if (tensor == null) {
      throw new ModelFormatException(
          source + " is no BERT encoder exported by PyTorch: node " + nodeName + " is missing.");
    }
    return tensor(tensor).values().get(0);
  }

  private HostTensor tensor(TensorProto tensor) {
    long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    if (tensor.getDataType() != TensorProto.DataType.FLOAT.getNumber()) {
      throw new ModelFormatException(
          source + ": tensor " + tensor.getName() + " is not of 32-bit floats; export it as fp32.");
    }
    if (tensor.getFloatDataCount() > 0) {
      FloatBuffer values = FloatBuffer.allocate(tensor.getFloatDataCount());
      tensor.getFloatDataList().forEach(values::put);
      return new HostTensor(shape, values.flip());
    }
    return new HostTensor(
        shape,
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
  }
}
