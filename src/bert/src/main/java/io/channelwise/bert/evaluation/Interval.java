package io.channelwise.bert.evaluation;

import java.util.Locale;

/**
 * Where a figure lies when the texts are drawn anew: a 95 % percentile bootstrap interval (Efron
 * and Tibshirani 1993, chapter 13).
 *
 * @param low 2.5th percentile
 * @param high 97.5th percentile
 */
public record Interval(double low, double high) {
  /** Share of the resamples inside. */
  public static final double LEVEL = 0.95;

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.4f to %.4f", low, high);
  }
}
