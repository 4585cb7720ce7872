package io.channelwise.research;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.DataImport;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person sees before choosing the target market; also the report's section. */
record ResearchBriefing(
    Campaign campaign,
    OpportunityFigures opportunity,
    DemandFigures demand,
    CompetitionFigures competition,
    TrendFigures trend,
    List<DataImport> imports) {

  Briefing briefing() {
    boolean chinese = campaign.locale().equals("zh");
    Optional<String> best = opportunity.best().map(Opportunity::market);
    OpportunitySection scores = new OpportunitySection(opportunity, demand, competition, chinese);
    DemandSection needs = new DemandSection(demand, chinese);
    CompetitionSection rivals = new CompetitionSection(competition, chinese);
    TrendSection changes = new TrendSection(trend, chinese);
    List<Table> tables = new ArrayList<>(scores.tables());
    tables.addAll(needs.tables(best));
    tables.addAll(rivals.tables());
    tables.addAll(changes.tables());
    tables.add(sources());
    List<Chart> charts = new ArrayList<>(scores.charts());
    best.ifPresent(
        market -> {
          charts.addAll(needs.charts(market));
          charts.addAll(rivals.charts(market));
        });
    charts.addAll(changes.charts(best));
    return new Briefing(new Text("Market research", "市场调研"), summary(), figures(), tables, charts);
  }

  private Text summary() {
    if (opportunity.best().isEmpty()) {
      return new Text(
          "No market is left in which the need is surely above zero.", "没有剩余的、需求确定大于零的市场。");
    }
    Opportunity best = opportunity.best().get();
    Demand total = demand.market(best.market()).orElseThrow().total();
    Text firm = OpportunitySection.firmness(opportunity.sensitivity());
    long doubts = competition.markets().stream().mapToLong(m -> m.doubts().size()).sum();
    return new Text(
        "%s is proposed: %.0f %% of %d respondents have the need (95 %% interval %.0f to %.0f %%); score %.2f of 1. %s%s"
            .formatted(
                best.market(),
                100 * best.demandShare(),
                total.respondents(),
                100 * total.low(),
                100 * total.high(),
                best.score(),
                firm.en(),
                doubts == 0
                    ? ""
                    : " The shares brought raise %d doubt%s, listed below."
                        .formatted(doubts, doubts == 1 ? "" : "s")),
        "建议进入“%s”：%d 位受访者中 %.0f%% 有需求（95%% 区间 %.0f%% 至 %.0f%%）；评分 %.2f（满分 1）。%s%s"
            .formatted(
                best.market(),
                total.respondents(),
                100 * best.demandShare(),
                100 * total.low(),
                100 * total.high(),
                best.score(),
                firm.zh(),
                doubts == 0 ? "" : "所提供的占有率有 %d 处疑点，见下表。".formatted(doubts)));
  }

  private List<Figure> figures() {
    return opportunity.best().map(this::figures).orElse(List.of());
  }

  private List<Figure> figures(Opportunity best) {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure("proposed-market", new Text("Proposed market", "建议市场"), best.market(), ""));
    figures.add(
        new Figure("demand-share", new Text("Need share", "需求占比"), best.demandShare(), "%"));
    demand.market(best.market()).ifPresent(market -> prices(market, figures));
    competition
        .market(best.market())
        .map(CompetitionFigures.Market::latest)
        .ifPresent(
            c -> {
              figures.add(new Figure("leader", new Text("Leader", "领先者"), c.leader(), ""));
              figures.add(money("price-mean", "Competitors' mean price", "竞争对手均价", c.priceMean()));
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

  private void prices(DemandFigures.Market market, List<Figure> figures) {
    if (market.curve() == null) {
      return;
    }
    figures.add(
        money(
            "willingness-to-pay",
            "Mean willingness to pay of those with the need",
            "有需求者的平均支付意愿",
            market.curve().meanPrice()));
    if (market.curve().optimum() != null) {
      figures.add(
          money(
              "revenue-maximising-price",
              "Price that earns most",
              "收入最大化价格",
              market.curve().optimum().price()));
    }
  }

  private Figure money(String id, String en, String zh, double value) {
    return new Figure(id, new Text(en, zh), value, campaign.currency());
  }

  /** Where a figure comes from: the file, by what its bytes hash to. */
  private Table sources() {
    return new Table(
        new Text("Sources of these figures", "数据来源"),
        List.of(
            new Text("File", "文件"),
            new Text("Rows", "行数"),
            new Text("Brought at", "导入时间"),
            new Text("SHA-256", "SHA-256")),
        imports.stream()
            .filter(i -> i.table().equals("survey") || i.table().equals("competitors"))
            .map(
                i ->
                    List.<Object>of(
                        i.table() + ".csv", i.rows(), i.importedAt().toString(), i.sha256()))
            .toList());
  }
}
