package io.channelwise.allocation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Where spends may lie: lower ≤ x ≤ upper and price · x ≤ limit, all as shares of the reference.
 *
 * @param lower (C), ≥ 0
 * @param upper (C), may be infinite
 * @param price (C), above 0: what a unit of spend takes from the limit
 */
record Relaxation(double[] lower, double[] upper, double[] price, double limit) {
  /** Unit roundoff of double precision. */
  private static final double ROUNDING = 0x1p-53;

  private static final double SLACK = 1e-12;

  /** What is left of the limit above all lower bounds. */
  double room() {
    double room = limit;
    for (int c = 0; c < lower.length; c++) {
      room -= price[c] * lower[c];
    }
    return room;
  }

  boolean isEmpty() {
    return room() < -SLACK * Math.max(1, limit)
        || IntStream.range(0, lower.length)
            .anyMatch(c -> lower[c] > upper[c] + SLACK * Math.max(1, lower[c]));
  }

  /**
   * Most that any allowed sharing may be better than {@code x}: f is concave, so f(y) ≤ f(x) + g ·
   * (y − x), and the best y of that straight line is found exactly by filling the channels in the
   * order of gain a price (the dual of the linearised problem; Frank and Wolfe 1956). An allowance
   * for rounding is added: all terms of the sums are ≥ 0, so that each sum of m terms is off by at
   * most a part m · 2⁻⁵³ and a little (Higham, Accuracy and Stability, section 3.1).
   *
   * @param x allowed
   * @param g (C): ∇f at x, ≥ 0
   * @param segments terms of the sums in f
   */
  double gap(double[] x, double[] g, int segments) {
    int n = x.length;
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(c -> -g[c] / price[c]));
    double room = Math.max(0, room());
    double best = 0;
    double here = 0;
    for (int c = 0; c < n; c++) {
      best += g[c] * lower[c];
      here += g[c] * x[c];
    }
    for (int c : order) {
      double more = Math.min(upper[c] - lower[c], room / price[c]);
      if (g[c] <= 0 || !(more > 0)) {
        continue;
      }
      best += g[c] * more;
      room -= price[c] * more;
    }
    double allowance = (segments + 3.0 * n + 16) * ROUNDING * (best + here);
    return Math.max(0, best - here) + allowance;
  }
}
