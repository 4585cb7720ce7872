package io.channelwise.research;

import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Text;
import io.channelwise.research.TrendFigures.Change;
import io.channelwise.research.TrendFigures.Market;
import io.channelwise.research.TrendFigures.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Change and forecasts in the briefing. */
record TrendSection(TrendFigures trend) {
  private static final Text EFFECTIVE = new Text("effective competitors", "有效竞争者数");
  private static final Text PRICE = new Text("mean price", "均价");
  private static final Text LEADER = new Text("leader's share", "领先者占有率");

  private static final double POINTS = 100;

  private record Named(String market, Text series, Forecast forecast) {}

  List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    tables.add(changes());
    if (all().anyMatch(n -> !n.forecast().refused())) {
      tables.add(forecasts());
      tables.add(backtests());
    }
    tables.add(notes());
    return tables;
  }

  private Stream<Named> all() {
    return trend.markets().stream()
        .flatMap(
            m ->
                Stream.of(
                    new Named(m.market(), EFFECTIVE, m.effectiveCompetitors()),
                    new Named(m.market(), PRICE, m.price()),
                    new Named(m.market(), LEADER, m.leaderShare())));
  }

  private Table changes() {
    return new Table(
        new Text("Change a year (median of slopes)", "年变化（斜率中位数）"),
        List.of(
            new Text("Market", "市场"),
            new Text("Periods", "时期数"),
            new Text("Effective competitors, relative", "有效竞争者数（相对）"),
            new Text("95 % from", "95% 下限"),
            new Text("95 % to", "95% 上限"),
            new Text("Price, relative", "价格（相对）"),
            new Text("95 % from", "95% 下限"),
            new Text("95 % to", "95% 上限"),
            new Text("Leader's share, points", "领先者占有率（百分点）"),
            new Text("95 % from", "95% 下限"),
            new Text("95 % to", "95% 上限")),
        trend.markets().stream()
            .map(
                m ->
                    Arrays.<Object>asList(
                        m.market(),
                        m.points().size(),
                        value(m.growth(), Change::value),
                        value(m.growth(), Change::low),
                        value(m.growth(), Change::high),
                        value(m.priceGrowth(), Change::value),
                        value(m.priceGrowth(), Change::low),
                        value(m.priceGrowth(), Change::high),
                        points(value(m.leaderChange(), Change::value)),
                        points(value(m.leaderChange(), Change::low)),
                        points(value(m.leaderChange(), Change::high))))
            .toList());
  }

  private static Double value(Change change, Function<Change, Double> part) {
    return change == null ? null : part.apply(change);
  }

  private static Double points(Double share) {
    return share == null ? null : POINTS * share;
  }

  private Table forecasts() {
    return new Table(
        new Text("Forecast with 95 % prediction intervals", "预测及 95% 预测区间"),
        List.of(
            new Text("Market", "市场"),
            new Text("Series", "序列"),
            new Text("Period", "时期"),
            new Text("Forecast", "预测"),
            new Text("95 % from", "95% 下限"),
            new Text("95 % to", "95% 上限"),
            new Text("Method", "方法")),
        all()
            .flatMap(
                n ->
                    n.forecast().points().stream()
                        .map(
                            p ->
                                List.<Object>of(
                                    n.market(),
                                    n.series(),
                                    p.period(),
                                    p.value(),
                                    p.low(),
                                    p.high(),
                                    n.forecast().method())))
            .toList());
  }

  private Table backtests() {
    return new Table(
        new Text("How well each method would have forecast the past", "各方法对历史的回测表现"),
        List.of(
            new Text("Market", "市场"),
            new Text("Series", "序列"),
            new Text("Method", "方法"),
            new Text("Chosen", "选用"),
            new Text("Mean absolute error", "平均绝对误差"),
            new Text("Error over repeating the last value", "相对沿用上期值的误差"),
            new Text("Forecasts", "预测次数"),
            new Text("Inside the 95 % interval", "落入 95% 区间次数")),
        all().flatMap(this::backtestRows).toList());
  }

  private Stream<List<Object>> backtestRows(Named named) {
    return named.forecast().backtests().stream()
        .map(
            b ->
                Arrays.<Object>asList(
                    named.market(),
                    named.series(),
                    b.method(),
                    b.method().equals(named.forecast().method()),
                    b.error(),
                    b.relativeError(),
                    b.forecasts(),
                    b.inside()));
  }

  private Table notes() {
    return new Table(
        new Text("What was forecast, and what was not", "预测说明"),
        List.of(new Text("Market", "市场"), new Text("Note", "说明")),
        all().map(n -> List.<Object>of(n.market(), n.forecast().note())).toList());
  }

  /**
   * @param best market whose forecast price is drawn; empty when none is viable
   */
  List<Chart> charts(Optional<String> best) {
    List<Chart> charts = new ArrayList<>();
    List<String> periods =
        trend.markets().stream()
            .flatMap(m -> m.points().stream())
            .map(Point::period)
            .distinct()
            .toList();
    if (periods.size() > 1) {
      charts.add(effectiveCompetitors(PeriodAxis.of(periods).labels()));
    }
    best.flatMap(trend::market)
        .filter(m -> !m.price().refused())
        .ifPresent(m -> charts.add(price(m)));
    return charts;
  }

  private Chart effectiveCompetitors(List<String> periods) {
    return new Chart(
        new Text("Effective number of competitors", "有效竞争者数"),
        "line",
        periods.stream().map(TrendSection::both).toList(),
        trend.markets().stream()
            .map(
                m ->
                    new Series(
                        both(m.market()),
                        periods.stream().map(period -> effective(m, period)).toList()))
            .toList());
  }

  private static Double effective(Market market, String period) {
    return market.points().stream()
        .filter(p -> p.period().equals(period))
        .map(Point::effectiveCompetitors)
        .filter(v -> v != null)
        .findFirst()
        .orElse(null);
  }

  private static Chart price(Market market) {
    List<Forecast.Point> ahead = market.price().points();
    int known = market.points().size();
    List<Text> labels = new ArrayList<>();
    market.points().forEach(p -> labels.add(both(p.period())));
    ahead.forEach(p -> labels.add(both(p.period())));
    List<Double> past = new ArrayList<>();
    market.points().forEach(p -> past.add(p.priceMean()));
    past.addAll(Collections.nCopies(ahead.size(), null));
    return new Chart(
        new Text(
            "Mean price in " + market.market() + ", and where it is heading",
            "“" + market.market() + "”的均价及其走向"),
        "line",
        labels,
        List.of(
            new Series(new Text("mean price", "均价"), past),
            later("forecast", "预测", known, ahead, Forecast.Point::value),
            later("95 % from", "95% 下限", known, ahead, Forecast.Point::low),
            later("95 % to", "95% 上限", known, ahead, Forecast.Point::high)));
  }

  private static Series later(
      String en,
      String zh,
      int known,
      List<Forecast.Point> ahead,
      Function<Forecast.Point, Double> value) {
    List<Double> values = new ArrayList<>(Collections.nCopies(known, (Double) null));
    ahead.stream().map(value).forEach(values::add);
    return new Series(new Text(en, zh), values);
  }

  private static Text both(String name) {
    return new Text(name, name);
  }
}
