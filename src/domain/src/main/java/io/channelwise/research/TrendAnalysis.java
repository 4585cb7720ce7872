package io.channelwise.research;

import io.channelwise.campaign.Text;
import io.channelwise.research.TrendFigures.Change;
import io.channelwise.research.TrendFigures.Market;
import io.channelwise.research.TrendFigures.Point;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Change and forecast of each market's competition, price and largest share. */
final class TrendAnalysis {
  private TrendAnalysis() {}

  /**
   * @param histories one a market, by market
   */
  static TrendFigures of(List<MarketHistory> histories) {
    long periods = histories.stream().flatMap(h -> h.axis().labels().stream()).distinct().count();
    return new TrendFigures(periods, histories.stream().map(TrendAnalysis::market).toList());
  }

  private static Market market(MarketHistory history) {
    List<Point> points =
        IntStream.range(0, history.axis().size()).mapToObj(t -> point(history, t)).toList();
    String market = history.market();
    Series effective = series(points, Point::effectiveCompetitors);
    Series price = series(points, Point::priceMean);
    Series leader = series(points, Point::leaderShare);
    return new Market(
        market,
        points,
        effective.relativeChange(),
        price.relativeChange(),
        leader.change(),
        effective.forecast(
            new Text("the effective number of competitors in " + market, "“" + market + "”的有效竞争者数"),
            1,
            Double.MAX_VALUE),
        price.forecast(
            new Text("the mean price in " + market, "“" + market + "”的均价"), 0, Double.MAX_VALUE),
        leader.forecast(
            new Text("the leader's share in " + market, "“" + market + "”领先者的占有率"), 0, 1));
  }

  private static Point point(MarketHistory history, int t) {
    Concentration found = Concentration.of(history.at(t));
    return new Point(
        history.axis().labels().get(t), found.effective(), found.leaderShare(), found.priceMean());
  }

  private static Series series(List<Point> points, Function<Point, Double> value) {
    List<Point> known = points.stream().filter(p -> value.apply(p) != null).toList();
    return new Series(
        PeriodAxis.of(known.stream().map(Point::period).toList()),
        known.stream().map(value).filter(Objects::nonNull).mapToDouble(v -> v).toArray());
  }

  private record Series(PeriodAxis axis, double[] values) {

    private boolean comparable() {
      return values.length >= 2 && CompetitionAnalysis.rising(axis.years());
    }

    Change change() {
      return comparable() ? change(values, v -> v) : null;
    }

    /** Of a logarithm's slope; null when a value is not above zero. */
    Change relativeChange() {
      return comparable() && Arrays.stream(values).allMatch(v -> v > 0)
          ? change(Arrays.stream(values).map(Math::log).toArray(), Math::expm1)
          : null;
    }

    private Change change(double[] modelled, DoubleUnaryOperator back) {
      TheilSen line = TheilSen.fit(axis.years(), modelled);
      boolean sure = values.length >= CompetitionAnalysis.MOMENTUM_INTERVAL_MIN;
      return new Change(
          back.applyAsDouble(line.slope()),
          sure ? back.applyAsDouble(line.slopeLow()) : null,
          sure ? back.applyAsDouble(line.slopeHigh()) : null);
    }

    Forecast forecast(Text name, double floor, double ceiling) {
      if (values.length > 1 && !CompetitionAnalysis.rising(axis.years())) {
        return Forecast.refused(
            new Text(
                "No forecast of %s: two of its periods start on the same day (%s). Bring periods of one length."
                    .formatted(name.en(), String.join(", ", axis.labels())),
                "无法预测%s：其中两个时期起始日相同（%s），请统一时期长度。"
                    .formatted(name.zh(), String.join("、", axis.labels()))));
      }
      return Forecaster.forecast(name, axis, values, floor, ceiling);
    }
  }
}
