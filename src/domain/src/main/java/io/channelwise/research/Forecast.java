package io.channelwise.research;

import io.channelwise.campaign.Text;
import java.util.List;

/**
 * Where a series is heading, by the method that would have forecast its past best; or why nothing
 * is said.
 *
 * @param method name of the chosen method; null when refused
 * @param points the periods to come; empty when refused
 * @param backtests errors of each method on the past, the chosen one first
 * @param note what was chosen and why, or why there is no forecast
 */
record Forecast(Text method, List<Point> points, List<Backtest> backtests, Text note) {

  Forecast {
    points = List.copyOf(points);
    backtests = List.copyOf(backtests);
  }

  static Forecast refused(Text why) {
    return new Forecast(null, List.of(), List.of(), why);
  }

  boolean refused() {
    return method == null;
  }

  /**
   * @param low lower end of the 95 % prediction interval
   * @param high upper end of it
   */
  record Point(String period, double value, double low, double high) {}

  /**
   * Forecasts made of the past from what was known before.
   *
   * @param forecasts made and compared
   * @param error mean absolute error, in the series' unit
   * @param relativeError error over that of repeating the last value; null when that one is never
   *     wrong
   * @param inside forecasts whose 95 % interval held what happened
   */
  record Backtest(Text method, int forecasts, double error, Double relativeError, int inside) {}
}
