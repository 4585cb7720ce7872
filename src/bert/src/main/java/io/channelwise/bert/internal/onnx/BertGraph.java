package io.channelwise.bert.internal.onnx;

import static io.channelwise.bert.internal.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.model.WeightFile;
import java.util.List;
import java.util.Map;

/**
 * BERT with the head of its task. Inputs are {@code input_ids}, {@code attention_mask} (1 on
 * tokens, 0 on padding) and {@code token_type_ids}, each (batch, sequence) of 64-bit integers. The
 * output is {@code logits}, (batch, classes), for tokens (batch, sequence, classes); of a bare
 * encoder {@code last_hidden_state}, (batch, sequence, hidden size).
 */
public final class BertGraph {
  /** Of 2022: the first with LayerNormalization; read by every runtime since. */
  public static final int OPSET = 17;

  public static final String IDS = "input_ids";
  public static final String MASK = "attention_mask";
  public static final String TYPES = "token_type_ids";
  public static final String LOGITS = "logits";
  public static final String HIDDEN = "last_hidden_state";

  /** The file format that belongs to the opset. */
  private static final int IR_VERSION = 8;

  private static final String BATCH = "batch";
  private static final String SEQUENCE = "sequence";

  private final OnnxGraph graph = new OnnxGraph("bert");
  private final BertConfig config;
  private final WeightFile weights;
  private final Products products;

  private BertGraph(BertConfig config, WeightFile weights, GraphForm form) {
    this.config = config;
    this.weights = weights;
    this.products = new Products(graph, weights, form == GraphForm.INT8);
  }

  /**
   * Writes the graph.
   *
   * @param config without labels for a bare encoder
   * @param weights checked against the configuration
   * @param metadata goes into the file
   */
  public static ModelProto of(
      BertConfig config, WeightFile weights, GraphForm form, Map<String, String> metadata) {
    BertGraph bert = new BertGraph(config, weights, form);
    bert.write(form);
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("channelwise")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(bert.graph.build());
    if (form == GraphForm.FUSED) {
      model.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain(FusedParts.DOMAIN).setVersion(1));
    }
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build();
  }

  private void write(GraphForm form) {
    String ids = graph.input(IDS, BATCH, SEQUENCE);
    String mask = graph.input(MASK, BATCH, SEQUENCE);
    String types = graph.input(TYPES, BATCH, SEQUENCE);
    String tokens = // (B, T)
        graph.node(
            "mask", "Cast", List.of(mask), attribute("to", (long) DataType.FLOAT.getNumber()));
    Parts parts =
        form == GraphForm.FUSED
            ? new FusedParts(graph, weights, config, mask)
            : new StandardParts(graph, weights, config, products, tokens);
    String hidden = parts.embed(ids, types); // (B, T, H)
    for (int i = 0; i < config.layers(); i++) {
      hidden = layer("encoder.layer." + i + ".", hidden, parts);
    }
    if (config.labels().isEmpty()) {
      graph.node(HIDDEN, "Identity", List.of(hidden));
      graph.output(HIDDEN, BATCH, SEQUENCE, Integer.toString(config.hiddenSize()));
      return;
    }
    String classes = Integer.toString(config.labels().size());
    if (config.task() == Task.TOKENS) {
      classify(hidden);
      graph.output(LOGITS, BATCH, SEQUENCE, classes);
    } else {
      classify(config.pooling() == Pooling.CLS ? first(hidden) : mean(hidden, tokens));
      graph.output(LOGITS, BATCH, classes);
    }
  }

  private String layer(String name, String hidden, Parts parts) {
    String attention = name + "attention.";
    String output = attention + "output.";
    String context = parts.attend(attention + "self.", hidden);
    String attended =
        parts.addAndNorm(
            output + "LayerNorm",
            products.multiply(output + "dense", context),
            output + "dense.bias",
            hidden);
    String wide = name + "intermediate.dense"; // (B, T, 4H)
    String activated = parts.gelu(products.multiply(wide, attended), wide + ".bias");
    return parts.addAndNorm(
        name + "output.LayerNorm",
        products.multiply(name + "output.dense", activated),
        name + "output.dense.bias",
        attended);
  }

  /** tanh of a dense layer on the first token, (B, H). */
  private String first(String hidden) {
    String index = graph.numbers("first", 0);
    String token =
        graph.node("first_token", "Gather", List.of(hidden, index), attribute("axis", 1L));
    String flat = graph.node("pooler/Squeeze", "Squeeze", List.of(token, graph.numbers("n1", 1)));
    String dense =
        graph.node(
            "pooler.dense",
            "Add",
            List.of(
                products.multiply("pooler.dense", flat), constant(BertWeightNames.POOLER_BIAS)));
    return graph.node("pooler", "Tanh", List.of(dense));
  }

  /** Mean over the tokens that are no padding, (B, H). */
  private String mean(String hidden, String tokens) {
    String one = graph.numbers("n1", 1);
    String rows = graph.node("mean/Unsqueeze", "Unsqueeze", List.of(tokens, one)); // (B, 1, T)
    String sums = graph.node("mean/MatMul", "MatMul", List.of(rows, hidden)); // (B, 1, H)
    String flat = graph.node("mean/Squeeze", "Squeeze", List.of(sums, one));
    String counts =
        graph.node(
            "mean/ReduceSum",
            "ReduceSum",
            List.of(tokens, one),
            attribute("keepdims", 1L)); // (B, 1)
    return graph.node("mean", "Div", List.of(flat, counts));
  }

  /** The head stays in 32 bits: it is small, and its errors are the answer's. */
  private void classify(String input) {
    String matrix =
        graph.floats(
            BertWeightNames.CLASSIFIER_WEIGHT + "_transposed",
            weights.read(BertWeightNames.CLASSIFIER_WEIGHT).transposed());
    String product = graph.node("classifier/MatMul", "MatMul", List.of(input, matrix));
    graph.node(LOGITS, "Add", List.of(product, constant(BertWeightNames.CLASSIFIER_BIAS)));
  }

  private String constant(String name) {
    return graph.floats(name, weights.read(name));
  }
}
