package io.channelwise.research;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A line by the median of the slopes between all pairs of points: Theil, H. (1950), A
 * rank-invariant method of linear and polynomial regression analysis, Proc. KNAW 53, 386-392; Sen,
 * P. K. (1968), Estimates of the regression coefficient based on Kendall's tau, JASA 63, 1379-1389.
 * Half of all points but a few (29 %) may be wrong without moving it far.
 *
 * @param slope a unit of time
 * @param intercept median(y) − slope × median(t), as Conover, W. J. (1999), Practical nonparametric
 *     statistics, 3rd ed.
 * @param slopeLow lower end of Sen's 95 % interval of the slope
 * @param slopeHigh upper end of it
 * @param deviation of the points around the line, √(Σe² / (n − 2)); 0 with two points
 */
record TheilSen(
    double slope,
    double intercept,
    double slopeLow,
    double slopeHigh,
    double deviation,
    int points,
    double meanTime,
    double timeSquares) {

  /**
   * @param times strictly rising, at least two
   * @param values one a time
   */
  static TheilSen fit(double[] times, double[] values) {
    int n = times.length;
    if (n < 2) {
      throw new IllegalArgumentException(
          "A line through %d points is not defined; bring at least 2.".formatted(n));
    }
    double[] slopes = new double[n * (n - 1) / 2];
    int next = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[next++] = (values[j] - values[i]) / (times[j] - times[i]);
      }
    }
    Arrays.sort(slopes);
    double slope = median(slopes);
    double intercept = median(sorted(values)) - slope * median(sorted(times));
    double mean = Arrays.stream(times).sum() / n;
    double squares = 0;
    double errors = 0;
    for (int i = 0; i < n; i++) {
      squares += (times[i] - mean) * (times[i] - mean);
      double error = values[i] - intercept - slope * times[i];
      errors += error * error;
    }
    int[] ends = ends(slopes.length, n, tieCorrection(values));
    return new TheilSen(
        slope,
        intercept,
        slopes[ends[0]],
        slopes[ends[1]],
        n > 2 ? Math.sqrt(errors / (n - 2)) : 0,
        n,
        mean,
        squares);
  }

  /** Places of the interval's ends among the sorted slopes: Sen (1968), equation 2.6. */
  private static int[] ends(int slopes, int n, double ties) {
    double sigma = Math.sqrt(((double) n * (n - 1) * (2 * n + 5) - ties) / 18);
    int upper = (int) Math.min(Math.rint((slopes + Proportion.Z * sigma) / 2), slopes - 1);
    int lower = (int) Math.max(Math.rint((slopes - Proportion.Z * sigma) / 2) - 1, 0);
    return new int[] {lower, upper};
  }

  private static double tieCorrection(double[] values) {
    double[] sorted = sorted(values);
    double sum = 0;
    int run = 1;
    for (int i = 1; i <= sorted.length; i++) {
      if (i < sorted.length && sorted[i] == sorted[i - 1]) {
        run++;
      } else {
        sum += (double) run * (run - 1) * (2 * run + 5);
        run = 1;
      }
    }
    return sum;
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double at(double time) {
    return intercept + slope * time;
  }

  /**
   * Half of the 95 % prediction interval, as for a least-squares line (Draper, N. and Smith, H.
   * (1998), Applied regression analysis, 3rd ed., section 3.1), with the errors around this one.
   */
  double halfWidth(double time) {
    if (points < 3 || deviation == 0) {
      return 0;
    }
    double distance = time - meanTime;
    return TDistribution.of(points - 2).inverseCumulativeProbability(0.975)
        * deviation
        * Math.sqrt(1 + 1.0 / points + distance * distance / timeSquares);
  }
}
