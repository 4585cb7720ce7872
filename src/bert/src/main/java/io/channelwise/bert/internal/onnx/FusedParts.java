package io.channelwise.bert.internal.onnx;

import static io.channelwise.bert.internal.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.model.WeightFile;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The parts in onnxruntime's contributed operators, one each. Documented in <a
 * href="https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md">ContribOperators.md</a>.
 */
final class FusedParts implements Parts {
  static final String DOMAIN = "com.microsoft";

  private final OnnxGraph graph;
  private final WeightFile weights;
  private final BertConfig config;
  private final String mask;

  /**
   * Writes the mask in the type that the operators want.
   *
   * @param mask (B, T), as 64-bit integers: 1 on tokens, 0 on padding
   */
  FusedParts(OnnxGraph graph, WeightFile weights, BertConfig config, String mask) {
    this.graph = graph;
    this.weights = weights;
    this.config = config;
    this.mask = int32(mask);
  }

  @Override
  public String embed(String ids, String types) {
    String norm = "embeddings.LayerNorm";
    return graph
        .nodes(
            "embeddings",
            DOMAIN,
            "EmbedLayerNormalization",
            List.of(
                int32(ids),
                int32(types),
                constant(BertWeightNames.WORD_EMBEDDINGS),
                constant("embeddings.position_embeddings.weight"),
                constant("embeddings.token_type_embeddings.weight"),
                constant(norm + ".weight"),
                constant(norm + ".bias")),
            List.of("embeddings", "embeddings/mask_index"),
            epsilon())
        .get(0);
  }

  @Override
  public String attend(String name, String hidden) {
    String matrix =
        graph.floats(name + "weight", together(name, ".weight").transposed()); // (H, 3H)
    String bias = graph.floats(name + "bias", together(name, ".bias")); // (3H)
    return graph.node(
        name + "Attention",
        DOMAIN,
        "Attention",
        List.of(hidden, matrix, bias, mask),
        attribute("num_heads", (long) config.heads()));
  }

  /** Query, key and value, one below the other. */
  private HostTensor together(String name, String kind) {
    List<HostTensor> parts =
        Stream.of("query", "key", "value").map(part -> weights.read(name + part + kind)).toList();
    long[] shape = parts.get(0).shape();
    shape[0] *= parts.size();
    FloatBuffer values =
        FloatBuffer.allocate(Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact)));
    parts.forEach(part -> values.put(part.values()));
    return new HostTensor(shape, values.flip());
  }

  @Override
  public String addAndNorm(String normName, String product, String biasName, String residual) {
    return graph.node(
        normName,
        DOMAIN,
        "SkipLayerNormalization",
        List.of(
            product,
            residual,
            constant(normName + ".weight"),
            constant(normName + ".bias"),
            constant(biasName)),
        epsilon());
  }

  @Override
  public String gelu(String product, String biasName) {
    return graph.node(product + "/Gelu", DOMAIN, "BiasGelu", List.of(product, constant(biasName)));
  }

  private AttributeProto epsilon() {
    return attribute("epsilon", (float) config.layerNormEps());
  }

  private String int32(String name) {
    return graph.node(
        name + "/Cast", "Cast", List.of(name), attribute("to", (long) DataType.INT32.getNumber()));
  }

  private String constant(String name) {
    return graph.floats(name, weights.read(name));
  }
}
