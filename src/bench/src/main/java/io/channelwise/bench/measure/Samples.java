package io.channelwise.bench.measure;

import java.util.Arrays;

/**
 * Repeated measurements of one thing, in the order they were taken.
 *
 * @param values at least one, in one unit
 */
public record Samples(double[] values) {
  public Samples {
    if (values.length == 0) {
      throw new IllegalArgumentException("There is no measurement.");
    }
    values = values.clone();
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  /** Half are below, half above. */
  public double median() {
    return percentile(50);
  }

  /** The value that 95 of 100 do not exceed. */
  public double p95() {
    return percentile(95);
  }

  /**
   * The value that a share of the measurements does not exceed, linear between neighbours as in
   * NumPy's default.
   *
   * @param percent 0 to 100
   */
  public double percentile(double percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = percent / 100 * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = (int) Math.ceil(position);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** How much the machine disturbs: the middle half's width against the median. */
  public double spread() {
    return (percentile(75) - percentile(25)) / median();
  }
}
