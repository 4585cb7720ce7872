package io.channelwise.server.web;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Text;
import java.util.List;

/** A briefing with a figure, table and chart of every kind, and markup that must stay text. */
final class SampleBriefing {
  private static final Text DEMAND = new Text("Demand", "需求");
  private static final Text GROWTH = new Text("Growth", "增长");
  private static final List<Text> MARKETS =
      List.of(new Text("retail", "零售"), new Text("finance", "金融"), new Text("health", "医疗"));

  private SampleBriefing() {}

  static Briefing all() {
    return new Briefing(
        new Text("Target market", "目标市场"),
        new Text(
            "Retail has the largest demand <script>alert(1)</script> and room to grow.",
            "零售需求最大，仍有增长空间。"),
        List.of(
            new Briefing.Figure("demand-share", DEMAND, 0.62, "%"),
            new Briefing.Figure("budget", new Text("Budget", "预算"), 60000, "CNY"),
            new Briefing.Figure("entered", new Text("Entered before", "曾进入"), false, "")),
        List.of(
            new Briefing.Table(
                new Text("Markets", "市场"),
                List.of(new Text("Market", "市场"), DEMAND, GROWTH),
                List.of(
                    List.of("retail", 0.62, 0.18),
                    List.of("finance", 0.41, 0.05),
                    List.of("health", 0.29, -0.04)))),
        List.of(bars(), line(), scatter()),
        List.of(
            new Briefing.Source(
                "browser-campaign/survey/0123456789ab",
                new Text("survey.csv: 3 rows", "survey.csv：3 行"),
                "/api/campaigns/browser-campaign/data/survey")));
  }

  private static Briefing.Chart bars() {
    return new Briefing.Chart(
        new Text("Demand and growth", "需求与增长"), "bar", MARKETS, demandAndGrowth());
  }

  private static Briefing.Chart line() {
    Text price = new Text("Price", "价格");
    return new Briefing.Chart(
        new Text("Price over time", "价格走势"),
        "line",
        List.of(new Text("Q1", "一季度"), new Text("Q2", "二季度"), new Text("Q3", "三季度")),
        List.of(new Briefing.Series(price, List.of(1200.0, 1100.0, 1040.0))));
  }

  private static Briefing.Chart scatter() {
    return new Briefing.Chart(
        new Text("Where to compete", "竞争位置"), "scatter", MARKETS, demandAndGrowth());
  }

  private static List<Briefing.Series> demandAndGrowth() {
    return List.of(
        new Briefing.Series(DEMAND, List.of(0.62, 0.41, 0.29)),
        new Briefing.Series(GROWTH, List.of(0.18, 0.05, -0.04)));
  }
}
