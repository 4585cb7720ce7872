package io.channelwise.bert.internal.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which linear layers LoRA adapts, and how strongly.
 *
 * @param rank columns of the low-rank factors, 1 or more
 * @param alpha updates are multiplied with {@code alpha / rank}
 * @param targets last parts of module names, matched as PEFT does: {@code query} means every module
 *     whose name is it or ends in {@code .query}
 */
public record LoraSettings(int rank, double alpha, List<String> targets) {
  private static final String WEIGHT = ".weight";
  private static final String LAYER = "encoder\\.layer\\.\\d+\\.";

  public LoraSettings {
    targets = List.copyOf(targets);
  }

  /** What an update is multiplied with. */
  public double scale() {
    return alpha / rank;
  }

  /**
   * Fails when a target is the end of no linear layer's name.
   *
   * @param weights names and shapes of the model's tensors
   * @throws IllegalArgumentException that names the layers there are
   */
  public void requireTargets(Map<String, long[]> weights) {
    Map<String, long[]> linear = linear(weights);
    List<String> unknown = new ArrayList<>(targets);
    unknown.removeIf(target -> linear.keySet().stream().anyMatch(name -> endsIn(name, target)));
    if (!unknown.isEmpty()) {
      TreeSet<String> known = new TreeSet<>();
      linear.keySet().forEach(name -> known.add(name.replaceFirst(LAYER, "")));
      throw new IllegalArgumentException(
          "LoRA targets %s name no linear layer of the encoder; a target is the end of one of %s."
              .formatted(unknown, known));
    }
  }

  /** The linear layers that are adapted, each with the shape (out, in) of its weight. */
  Map<String, long[]> modules(Map<String, long[]> weights) {
    Map<String, long[]> result = linear(weights);
    result.keySet().removeIf(name -> targets.stream().noneMatch(t -> endsIn(name, t)));
    return result;
  }

  private static boolean endsIn(String module, String target) {
    return module.equals(target) || module.endsWith("." + target);
  }

  private static Map<String, long[]> linear(Map<String, long[]> weights) {
    Map<String, long[]> result = new LinkedHashMap<>();
    weights.forEach(
        (name, shape) -> {
          if (name.startsWith("encoder.") && name.endsWith(WEIGHT) && shape.length == 2) {
            result.put(name.substring(0, name.length() - WEIGHT.length()), shape);
          }
        });
    return result;
  }
}
