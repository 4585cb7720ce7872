package io.channelwise.research;

import java.util.List;
import java.util.Optional;

/** How the markets change; one a cycle, markets in alphabetical order. */
record TrendFigures(long periods, List<Market> markets) {

  TrendFigures {
    markets = List.copyOf(markets);
  }

  Optional<Market> market(String name) {
    return markets.stream().filter(m -> m.market().equals(name)).findFirst();
  }

  /**
   * @param growth of the effective number of competitors, relative, a year; null with fewer than
   *     two periods
   * @param priceGrowth of the mean price, relative, a year; null likewise, or when a price is zero
   * @param leaderChange of the largest share, points (0..1) a year; null likewise
   */
  record Market(
      String market,
      List<Point> points,
      Change growth,
      Change priceGrowth,
      Change leaderChange,
      Forecast effectiveCompetitors,
      Forecast price,
      Forecast leaderShare) {

    Market {
      points = List.copyOf(points);
    }
  }

  /**
   * A market in one period.
   *
   * @param effectiveCompetitors 1/HHI; null when all shares are zero
   * @param priceMean weighted by share
   */
  record Point(String period, Double effectiveCompetitors, double leaderShare, double priceMean) {}

  /**
   * A Theil–Sen slope.
   *
   * @param low lower end of Sen's 95 % interval; null with fewer than {@link
   *     CompetitionAnalysis#MOMENTUM_INTERVAL_MIN} periods
   * @param high upper end of it
   */
  record Change(double value, Double low, Double high) {}
}
