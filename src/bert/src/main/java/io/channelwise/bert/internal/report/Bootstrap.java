package io.channelwise.bert.internal.report;

import io.channelwise.bert.evaluation.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap over texts (Efron and Tibshirani 1993, chapter 13). The same answers give
 * the same interval: the seed is fixed.
 */
public final class Bootstrap {
  /** Drawn data sets. */
  public static final int RESAMPLES = 1000;

  /** Of the draws. */
  public static final long SEED = 42;

  private Bootstrap() {}

  /**
   * The interval of a figure. Draws on which it is NaN are left out; with none left it is NaN.
   *
   * @param texts how many there are
   * @param figure computes it from the indices of the drawn texts; must not keep the array
   */
  public static Interval interval(int texts, ToDoubleFunction<int[]> figure) {
    return intervals(texts, drawn -> new double[] {figure.applyAsDouble(drawn)}, 1)[0];
  }

  /** Computes several figures from the same drawn texts. */
  interface Figures {
    double[] of(int[] drawn);
  }

  /**
   * The intervals of several figures.
   *
   * @param count of the figures
   */
  static Interval[] intervals(int texts, Figures figures, int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[][] values = new double[count][RESAMPLES];
    int[] drawn = new int[texts];
    for (int r = 0; r < RESAMPLES; r++) {
      for (int i = 0; i < texts; i++) {
        drawn[i] = random.nextInt(texts);
      }
      double[] found = figures.of(drawn);
      for (int f = 0; f < count; f++) {
        values[f][r] = found[f];
      }
    }
    Interval[] result = new Interval[count];
    double tail = (1 - Interval.LEVEL) / 2;
    for (int f = 0; f < count; f++) {
      Arrays.sort(values[f]);
      // NaN sorts last.
      int defined = (int) Arrays.stream(values[f]).filter(v -> !Double.isNaN(v)).count();
      double[] sorted = Arrays.copyOf(values[f], defined);
      result[f] = new Interval(quantile(sorted, tail), quantile(sorted, 1 - tail));
    }
    return result;
  }

  /** Linear between the neighbours, as NumPy's default; NaN of no values. */
  static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
