package io.channelwise.plan;

import io.channelwise.campaign.Text;
import java.util.List;

/**
 * What to expect of a plan that a person made up, beside the recommended one.
 *
 * @param expected figures, and a sentence for each constraint that the plan breaks
 * @param ranges of the figures in nine cases of ten
 * @param recommended the plan recommended in the cycle
 * @param marketShareGained over the recommended plan; negative when lost
 * @param revenueGained over the recommended plan, in the campaign's currency
 * @param satisfactionGained over the recommended plan
 * @param reasons why the plan is infeasible or dominated, or that it is neither
 * @param betterPlanId a plan found that is at least as good in all three aims; null when there is
 *     none, or the plan is infeasible
 * @param nearest of the plans that can be chosen the one nearest in market share, revenue and
 *     satisfaction
 * @param sellers who holds what of the market, with the plan
 */
public record PlanWhatIf(
    PlanDecision plan,
    PlanEvaluation expected,
    PlanRanges ranges,
    Plan recommended,
    double marketShareGained,
    double revenueGained,
    double satisfactionGained,
    List<Text> reasons,
    String betterPlanId,
    Plan nearest,
    List<Seller> sellers) {

  public PlanWhatIf {
    reasons = List.copyOf(reasons);
    sellers = List.copyOf(sellers);
  }

  /**
   * One part of the market.
   *
   * @param name of a competitor; empty for those who buy nothing
   * @param before share of the customers today, 0..1
   * @param after share with the plan
   */
  public record Seller(String name, double before, double after) {}
}
