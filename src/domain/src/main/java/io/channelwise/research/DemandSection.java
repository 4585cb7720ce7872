package io.channelwise.research;

import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Text;
import io.channelwise.research.DemandCurve.Optimum;
import io.channelwise.research.DemandCurve.Point;
import io.channelwise.research.DemandFigures.Market;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Need, pain points and prices in the briefing. */
record DemandSection(DemandFigures demand) {
  private static final int PAIN_POINTS_SHOWN = 5;
  private static final int SEGMENTS_SHOWN = 30;

  /**
   * @param best market whose pain points are shown in full; empty when none is viable
   */
  List<Table> tables(Optional<String> best) {
    List<Table> tables = new ArrayList<>();
    tables.add(weighting());
    tables.add(segments());
    tables.add(painPoints(best));
    if (demand.markets().stream().anyMatch(m -> m.curve() != null)) {
      tables.add(prices());
    }
    return tables;
  }

  private Table weighting() {
    return new Table(
        new Text("How the answers are weighted", "答卷加权方式"),
        List.of(
            new Text("Market", "市场"), new Text("Respondents", "受访者"), new Text("Weights", "权重")),
        demand.markets().stream()
            .map(m -> List.<Object>of(m.market(), m.total().respondents(), m.weighting()))
            .toList());
  }

  private Table segments() {
    return new Table(
        demand.markets().stream().anyMatch(m -> m.segments().size() > SEGMENTS_SHOWN)
            ? new Text(
                "Need by segment (the first %d of each market)".formatted(SEGMENTS_SHOWN),
                "各用户群的需求（每个市场前 %d 个）".formatted(SEGMENTS_SHOWN))
            : new Text("Need by segment", "各用户群的需求"),
        List.of(
            new Text("Market", "市场"),
            new Text("Segment", "用户群"),
            new Text("Respondents", "受访者"),
            new Text("Share of the sample", "样本占比"),
            new Text("Share of the market", "市场占比"),
            new Text("Need share", "需求占比"),
            new Text("95 % from", "95% 下限"),
            new Text("95 % to", "95% 上限"),
            new Text("Willingness to pay", "支付意愿")),
        demand.markets().stream()
            .flatMap(m -> m.segments().stream().limit(SEGMENTS_SHOWN))
            .map(
                s ->
                    Arrays.<Object>asList(
                        s.demand().market(),
                        s.demand().segment(),
                        s.demand().respondents(),
                        s.sampleShare(),
                        s.populationShare(),
                        s.demand().share(),
                        s.demand().low(),
                        s.demand().high(),
                        s.demand().willingnessToPay()))
            .toList());
  }

  private Table painPoints(Optional<String> best) {
    List<List<Object>> rows = new ArrayList<>();
    for (Market market : demand.markets()) {
      boolean whole = best.filter(market.market()::equals).isPresent();
      int shown = whole ? market.painPoints().size() : PAIN_POINTS_SHOWN;
      market.painPoints().stream()
          .limit(shown)
          .forEach(
              p ->
                  rows.add(
                      List.of(
                          market.market(),
                          p.rank(),
                          p.painPoint(),
                          p.mentions(),
                          p.share().share(),
                          p.share().low(),
                          p.share().high(),
                          p.rankBest() == p.rankWorst()
                              ? Integer.toString(p.rankBest())
                              : p.rankBest() + "–" + p.rankWorst())));
    }
    return new Table(
        new Text("What hurts those with the need", "有需求者的痛点"),
        List.of(
            new Text("Market", "市场"),
            new Text("Rank", "名次"),
            new Text("Pain point", "痛点"),
            new Text("Mentions", "提及次数"),
            new Text("Share of those with the need", "占有需求者"),
            new Text("95 % from", "95% 下限"),
            new Text("95 % to", "95% 上限"),
            new Text("Could be ranked", "可能名次")),
        rows);
  }

  private Table prices() {
    return new Table(
        new Text(
            "Price that earns most, from what those with the need say they would pay (seed %d)"
                .formatted(DemandCurveFit.SEED),
            "收入最大化价格：依据有需求者自述的支付意愿（随机种子 %d）".formatted(DemandCurveFit.SEED)),
        List.of(
            new Text("Market", "市场"),
            new Text("Answers", "答卷数"),
            new Text("Mean willingness to pay", "平均支付意愿"),
            new Text("Best price", "最优价格"),
            new Text("95 % from", "95% 下限"),
            new Text("95 % to", "95% 上限"),
            new Text("Would pay it", "愿付比例"),
            new Text("Revenue a person with the need", "每位有需求者的收入"),
            new Text("95 % from", "95% 下限"),
            new Text("95 % to", "95% 上限"),
            new Text("Resamples", "重抽样次数")),
        demand.markets().stream()
            .filter(m -> m.curve() != null)
            .map(DemandSection::priceRow)
            .toList());
  }

  private static List<Object> priceRow(Market market) {
    DemandCurve curve = market.curve();
    Optimum o = curve.optimum();
    if (o == null) {
      // Everybody named zero.
      return Arrays.asList(
          market.market(),
          curve.answers(),
          curve.meanPrice(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          0);
    }
    return Arrays.asList(
        market.market(),
        curve.answers(),
        curve.meanPrice(),
        o.price(),
        o.low(),
        o.high(),
        o.share(),
        o.revenue(),
        o.revenueLow(),
        o.revenueHigh(),
        o.resamples());
  }

  List<Chart> charts(String market) {
    DemandCurve curve = demand.market(market).map(Market::curve).orElse(null);
    if (curve == null || curve.points().size() < 2) {
      return List.of();
    }
    List<Text> labels = curve.points().stream().map(p -> label(p.price())).toList();
    return List.of(
        new Chart(
            new Text(
                "Demand curve in %s: share of those with the need who would pay the price"
                    .formatted(market),
                "“%s”的需求曲线：愿付该价格的有需求者比例".formatted(market)),
            "line",
            labels,
            List.of(
                series("share", "比例", curve, p -> p.share().share()),
                series("95 % from", "95% 下限", curve, p -> p.share().low()),
                series("95 % to", "95% 上限", curve, p -> p.share().high()))),
        new Chart(
            new Text(
                "Revenue a person with the need by price in %s".formatted(market),
                "“%s”中每位有需求者的收入与价格".formatted(market)),
            "line",
            labels,
            List.of(series("revenue", "收入", curve, Point::revenue))));
  }

  private static Text label(double price) {
    String plain = BigDecimal.valueOf(price).stripTrailingZeros().toPlainString();
    return new Text(plain, plain);
  }

  private static Series series(
      String en, String zh, DemandCurve curve, Function<Point, Double> value) {
    return new Series(new Text(en, zh), curve.points().stream().map(value).toList());
  }
}
