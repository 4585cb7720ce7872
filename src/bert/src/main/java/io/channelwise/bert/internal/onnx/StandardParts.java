package io.channelwise.bert.internal.onnx;

import static io.channelwise.bert.internal.onnx.OnnxGraph.attribute;

import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.model.WeightFile;
import java.util.List;

/** The parts in ONNX's own operators. */
final class StandardParts implements Parts {
  /** After softmax it is 0 exactly, and finite in every type. */
  private static final float PADDING_BIAS = -10_000f;

  private final OnnxGraph graph;
  private final WeightFile weights;
  private final BertConfig config;
  private final Products products;
  private final String paddingBias;

  /**
   * Writes the bias of padding, which all layers share.
   *
   * @param mask (B, T), as floats: 1 on tokens, 0 on padding
   */
  StandardParts(
      OnnxGraph graph, WeightFile weights, BertConfig config, Products products, String mask) {
    this.graph = graph;
    this.weights = weights;
    this.config = config;
    this.products = products;
    String axes = graph.numbers("axes_1_2", 1, 2);
    String wide = graph.node("padding/Unsqueeze", "Unsqueeze", List.of(mask, axes));
    String absent = graph.node("padding/Sub", "Sub", List.of(graph.scalar("one", 1), wide));
    this.paddingBias =
        graph.node(
            "padding/Mul",
            "Mul",
            List.of(absent, graph.scalar("padding_bias", PADDING_BIAS))); // (B, 1, 1, T)
  }

  @Override
  public String embed(String ids, String types) {
    String words = products.words(BertWeightNames.WORD_EMBEDDINGS, ids); // (B, T, H)
    String segments =
        graph.node(
            "segments",
            "Gather",
            List.of(constant("embeddings.token_type_embeddings.weight"), types)); // (B, T, H)
    String shape = graph.node("shape", "Shape", List.of(ids));
    String zero = graph.numbers("zero", 0);
    String length =
        graph.node(
            "length", "Slice", List.of(shape, graph.numbers("n1", 1), graph.numbers("n2", 2)));
    String positions =
        graph.node(
            "positions",
            "Slice",
            List.of(
                constant("embeddings.position_embeddings.weight"), zero, length, zero)); // (T, H)
    String sum = graph.node("embeddings/Add", "Add", List.of(words, segments));
    return norm(
        "embeddings.LayerNorm",
        graph.node("embeddings/Add_positions", "Add", List.of(sum, positions)));
  }

  @Override
  public String attend(String name, String hidden) {
    String query = heads(name + "query", hidden, 0, 2, 1, 3); // (B, A, T, D)
    String key = heads(name + "key", hidden, 0, 2, 3, 1); // (B, A, D, T)
    String value = heads(name + "value", hidden, 0, 2, 1, 3); // (B, A, T, D)
    String scores = graph.node(name + "scores", "MatMul", List.of(query, key)); // (B, A, T, T)
    String root = graph.scalar("root_of_head_size", (float) Math.sqrt(headSize()));
    String scaled = graph.node(name + "Div", "Div", List.of(scores, root));
    String masked = graph.node(name + "Add", "Add", List.of(scaled, paddingBias));
    String shares =
        graph.node(name + "Softmax", "Softmax", List.of(masked), attribute("axis", -1L));
    String context = graph.node(name + "context", "MatMul", List.of(shares, value));
    String swapped =
        graph.node(
            name + "Transpose",
            "Transpose",
            List.of(context),
            attribute("perm", new long[] {0, 2, 1, 3})); // (B, T, A, D)
    String flat = graph.numbers("hidden_shape", 0, 0, config.hiddenSize());
    return graph.node(name + "Reshape", "Reshape", List.of(swapped, flat));
  }

  private String heads(String name, String hidden, long... order) {
    String sum =
        graph.node(
            name + "/Add",
            "Add",
            List.of(products.multiply(name, hidden), constant(name + ".bias")));
    String shape = graph.numbers("heads_shape", 0, 0, config.heads(), headSize());
    String split = graph.node(name + "/Reshape", "Reshape", List.of(sum, shape));
    return graph.node(name + "/Transpose", "Transpose", List.of(split), attribute("perm", order));
  }

  private long headSize() {
    return config.hiddenSize() / config.heads();
  }

  @Override
  public String addAndNorm(String normName, String product, String biasName, String residual) {
    String biased = graph.node(normName + "/Add_bias", "Add", List.of(product, constant(biasName)));
    return norm(normName, graph.node(normName + "/Add", "Add", List.of(biased, residual)));
  }

  @Override
  public String gelu(String product, String biasName) {
    String name = product + "/Gelu_";
    String x = graph.node(name + "Add", "Add", List.of(product, constant(biasName)));
    // x (1 + erf(x / √2)) / 2: ONNX's own Gelu needs opset 20, and this is fused as well.
    String root = graph.scalar("root_of_two", (float) Math.sqrt(2));
    String scaled = graph.node(name + "Div", "Div", List.of(x, root));
    String erf = graph.node(name + "Erf", "Erf", List.of(scaled));
    String shifted = graph.node(name + "Add_one", "Add", List.of(erf, graph.scalar("one", 1)));
    String twice = graph.node(name + "Mul", "Mul", List.of(x, shifted));
    return graph.node(name + "Half", "Mul", List.of(twice, graph.scalar("half", 0.5f)));
  }

  private String norm(String name, String x) {
    return graph.node(
        name,
        "LayerNormalization",
        List.of(x, constant(name + ".weight"), constant(name + ".bias")),
        attribute("axis", -1L),
        attribute("epsilon", (float) config.layerNormEps()));
  }

  private String constant(String name) {
    return graph.floats(name, weights.read(name));
  }
}
