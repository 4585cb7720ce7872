package io.channelwise.research;

import java.util.List;

/**
 * How many of those with the need would still buy as the price rises.
 *
 * @param answers those with the need who named a price
 * @param meanPrice what they would pay, the weighted mean, in the campaign's currency
 * @param points at round, evenly spaced prices, about {@link #POINTS_MAX} at most; empty when
 *     nobody would pay anything
 * @param optimum the price that earns most; null when nobody would pay anything
 */
record DemandCurve(long answers, double meanPrice, List<Point> points, Optimum optimum) {
  static final int POINTS_MAX = 40;

  DemandCurve {
    points = List.copyOf(points);
  }

  /**
   * @param share of those with the need who would pay at least the price
   * @param revenue price × share: for each person with the need
   */
  record Point(double price, Proportion share, double revenue) {}

  /**
   * The price with the largest revenue; the lowest of several.
   *
   * @param low lower end of the 95 % bootstrap interval; null with fewer than {@link
   *     DemandCurveFit#INTERVAL_ANSWERS_MIN} answers
   * @param high upper end of it; null likewise
   * @param share of those with the need who would pay it
   * @param revenue for each person with the need
   * @param revenueLow lower end of its 95 % bootstrap interval; null likewise
   * @param revenueHigh upper end of it; null likewise
   * @param resamples drawn; 0 when there is no interval
   * @param seed of the random numbers
   */
  record Optimum(
      double price,
      Double low,
      Double high,
      double share,
      double revenue,
      Double revenueLow,
      Double revenueHigh,
      int resamples,
      long seed) {}
}
