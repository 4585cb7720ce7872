package io.channelwise.probability;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How good probabilities are on rows that taught them nothing.
 *
 * @param rows judged
 * @param purchases among them
 * @param majority accuracy of always answering what most rows did
 * @param accuracy share of rows on the right side of one half
 * @param auc probability that a row with a purchase is ranked above one without, ties counted half
 * @param logLoss mean of −log of the probability given to what happened, in nats
 * @param brier mean squared error of the probability
 * @param calibrationError mean distance, weighed by rows, between mean probability and share of
 *     purchases in {@value #BINS} bins of equally many rows (expected calibration error)
 */
public record Evaluation(
    int rows,
    int purchases,
    double majority,
    Measure accuracy,
    Measure auc,
    Measure logLoss,
    Measure brier,
    Measure calibrationError) {
  private static final int BINS = 10;
  private static final int MEASURES = 5;
  private static final double TAIL = 0.025;
  private static final double LEAST = 1e-15;

  /**
   * A figure with its 95 % bootstrap interval (percentiles).
   *
   * @param low lower end
   * @param high upper end
   */
  public record Measure(double value, double low, double high) {}

  /**
   * @param probabilities one a row, 0 to 1
   * @param bought one a row
   * @param resamples behind the intervals; 0 for intervals of no width
   */
  public static Evaluation of(double[] probabilities, boolean[] bought, int resamples, long seed) {
    int n = bought.length;
    // By probability, then outcome: equal rows are alike, so their order does not matter.
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(i -> probabilities[i])
                    .thenComparing(i -> bought[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] p = Arrays.stream(order).mapToDouble(i -> probabilities[i]).toArray();
    boolean[] y = new boolean[n];
    int purchases = 0;
    for (int i = 0; i < n; i++) {
      y[i] = bought[order[i]];
      purchases += y[i] ? 1 : 0;
    }
    int[] once = new int[n];
    Arrays.fill(once, 1);
    double[] point = measures(p, y, once);
    double[][] drawn = new double[MEASURES][resamples];
    SplittableRandom random = new SplittableRandom(seed);
    for (int r = 0; r < resamples; r++) {
      int[] counts = new int[n];
      for (int i = 0; i < n; i++) {
        counts[random.nextInt(n)]++;
      }
      double[] measured = measures(p, y, counts);
      for (int m = 0; m < MEASURES; m++) {
        drawn[m][r] = measured[m];
      }
    }
    return new Evaluation(
        n,
        purchases,
        (double) Math.max(purchases, n - purchases) / n,
        measure(point[0], drawn[0]),
        measure(point[1], drawn[1]),
        measure(point[2], drawn[2]),
        measure(point[3], drawn[3]),
        measure(point[4], drawn[4]));
  }

  /** The middle 95 % of what was drawn; it may lie beside a figure that resampling biases. */
  static Measure measure(double value, double[] drawn) {
    if (drawn.length == 0) {
      return new Measure(value, value, value);
    }
    double[] sorted = drawn.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return new Measure(
        value, sorted[(int) Math.floor(TAIL * last)], sorted[(int) Math.ceil((1 - TAIL) * last)]);
  }

  /** Accuracy, AUC, log loss, Brier score, calibration error of rows taken so many times each. */
  private static double[] measures(double[] p, boolean[] y, int[] counts) {
    int n = p.length;
    double right = 0;
    double logLoss = 0;
    double brier = 0;
    double[] gaps = new double[BINS];
    for (int i = 0; i < n; i++) {
      int w = counts[i];
      double outcome = y[i] ? 1 : 0;
      right += p[i] >= 0.5 == y[i] ? w : 0;
      logLoss -= w * StrictMath.log(Math.max(LEAST, y[i] ? p[i] : 1 - p[i]));
      brier += w * (p[i] - outcome) * (p[i] - outcome);
      gaps[(int) ((long) i * BINS / n)] += w * (p[i] - outcome);
    }
    double gap = Arrays.stream(gaps).map(Math::abs).sum();
    return new double[] {right / n, auc(p, y, counts), logLoss / n, brier / n, gap / n};
  }

  private static double auc(double[] p, boolean[] y, int[] counts) {
    double below = 0;
    double yes = 0;
    double above = 0;
    int i = 0;
    while (i < p.length) {
      double tiedNo = 0;
      double tiedYes = 0;
      int j = i;
      for (; j < p.length && p[j] == p[i]; j++) {
        tiedYes += y[j] ? counts[j] : 0;
        tiedNo += y[j] ? 0 : counts[j];
      }
      above += tiedYes * (below + tiedNo / 2);
      below += tiedNo;
      yes += tiedYes;
      i = j;
    }
    return yes == 0 || below == 0 ? 0.5 : above / (yes * below);
  }
}
