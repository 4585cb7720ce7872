package io.channelwise.plan;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a person sees before choosing the business model; what it was computed with is in {@link
 * PlanEvidence}.
 *
 * @param plans the candidates first, the recommended one first of all
 * @param scored the same plans, in the same order
 */
record PlanBriefing(
    Campaign campaign, PlanStudy study, List<Plan> plans, List<ScoredPlan> scored, int candidates) {
  private static final int POINTS_MAX = 60;

  Briefing briefing() {
    PlanEvidence evidence = new PlanEvidence(campaign, study, scored.get(0));
    List<Table> tables = new ArrayList<>();
    tables.add(plansTable());
    tables.add(ranges());
    tables.addAll(evidence.tables());
    return new Briefing(
        new Text("Business model", "商业模式"),
        summary(),
        figures(),
        tables,
        List.of(
            scatter(
                "Market share and revenue",
                "市场占有率与收入",
                new Text("Market share", "市场占有率"),
                Plan::marketShare),
            scatter(
                "Satisfaction and revenue",
                "满意度与收入",
                new Text("Satisfaction", "满意度"),
                Plan::satisfaction),
            evidence.sellersChart()));
  }

  private Text summary() {
    Plan best = plans.get(0);
    String market = study.model().inputs().targetMarket();
    Text found =
        study.front().exact()
            ? new Text(
                "All %,.0f plans were computed; the front is complete."
                    .formatted(study.certificate().plans()),
                "已计算全部 %,.0f 个方案，前沿是完整的。".formatted(study.certificate().plans()))
            : new Text(
                "%,d of %.2g plans were computed, by NSGA-II."
                    .formatted(study.certificate().evaluations(), study.certificate().plans()),
                "用 NSGA-II 计算了 %.2g 个方案中的 %,d 个。"
                    .formatted(study.certificate().plans(), study.certificate().evaluations()));
    return new Text(
        "%s is recommended for market %s: giving up a little of one aim gains least of the others there. No plan shown is better than another in market share, revenue and satisfaction at once. %s"
            .formatted(best.name(), market, found.en()),
        "在市场“%s”推荐：%s。在该点上，放弃某一目标的一点，其他目标的收益最小。所列方案在占有率、收入和满意度上互不全面占优。%s"
            .formatted(market, best.name(), found.zh()));
  }

  private List<Figure> figures() {
    Plan best = plans.get(0);
    String money = campaign.currency();
    return List.of(
        new Figure("recommended-plan", new Text("Recommended", "推荐方案"), best.name(), ""),
        new Figure("price", new Text("Price", "价格"), best.price(), money),
        new Figure("market-share", new Text("Market share", "市场占有率"), best.marketShare(), "%"),
        new Figure(
            "revenue", new Text("Revenue after all costs", "扣除成本后的收入"), best.revenue(), money),
        new Figure("satisfaction", new Text("Satisfaction", "满意度"), best.satisfaction(), "%"),
        new Figure(
            "customers",
            new Text("Customers expected", "预计客户数"),
            Math.rint(scored.get(0).expected().customers()),
            ""),
        new Figure(
            "reference-price",
            new Text("Competitors' mean price", "竞争对手均价"),
            study.model().referencePrice(),
            money),
        new Figure(
            "front-plans",
            new Text("Plans on the Pareto front", "帕累托前沿上的方案数"),
            study.front().plans().size(),
            ""),
        new Figure(
            "hypervolume",
            new Text("Hypervolume of the front, of its box", "前沿的超体积（占其框）"),
            study.certificate().hypervolume(),
            "%"));
  }

  private Table plansTable() {
    return new Table(
        new Text("Plans to choose from", "可选方案"),
        List.of(
            new Text("Plan", "方案"),
            new Text("Pricing model", "定价模式"),
            new Text("Price", "价格"),
            new Text("Service level", "服务水平"),
            new Text("Channels", "渠道"),
            new Text("Market share", "市场占有率"),
            new Text("Revenue", "收入"),
            new Text("Satisfaction", "满意度"),
            new Text("Customers", "客户数"),
            new Text("Why it is shown", "列出原因")),
        IntStream.range(0, candidates).mapToObj(this::planRow).toList());
  }

  private List<Object> planRow(int index) {
    Plan plan = plans.get(index);
    return List.of(
        plan.name(),
        plan.pricingModel().label(),
        plan.price(),
        plan.serviceLevel(),
        String.join(", ", plan.channels()),
        plan.marketShare(),
        plan.revenue(),
        plan.satisfaction(),
        Math.rint(scored.get(index).expected().customers()),
        why(index));
  }

  private Text why(int index) {
    if (index == 0) {
      return new Text(
          "Recommended: nearest to the best in all three aims (the knee)", "推荐：最接近三项目标各自的最优（拐点）");
    }
    double[] best = FrontSelection.range(scored)[1];
    double[] values = scored.get(index).objectives();
    if (values[0] == best[0]) {
      return new Text("Largest market share", "市场占有率最高");
    }
    if (values[1] == best[1]) {
      return new Text("Highest revenue", "收入最高");
    }
    return values[2] == best[2]
        ? new Text("Highest satisfaction", "满意度最高")
        : new Text("Most different from those above", "与上述方案差异最大");
  }

  private Table ranges() {
    PlanUncertainty uncertainty = new PlanUncertainty(study.model().inputs());
    return new Table(
        new Text("The same plans in nine cases of ten", "上述方案在十分之九情形下的范围"),
        List.of(
            new Text("Plan", "方案"),
            new Text("Market share from", "市场占有率下限"),
            new Text("to", "上限"),
            new Text("Revenue from", "收入下限"),
            new Text("to", "上限"),
            new Text("Satisfaction from", "满意度下限"),
            new Text("to", "上限"),
            new Text("Keeps all constraints in", "满足全部约束的比例")),
        IntStream.range(0, candidates)
            .mapToObj(i -> rangeRow(plans.get(i), uncertainty.of(scored.get(i).decision())))
            .toList());
  }

  private static List<Object> rangeRow(Plan plan, PlanRanges ranges) {
    return List.of(
        plan.name(),
        ranges.marketShareLow(),
        ranges.marketShareHigh(),
        ranges.revenueLow(),
        ranges.revenueHigh(),
        ranges.satisfactionLow(),
        ranges.satisfactionHigh(),
        ranges.keepsConstraints());
  }

  /** The candidates, and of the rest of the front every so many, so that its shape is seen. */
  private List<Plan> points() {
    List<Plan> points = new ArrayList<>(plans.subList(0, candidates));
    int step = Math.max(1, (int) Math.ceil((plans.size() - candidates) / (double) POINTS_MAX));
    for (int i = candidates; i < plans.size(); i += step) {
      points.add(plans.get(i));
    }
    return points;
  }

  /** Revenue over one other aim, for the candidates and enough of the rest to see the front. */
  private Chart scatter(String en, String zh, Text aim, ToDoubleFunction<Plan> x) {
    List<Plan> shown = points();
    return new Chart(
        new Text(en, zh),
        "scatter",
        shown.stream().map(p -> new Text(p.name(), p.name())).toList(),
        List.of(
            new Series(aim, shown.stream().map(p -> x.applyAsDouble(p)).toList()),
            new Series(
                new Text("Revenue, " + campaign.currency(), "收入（" + campaign.currency() + "）"),
                shown.stream().map(Plan::revenue).toList())));
  }
}
