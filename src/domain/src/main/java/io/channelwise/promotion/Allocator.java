package io.channelwise.promotion;

import java.util.Arrays;

/**
 * Shares a budget out over channels: maximises f(b) = Σ_U P(U) log Σ_C b_C r(C,U) over shares b ≥ 0
 * that sum to 1, r being the attraction of channel C for segment U and P(U) the segment's weight.
 *
 * <p>f is concave. The update b_C ← b_C Σ_U P(U) r(C,U) / Σ_K b_K r(K,U) keeps the sum and raises f
 * in every step (Cover, "An algorithm for maximizing expected log investment return", IEEE
 * Transactions on Information Theory 30, 1984). With g_C the factor of that update, f* − f(b) ≤
 * max_C g_C − 1, because f is concave and Σ_C b_C g_C = 1: the duality gap that is returned.
 */
final class Allocator {
  private static final double GAP_WANTED = 1e-8;
  private static final double GAP_OF_PRUNED = 1e-6;
  private static final double SHARE_MIN = 1e-4;
  private static final long OPERATIONS_MAX = 1_000_000_000L;

  private Allocator() {}

  /**
   * A solution.
   *
   * @param shares (C): one a channel, sum 1
   * @param objective f(b), in nats
   * @param dualityGap the optimum is at most this much above {@code objective}
   * @param iterations updates made
   */
  record Solution(double[] shares, double objective, double dualityGap, int iterations) {}

  /**
   * @param weights (U): P(U) ≥ 0, at least one positive; normalised here
   * @param attraction (U, C): r ≥ 0; a segment that no channel reaches is left out
   */
  static Solution solve(double[] weights, double[][] attraction) {
    int channels = check(weights, attraction);
    double[] p = reachable(weights, attraction);
    double[] shares = new double[channels];
    Arrays.fill(shares, 1.0 / channels);
    int iterationsMax = (int) (OPERATIONS_MAX / ((long) channels * weights.length * 2)) + 1;
    double[] factors = factors(p, attraction, shares);
    int iterations = 0;
    while (gap(factors) > GAP_WANTED && iterations < iterationsMax) {
      for (int c = 0; c < channels; c++) {
        shares[c] *= factors[c];
      }
      normalise(shares);
      factors = factors(p, attraction, shares);
      iterations++;
    }
    double[] pruned = pruned(shares);
    double prunedGap = gap(factors(p, attraction, pruned));
    if (prunedGap <= Math.max(GAP_OF_PRUNED, gap(factors))) {
      return new Solution(pruned, objective(p, attraction, pruned), prunedGap, iterations);
    }
    return new Solution(shares, objective(p, attraction, shares), gap(factors), iterations);
  }

  private static int check(double[] weights, double[][] attraction) {
    int channels = attraction.length == 0 ? 0 : attraction[0].length;
    if (weights.length != attraction.length || channels == 0) {
      throw new IllegalArgumentException(
          "The budget was not shared out: %d weights and %d segments with %d channels were given; at least one of each, and one weight a segment, is expected."
              .formatted(weights.length, attraction.length, channels));
    }
    boolean finite =
        Arrays.stream(weights).allMatch(Allocator::isAmount)
            && Arrays.stream(attraction)
                .allMatch(
                    row ->
                        row.length == channels && Arrays.stream(row).allMatch(Allocator::isAmount));
    if (!finite) {
      throw new IllegalArgumentException(
          "The budget was not shared out: a weight or an attraction is negative, infinite or not a number; finite numbers from 0 on are expected.");
    }
    return channels;
  }

  private static boolean isAmount(double value) {
    return value >= 0 && value < Double.POSITIVE_INFINITY;
  }

  /** P(U) of the segments that any channel reaches, normalised; 0 for the others. */
  private static double[] reachable(double[] weights, double[][] attraction) {
    double[] p = new double[weights.length];
    for (int u = 0; u < p.length; u++) {
      p[u] = Arrays.stream(attraction[u]).max().orElse(0) > 0 ? weights[u] : 0;
    }
    if (Arrays.stream(p).sum() <= 0) {
      throw new IllegalArgumentException(
          "The budget was not shared out: no segment with a positive weight is reached by any channel.");
    }
    normalise(p);
    return p;
  }

  /** g_C = Σ_U P(U) r(C,U) / (b · r(U)), shape (C). */
  private static double[] factors(double[] p, double[][] r, double[] b) {
    double[] factors = new double[b.length];
    for (int u = 0; u < p.length; u++) {
      if (p[u] > 0) {
        double scale = p[u] / dot(b, r[u]);
        for (int c = 0; c < b.length; c++) {
          factors[c] += scale * r[u][c];
        }
      }
    }
    return factors;
  }

  private static double gap(double[] factors) {
    double largest = Arrays.stream(factors).max().orElseThrow();
    return Double.isFinite(largest) ? Math.max(0, largest - 1) : Double.POSITIVE_INFINITY;
  }

  private static double objective(double[] p, double[][] r, double[] b) {
    double sum = 0;
    for (int u = 0; u < p.length; u++) {
      if (p[u] > 0) {
        sum += p[u] * Math.log(dot(b, r[u]));
      }
    }
    return sum;
  }

  /** Shares on their way to zero never arrive there: the tiny ones are taken away. */
  private static double[] pruned(double[] shares) {
    double[] pruned = Arrays.stream(shares).map(b -> b < SHARE_MIN ? 0 : b).toArray();
    normalise(pruned);
    return pruned;
  }

  private static void normalise(double[] values) {
    double sum = Arrays.stream(values).sum();
    for (int i = 0; i < values.length; i++) {
      values[i] /= sum;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
