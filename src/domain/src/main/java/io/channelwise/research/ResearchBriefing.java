package io.channelwise.research;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a person sees before choosing the target market; also the report's section. */
record ResearchBriefing(
    Campaign campaign,
    List<Opportunity> ranked,
    List<Demand> demand,
    List<PainPoint> painPoints,
    List<Competition> competition,
    List<Trend> trend,
    List<TrendPoint> points) {

  Briefing briefing() {
    Optional<Opportunity> best = ranked.stream().filter(Opportunity::viable).findFirst();
    return new Briefing(
        new Text("Market research", "市场调研"),
        summary(best),
        best.map(this::figures).orElse(List.of()),
        tables(best),
        charts());
  }

  private Text summary(Optional<Opportunity> best) {
    if (best.isEmpty()) {
      return new Text(
          "No market is left in which the need is surely above zero.", "没有剩余的、需求确定大于零的市场。");
    }
    Opportunity market = best.get();
    String doubts = implausible();
    return new Text(
        "%s is proposed: %.0f %% of %d respondents have the need; score %.2f of 1.%s"
            .formatted(
                market.market(),
                100 * market.demandShare(),
                respondents(market.market()),
                market.score(),
                doubts.isEmpty()
                    ? ""
                    : " The shares brought sum to more than 100 % in " + doubts + "."),
        "建议进入“%s”：%d 位受访者中 %.0f%% 有需求；评分 %.2f（满分 1）。%s"
            .formatted(
                market.market(),
                respondents(market.market()),
                100 * market.demandShare(),
                market.score(),
                doubts.isEmpty() ? "" : "以下市场的占有率之和超过 100%：" + doubts + "。"));
  }

  private String implausible() {
    return competition.stream()
        .filter(c -> c.shareSum() > 1.005)
        .map(Competition::market)
        .collect(Collectors.joining(", "));
  }

  private long respondents(String market) {
    return total(market).map(Demand::respondents).orElse(0L);
  }

  private Optional<Demand> total(String market) {
    return demand.stream()
        .filter(d -> d.market().equals(market) && d.segment().isEmpty())
        .findFirst();
  }

  private Optional<Competition> competitionOf(String market) {
    return competition.stream().filter(c -> c.market().equals(market)).findFirst();
  }

  private List<Figure> figures(Opportunity best) {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure("proposed-market", new Text("Proposed market", "建议市场"), best.market(), ""));
    figures.add(
        new Figure("demand-share", new Text("Need share", "需求占比"), best.demandShare(), "%"));
    total(best.market())
        .map(Demand::willingnessToPay)
        .ifPresent(
            w ->
                figures.add(
                    new Figure(
                        "willingness-to-pay",
                        new Text("Mean willingness to pay", "平均支付意愿"),
                        w,
                        campaign.currency())));
    competitionOf(best.market())
        .ifPresent(
            c -> {
              figures.add(new Figure("leader", new Text("Leader", "领先者"), c.leader(), ""));
              figures.add(
                  new Figure(
                      "price-mean",
                      new Text("Competitors' mean price", "竞争对手均价"),
                      c.priceMean(),
                      campaign.currency()));
            });
    figures.add(
        new Figure(
            "concentration",
            new Text("Concentration (HHI, 0 to 1)", "集中度（HHI，0 至 1）"),
            best.concentration(),
            ""));
    figures.add(new Figure("growth", new Text("Growth a year", "年增长"), best.growth(), "%"));
    figures.add(
        new Figure("opportunity-score", new Text("Score, 0 to 1", "评分（0 至 1）"), best.score(), ""));
    return figures;
  }

  private List<Table> tables(Optional<Opportunity> best) {
    List<Table> tables = new ArrayList<>();
    tables.add(markets());
    tables.add(parts());
    tables.add(segments());
    best.ifPresent(b -> tables.add(painPointsOf(b.market())));
    tables.add(trends());
    return tables;
  }

  private Table markets() {
    return new Table(
        new Text("Markets", "市场"),
        List.of(
            new Text("Rank", "名次"),
            new Text("Market", "市场"),
            new Text("Need share", "需求占比"),
            new Text("95 % from", "95% 下限"),
            new Text("95 % to", "95% 上限"),
            new Text("Willingness to pay", "支付意愿"),
            new Text("Competitors", "竞争对手数"),
            new Text("Leader", "领先者"),
            new Text("Concentration", "集中度"),
            new Text("Mean price", "均价"),
            new Text("Score", "评分"),
            new Text("Excluded", "已排除")),
        ranked.stream().map(this::marketRow).toList());
  }

  private List<Object> marketRow(Opportunity o) {
    Optional<Demand> d = total(o.market());
    Optional<Competition> c = competitionOf(o.market());
    return Arrays.asList(
        o.rank(),
        o.market(),
        o.demandShare(),
        d.map(Demand::low).orElse(null),
        d.map(Demand::high).orElse(null),
        d.map(Demand::willingnessToPay).orElse(null),
        c.map(Competition::competitors).orElse(0L),
        c.map(Competition::leader).orElse(null),
        o.concentration(),
        c.map(Competition::priceMean).orElse(null),
        o.score(),
        o.excluded());
  }

  private Table parts() {
    return new Table(
        new Text(
            "Score = 0.40 need + 0.25 room + 0.15 growth + 0.20 payment",
            "评分 = 0.40 需求 + 0.25 空间 + 0.15 增长 + 0.20 支付"),
        List.of(
            new Text("Market", "市场"),
            new Text("Need (lower bound)", "需求（下限）"),
            new Text("Room (1 − HHI)", "空间（1 − HHI）"),
            new Text("Growth (0.5 + growth)", "增长（0.5 + 增长率）"),
            new Text("Payment w / (w + price)", "支付 w /（w + 价格）"),
            new Text("Score", "评分")),
        ranked.stream()
            .map(
                o ->
                    List.<Object>of(
                        o.market(),
                        o.needPart(),
                        o.roomPart(),
                        o.growthPart(),
                        o.paymentPart(),
                        o.score()))
            .toList());
  }

  private Table segments() {
    return new Table(
        new Text("Need by segment", "各用户群的需求"),
        List.of(
            new Text("Market", "市场"),
            new Text("Segment", "用户群"),
            new Text("Respondents", "受访者"),
            new Text("Need share", "需求占比"),
            new Text("95 % from", "95% 下限"),
            new Text("95 % to", "95% 上限"),
            new Text("Willingness to pay", "支付意愿")),
        demand.stream()
            .filter(d -> !d.segment().isEmpty())
            .map(
                d ->
                    Arrays.<Object>asList(
                        d.market(),
                        d.segment(),
                        d.respondents(),
                        d.share(),
                        d.low(),
                        d.high(),
                        d.willingnessToPay()))
            .toList());
  }

  private Table painPointsOf(String market) {
    return new Table(
        new Text("What hurts in " + market, market + "的痛点"),
        List.of(
            new Text("Pain point", "痛点"),
            new Text("Mentions", "提及次数"),
            new Text("Share of those with the need", "占有需求者")),
        painPoints.stream()
            .filter(p -> p.market().equals(market))
            .map(p -> List.<Object>of(p.painPoint(), p.mentions(), p.share()))
            .toList());
  }

  private Table trends() {
    return new Table(
        new Text("Change a year (median of slopes)", "年变化（斜率中位数）"),
        List.of(
            new Text("Market", "市场"),
            new Text("Periods", "时期数"),
            new Text("Effective competitors", "有效竞争者数"),
            new Text("Price", "价格"),
            new Text("Leader's share (points)", "领先者占有率（点）")),
        trend.stream()
            .map(
                t ->
                    Arrays.<Object>asList(
                        t.market(),
                        t.periods(),
                        t.growth(),
                        t.priceGrowth(),
                        t.leaderShareChange()))
            .toList());
  }

  private List<Chart> charts() {
    List<Chart> charts = new ArrayList<>();
    charts.add(
        new Chart(
            new Text("Score by market", "各市场评分"),
            "bar",
            ranked.stream().map(o -> name(o.market())).toList(),
            List.of(
                weighted("Need", "需求", Opportunity.NEED_WEIGHT, Opportunity::needPart),
                weighted("Room", "空间", Opportunity.ROOM_WEIGHT, Opportunity::roomPart),
                weighted("Growth", "增长", Opportunity.GROWTH_WEIGHT, Opportunity::growthPart),
                weighted("Payment", "支付", Opportunity.PAYMENT_WEIGHT, Opportunity::paymentPart))));
    List<String> periods = points.stream().map(TrendPoint::period).distinct().sorted().toList();
    if (periods.size() > 1) {
      charts.add(effectiveCompetitors(periods));
    }
    return charts;
  }

  private Series weighted(String en, String zh, double weight, Function<Opportunity, Double> part) {
    return new Series(new Text(en, zh), ranked.stream().map(o -> weight * part.apply(o)).toList());
  }

  /** Only markets known in each period: a line has no holes. */
  private Chart effectiveCompetitors(List<String> periods) {
    Map<String, List<TrendPoint>> byMarket =
        points.stream()
            .filter(p -> p.effectiveCompetitors() != null)
            .collect(Collectors.groupingBy(TrendPoint::market, TreeMap::new, Collectors.toList()));
    return new Chart(
        new Text("Effective number of competitors", "有效竞争者数"),
        "line",
        periods.stream().map(ResearchBriefing::name).toList(),
        byMarket.entrySet().stream()
            .filter(e -> e.getValue().size() == periods.size())
            .map(
                e ->
                    new Series(
                        name(e.getKey()),
                        e.getValue().stream().map(TrendPoint::effectiveCompetitors).toList()))
            .toList());
  }

  private static Text name(String both) {
    return new Text(both, both);
  }
}
