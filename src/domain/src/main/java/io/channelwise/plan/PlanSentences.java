package io.channelwise.plan;

import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the figures of plans mean, in words. */
final class PlanSentences {
  private PlanSentences() {}

  /** Why no plan keeps the constraints, when none does. */
  static Text blame(PlanInputs inputs, boolean standard, double fewest, double best) {
    if (!standard) {
      return new Text(
          "Technical standard: %.2f is required, which no pricing model reaches at full service."
              .formatted(inputs.technicalStandard()),
          "技术标准：要求 %.2f，任何定价模式在最高服务水平下都达不到。".formatted(inputs.technicalStandard()));
    }
    if (inputs.capacity() != null && fewest > inputs.capacity()) {
      return new Text(
          "Commercial capability: even the smallest plan brings %.0f customers, and %.0f can be served."
              .formatted(fewest, inputs.capacity()),
          "商业能力：最小的方案也会带来 %.0f 位客户，而只能服务 %.0f 位。".formatted(fewest, inputs.capacity()));
    }
    return new Text(
        "Commercial capability: no price earns money within the constraints; the best plan would lose %.0f."
            .formatted(-best),
        "商业能力：在约束内没有可盈利的价格；最好的方案也会亏损 %.0f。".formatted(-best));
  }

  /** One sentence for each constraint that the plan breaks. */
  static List<Text> violations(PlanModel model, PlanModel.Figures figures) {
    PlanInputs inputs = model.inputs();
    List<Text> violations = new ArrayList<>();
    double[] misses = model.misses(figures);
    if (misses[0] > 0) {
      violations.add(
          new Text(
              "Technical standard: quality is %.2f, %.2f is required."
                  .formatted(figures.quality(), inputs.technicalStandard()),
              "技术标准：质量为 %.2f，要求 %.2f。".formatted(figures.quality(), inputs.technicalStandard())));
    }
    if (misses[1] > 0) {
      violations.add(
          new Text(
              "Number of channels: %d are chosen, 1 to %d are allowed."
                  .formatted(figures.channels(), inputs.channelsMax()),
              "渠道数量：已选 %d 个，允许 1 至 %d 个。".formatted(figures.channels(), inputs.channelsMax())));
    }
    if (inputs.capacity() != null && figures.customers() > inputs.capacity()) {
      violations.add(
          new Text(
              "Commercial capability: %.0f customers are expected, %.0f can be served."
                  .formatted(figures.customers(), inputs.capacity()),
              "商业能力：预计 %.0f 位客户，只能服务 %.0f 位。".formatted(figures.customers(), inputs.capacity())));
    }
    if (figures.revenue() <= 0) {
      violations.add(
          new Text(
              "Commercial capability: the plan would lose %.0f.".formatted(-figures.revenue()),
              "商业能力：该方案将亏损 %.0f。".formatted(-figures.revenue())));
    }
    return violations;
  }

  /** Why nobody should want the plan: the better one, and by how much. */
  private static Text dominated(PlanEvaluation plan, Plan better) {
    return new Text(
        "Dominated: “%s” is at least as good in all three aims, by %s of market share, %s of revenue and %s of satisfaction."
            .formatted(
                better.name(),
                points(better.marketShare() - plan.marketShare()) + " points",
                amount(better.revenue() - plan.revenue()),
                points(better.satisfaction() - plan.satisfaction()) + " points"),
        "被占优：“%s”在三个目标上都不差，市场占有率高 %s 个百分点，收入高 %s，满意度高 %s 个百分点。"
            .formatted(
                better.name(),
                points(better.marketShare() - plan.marketShare()),
                amount(better.revenue() - plan.revenue()),
                points(better.satisfaction() - plan.satisfaction())));
  }

  /**
   * Why the plan is infeasible or dominated, or that it is neither.
   *
   * @param better a plan that dominates it
   */
  static List<Text> reasons(PlanEvaluation plan, Optional<Plan> better) {
    return plan.isFeasible()
        ? List.of(better.map(b -> dominated(plan, b)).orElseGet(PlanSentences::efficient))
        : plan.violations();
  }

  /** Why a plan that a person made up cannot be chosen. */
  static Text infeasible(PlanEvaluation plan) {
    return new Text(
        "The plan cannot be chosen. "
            + plan.violations().stream().map(Text::en).collect(Collectors.joining(" ")),
        "不能选择该方案。" + plan.violations().stream().map(Text::zh).collect(Collectors.joining()));
  }

  private static Text efficient() {
    return new Text(
        "Keeps all constraints, and no plan that was found is at least as good in all three aims.",
        "满足所有约束，且未找到在三个目标上都不差的其他方案。");
  }

  private static String points(double part) {
    return String.format(Locale.ROOT, "%.2f", 100 * Math.max(0, part));
  }

  private static String amount(double money) {
    return String.format(Locale.ROOT, "%,.0f", Math.max(0, money));
  }

  /** What a person calls the plan, in the campaign's language. */
  static String name(Campaign campaign, PlanDecision decision) {
    boolean chinese = campaign.locale().equals("zh");
    Text label = decision.pricingModel().label();
    String price = String.format(Locale.ROOT, "%.2f", decision.price()).replaceAll("\\.?0+$", "");
    int channels = decision.channels().size();
    return chinese
        ? "%s，%s %s，%d 个渠道，服务 %.0f%%"
            .formatted(
                label.zh(), price, campaign.currency(), channels, 100 * decision.serviceLevel())
        : "%s, %s %s, %d channel%s, service %.0f %%"
            .formatted(
                label.en(),
                price,
                campaign.currency(),
                channels,
                channels == 1 ? "" : "s",
                100 * decision.serviceLevel());
  }
}
