package io.channelwise.bert.internal.onnx;

import static io.channelwise.bert.internal.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.model.WeightFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Matrix products with weights, without bias, and rows of the word embedding. In 8 bits the other
 * factor is quantised at run time (DynamicQuantizeLinear, one scale a tensor), the products are
 * added up in 32-bit integers and scaled back: the pattern that onnxruntime fuses into one kernel.
 */
final class Products {
  private final OnnxGraph graph;
  private final WeightFile weights;
  private final boolean int8;

  /** Outputs of DynamicQuantizeLinear by its input: query, key and value share one. */
  private final Map<String, List<String>> quantized = new HashMap<>();

  Products(OnnxGraph graph, WeightFile weights, boolean int8) {
    this.graph = graph;
    this.weights = weights;
    this.int8 = int8;
  }

  /**
   * (…, in) times the weight of a linear layer.
   *
   * @param layer as Hugging Face names it; its weight has shape (out, in)
   * @return (…, out)
   */
  String multiply(String layer, String input) {
    HostTensor weight = weights.read(layer + ".weight");
    if (!int8) {
      String matrix = graph.floats(layer + ".weight_transposed", weight.transposed());
      return graph.node(layer + "/MatMul", "MatMul", List.of(input, matrix));
    }
    EightBits bits = EightBits.of(weight);
    long out = weight.shape()[0];
    long in = weight.shape()[1];
    String matrix = graph.bytes(layer + ".weight_quantized", bits.transposed(), in, out);
    String scales = graph.floats(layer + ".weight_scale", bits.scales());
    String zeros = graph.bytes(layer + ".weight_zero_point", new byte[(int) out], out);
    List<String> left = quantized.computeIfAbsent(input, this::quantize);
    String sums =
        graph.node(
            layer + "/MatMulInteger",
            "MatMulInteger",
            List.of(left.get(0), matrix, left.get(2), zeros));
    String floats =
        graph.node(
            layer + "/Cast",
            "Cast",
            List.of(sums),
            attribute("to", (long) DataType.FLOAT.getNumber()));
    String scale = graph.node(layer + "/Scale", "Mul", List.of(left.get(1), scales));
    return graph.node(layer + "/MatMul", "Mul", List.of(floats, scale));
  }

  /** Rows of the word embedding, (B, T, H). */
  String words(String name, String ids) {
    HostTensor table = weights.read(name);
    if (!int8) {
      return graph.node("words", "Gather", List.of(graph.floats(name, table), ids));
    }
    EightBits bits = EightBits.of(table);
    long[] shape = table.shape();
    String rows = graph.bytes(name + "_quantized", bits.rows(), shape);
    HostTensor column = new HostTensor(new long[] {shape[0], 1}, bits.scales().values());
    String scales = graph.floats(name + "_scale", column);
    String codes = graph.node("words/Gather", "Gather", List.of(rows, ids)); // (B, T, H)
    String floats =
        graph.node(
            "words/Cast",
            "Cast",
            List.of(codes),
            attribute("to", (long) DataType.FLOAT.getNumber()));
    String scale = graph.node("words/Scale", "Gather", List.of(scales, ids)); // (B, T, 1)
    return graph.node("words", "Mul", List.of(floats, scale));
  }

  private List<String> quantize(String input) {
    return graph.nodes(
        input + "/Quantize",
        "",
        "DynamicQuantizeLinear",
        List.of(input),
        List.of(input + "/codes", input + "/scale", input + "/zero_point"));
  }
}
