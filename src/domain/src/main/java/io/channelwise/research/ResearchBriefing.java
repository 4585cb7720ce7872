package io.channelwise.research;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.DataImport;
import io.channelwise.campaign.Methods;
import io.channelwise.campaign.Sources;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person sees before choosing the target market; also the report's section. */
record ResearchBriefing(
    Campaign campaign,
    OpportunityFigures opportunity,
    DemandFigures demand,
    CompetitionFigures competition,
    TrendFigures trend,
    List<DataImport> imports) {

  Briefing briefing() {
    Optional<String> best = opportunity.best().map(Opportunity::market);
    OpportunitySection scores = scores();
    DemandSection needs = new DemandSection(demand);
    CompetitionSection rivals = new CompetitionSection(competition);
    TrendSection changes = new TrendSection(trend);
    Optional<String> all = Optional.empty();
    List<Table> tables = new ArrayList<>(scores.tables());
    add(tables, needs.tables(best), survey(all, Methods.WILSON, Methods.BOOTSTRAP));
    add(tables, rivals.tables(), competitors(all, Methods.CONCENTRATION));
    add(tables, changes.tables(), competitors(all, Methods.TREND));
    List<Chart> charts = new ArrayList<>(scores.charts());
    best.ifPresent(
        market -> {
          needs.charts(market).stream()
              .map(c -> c.from(survey(best, Methods.WILSON, Methods.BOOTSTRAP)))
              .forEach(charts::add);
          rivals.charts(market).stream()
              .map(c -> c.from(competitors(best, Methods.CONCENTRATION)))
              .forEach(charts::add);
        });
    changes.charts(best).stream()
        .map(c -> c.from(competitors(all, Methods.TREND)))
        .forEach(charts::add);
    return new Briefing(new Text("Market research", "市场调研"), summary(), figures(), tables, charts)
        .from(List.of(rows("survey", all), rows("competitors", all), Methods.WEIGHTED_SUM));
  }

  private static void add(List<Table> tables, List<Table> section, List<Source> inputs) {
    section.stream().map(table -> table.from(inputs)).forEach(tables::add);
  }

  private OpportunitySection scores() {
    return new OpportunitySection(opportunity, demand, competition);
  }

  private Text summary() {
    if (opportunity.best().isEmpty()) {
      return OpportunitySection.NOBODY;
    }
    Opportunity best = opportunity.best().get();
    Demand total = demand.market(best.market()).orElseThrow().total();
    Text firm = OpportunitySection.firmness(opportunity.sensitivity());
    Text owner = scores().owner();
    long doubts = competition.markets().stream().mapToLong(m -> m.doubts().size()).sum();
    return new Text(
        "%s is proposed: %.0f %% of %d respondents have the need (95 %% interval %.0f to %.0f %%); score %.2f of 1. %s%s%s"
            .formatted(
                best.market(),
                100 * best.demandShare(),
                total.respondents(),
                100 * total.low(),
                100 * total.high(),
                best.score(),
                firm.en(),
                owner.en(),
                doubts == 0
                    ? ""
                    : " The shares brought raise %d doubt%s, listed below."
                        .formatted(doubts, doubts == 1 ? "" : "s")),
        "建议进入“%s”：%d 位受访者中 %.0f%% 有需求（95%% 区间 %.0f%% 至 %.0f%%）；评分 %.2f（满分 1）。%s%s%s"
            .formatted(
                best.market(),
                total.respondents(),
                100 * best.demandShare(),
                100 * total.low(),
                100 * total.high(),
                best.score(),
                firm.zh(),
                owner.zh(),
                doubts == 0 ? "" : "所提供的占有率有 %d 处疑点，见下表。".formatted(doubts)));
  }

  private List<Figure> figures() {
    return opportunity.best().map(this::figures).orElse(List.of());
  }

  private List<Figure> figures(Opportunity best) {
    Optional<String> there = Optional.of(best.market());
    List<Source> shares = competitors(there, Methods.CONCENTRATION);
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure("proposed-market", new Text("Proposed market", "建议市场"), best.market(), ""));
    figures.add(
        new Figure("demand-share", new Text("Need share", "需求占比"), best.demandShare(), "%")
            .from(survey(there, Methods.WILSON)));
    demand.market(best.market()).ifPresent(market -> prices(market, figures));
    competition
        .market(best.market())
        .map(CompetitionFigures.Market::latest)
        .ifPresent(
            c -> {
              figures.add(
                  new Figure("leader", new Text("Leader", "领先者"), c.leader(), "").from(shares));
              figures.add(
                  money("price-mean", "Competitors' mean price", "竞争对手均价", c.priceMean())
                      .from(shares));
            });
    figures.add(
        new Figure(
                "concentration",
                new Text("Concentration (HHI, 0 to 1)", "集中度（HHI，0 至 1）"),
                best.concentration(),
                "")
            .from(shares));
    figures.add(
        new Figure("growth", new Text("Growth a year", "年增长"), best.growth(), "%")
            .from(competitors(there, Methods.TREND)));
    figures.add(
        new Figure("opportunity-score", new Text("Score, 0 to 1", "评分（0 至 1）"), best.score(), ""));
    return figures;
  }

  private void prices(DemandFigures.Market market, List<Figure> figures) {
    if (market.curve() == null) {
      return;
    }
    figures.add(
        money(
                "willingness-to-pay",
                "Mean willingness to pay of those with the need",
                "有需求者的平均支付意愿",
                market.curve().meanPrice())
            .from(survey(Optional.of(market.market()), Methods.WILSON)));
    if (market.curve().optimum() != null) {
      figures.add(
          money(
                  "revenue-maximising-price",
                  "Price that earns most",
                  "收入最大化价格",
                  market.curve().optimum().price())
              .from(survey(Optional.of(market.market()), Methods.BOOTSTRAP)));
    }
  }

  private Figure money(String id, String en, String zh, double value) {
    return new Figure(id, new Text(en, zh), value, campaign.currency());
  }

  /** The rows of a table, all or those of the proposed market. */
  private Source rows(String table, Optional<String> market) {
    return Sources.table(
        campaign.key(),
        imports.stream().filter(i -> i.table().equals(table)).findFirst(),
        table,
        market.map(m -> Map.of("market", m)).orElse(Map.of()));
  }

  private List<Source> survey(Optional<String> market, Source... methods) {
    return Stream.concat(Stream.of(rows("survey", market)), Stream.of(methods)).toList();
  }

  private List<Source> competitors(Optional<String> market, Source... methods) {
    return Stream.concat(Stream.of(rows("competitors", market)), Stream.of(methods)).toList();
  }
}
