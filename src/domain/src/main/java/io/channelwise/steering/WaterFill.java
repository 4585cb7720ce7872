package io.channelwise.steering;

import java.util.Arrays;

/** Splits by weights under limits: what a limit cuts off goes to the others by their weights. */
final class WaterFill {
  private WaterFill() {}

  /**
   * @param total ≥ 0
   * @param weights (C), ≥ 0; a channel of weight 0 gets nothing
   * @param limits (C), ≥ 0
   * @return (C), sum {@code total}, or less when the limits forbid it
   */
  static double[] split(double total, double[] weights, long[] limits) {
    double[] parts = new double[weights.length];
    boolean[] full = new boolean[weights.length];
    double left = total;
    // Each round but the last fills a channel.
    for (int round = 0; round <= weights.length; round++) {
      double open = 0;
      for (int c = 0; c < weights.length; c++) {
        open += full[c] ? 0 : weights[c];
      }
      if (open <= 0) {
        return parts;
      }
      boolean cut = false;
      double given = left;
      for (int c = 0; c < weights.length; c++) {
        if (!full[c] && given * (weights[c] / open) >= limits[c]) {
          full[c] = true;
          parts[c] = limits[c];
          left -= limits[c];
          cut = true;
        }
      }
      left = Math.max(0, left);
      if (!cut) {
        double rest = left;
        Arrays.setAll(parts, c -> full[c] ? parts[c] : rest * (weights[c] / open(weights, full)));
        return parts;
      }
    }
    return parts;
  }

  private static double open(double[] weights, boolean[] full) {
    double open = 0;
    for (int c = 0; c < weights.length; c++) {
      open += full[c] ? 0 : weights[c];
    }
    return open;
  }
}
