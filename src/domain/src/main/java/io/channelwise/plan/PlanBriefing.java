package io.channelwise.plan;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.Text;
import io.channelwise.plan.PlanInputs.SignedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a person sees before choosing the business model.
 *
 * @param plans the candidates first, the recommended one first of all
 * @param scored the same plans, in the same order
 */
record PlanBriefing(
    Campaign campaign, PlanModel model, List<Plan> plans, List<ScoredPlan> scored, int candidates) {
  private static final int POINTS_MAX = 60;

  Briefing briefing() {
    return new Briefing(
        new Text("Business model", "商业模式"),
        summary(),
        figures(),
        List.of(plansTable(), constraints(), channels(), assumptions()),
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
                Plan::satisfaction)));
  }

  private Text summary() {
    Plan best = plans.get(0);
    return new Text(
        "%s is recommended for market %s: giving up a little of one aim gains least of the others there. No plan shown is better than another in market share, revenue and satisfaction at once."
            .formatted(best.name(), model.inputs().targetMarket()),
        "在市场“%s”推荐：%s。在该点上，放弃某一目标的一点，其他目标的收益最小。所列方案在占有率、收入和满意度上互不全面占优。"
            .formatted(model.inputs().targetMarket(), best.name()));
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
            model.referencePrice(),
            money));
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
            new Text("Recommended", "推荐")),
        IntStream.range(0, candidates).mapToObj(this::planRow).toList());
  }

  private List<Object> planRow(int index) {
    Plan plan = plans.get(index);
    return List.of(
        plan.name(),
        plan.pricingModel().code(),
        plan.price(),
        plan.serviceLevel(),
        String.join(", ", plan.channels()),
        plan.marketShare(),
        plan.revenue(),
        plan.satisfaction(),
        Math.rint(scored.get(index).expected().customers()),
        plan.recommended());
  }

  private Table constraints() {
    PlanInputs inputs = model.inputs();
    PlanEvaluation best = scored.get(0).expected();
    return new Table(
        new Text("Constraints and the recommended plan", "约束与推荐方案"),
        List.of(
            new Text("Constraint", "约束"),
            new Text("Limit", "限制"),
            new Text("Recommended plan", "推荐方案")),
        List.of(
            List.of(
                "Technical standard / 技术标准", inputs.technicalStandard(), best.technicalQuality()),
            List.of(
                "Number of channels / 渠道数量", inputs.channelsMax(), plans.get(0).channels().size()),
            Arrays.asList(
                "Commercial capability, customers / 商业能力（客户数）",
                inputs.capacity(),
                Math.rint(best.customers()))));
  }

  private Table channels() {
    return new Table(
        new Text("Channels with a signed deal", "已签约渠道"),
        List.of(
            new Text("Channel", "渠道"),
            new Text("Attraction", "吸引度"),
            new Text("Customers at the usual price", "通常价格下的客户数"),
            new Text("Revenue share", "分成"),
            new Text("Fixed fee", "固定费用")),
        model.inputs().channels().stream().map(PlanBriefing::channelRow).toList());
  }

  private static List<Object> channelRow(SignedChannel channel) {
    return List.of(
        channel.channel(),
        channel.attraction(),
        Math.rint(channel.customers()),
        channel.revenueShare(),
        channel.fixedFee());
  }

  private Table assumptions() {
    return new Table(
        new Text("Assumed of the pricing models", "对定价模式的假设"),
        List.of(
            new Text("Pricing model", "定价模式"),
            new Text("Worth to customers, of the mean price", "对客户的价值（占均价）"),
            new Text("Collected of the price", "价格实收比例"),
            new Text("Cost of serving, relative", "相对服务成本"),
            new Text("Technical quality, relative", "相对技术质量"),
            new Text("Liked, 0 to 1", "受欢迎程度（0 至 1）")),
        Arrays.stream(PricingModel.values())
            .map(
                pricing -> {
                  ModelAssumptions assumed = ModelAssumptions.of(pricing);
                  return List.<Object>of(
                      pricing.code(),
                      assumed.worth(),
                      assumed.collected(),
                      assumed.cost(),
                      assumed.quality(),
                      assumed.liking());
                })
            .toList());
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
