package io.channelwise.bert.internal.adapter;

import java.util.List;

/**
 * Which linear layers LoRA adapts, and how strongly.
 *
 * @param rank columns of the low-rank factors, 1 or more
 * @param alpha updates are multiplied with {@code alpha / rank}
 * @param targets last parts of module names, matched as PEFT does: {@code query} means every module
 *     whose name is it or ends in {@code .query}
 */
public record LoraSettings(int rank, double alpha, List<String> targets) {
  public LoraSettings {
    targets = List.copyOf(targets);
  }

  /** What an update is multiplied with. */
  public double scale() {
    return alpha / rank;
  }

  /** Whether a module is adapted. */
  boolean matches(String module) {
    return targets.stream().anyMatch(t -> module.equals(t) || module.endsWith("." + t));
  }
}
