package io.channelwise.attribution;

import java.util.Arrays;

/**
 * Intervals from resamples.
 *
 * @param level of the interval, e.g. 0.95
 * @param scale factor on the distance to the point, 1 for resamples of the data's own size
 */
record Intervals(double level, double scale) {

  record Interval(double low, double high) {}

  /**
   * The middle part of the resamples, moved by what the way of computing them differs from the
   * point's.
   *
   * @param point a share
   * @param reference the point computed as the resamples are
   * @param resamples unsorted; the point itself is the interval when there are none
   */
  Interval of(double point, double reference, double[] resamples) {
    if (resamples.length == 0) {
      return new Interval(point, point);
    }
    double[] sorted = resamples.clone();
    Arrays.sort(sorted);
    double low = point + scale * (quantile(sorted, (1 - level) / 2) - reference);
    double high = point + scale * (quantile(sorted, (1 + level) / 2) - reference);
    // A point outside its resamples, which few paths can bring about, stays inside its interval.
    return new Interval(Math.max(0, Math.min(low, point)), Math.min(1, Math.max(high, point)));
  }

  /** Linear between neighbours, as NumPy's default. */
  private static double quantile(double[] sorted, double probability) {
    double position = probability * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
