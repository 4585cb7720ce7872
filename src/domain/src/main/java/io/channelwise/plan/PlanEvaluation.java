package io.channelwise.plan;

import io.channelwise.campaign.Text;
import java.util.List;

/**
 * What the model expects of a plan in one period.
 *
 * @param marketShare 0..1
 * @param revenue left after partners' shares, the fees of all signed deals and the cost of serving;
 *     may be negative
 * @param satisfaction 0..1
 * @param customers demand to be served
 * @param technicalQuality 0..1
 * @param violations one sentence for each constraint that the plan breaks; empty when feasible
 */
public record PlanEvaluation(
    double marketShare,
    double revenue,
    double satisfaction,
    double customers,
    double technicalQuality,
    List<Text> violations) {

  public PlanEvaluation {
    violations = List.copyOf(violations);
  }

  public boolean isFeasible() {
    return violations.isEmpty();
  }
}
