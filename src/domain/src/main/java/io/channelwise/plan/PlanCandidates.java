package io.channelwise.plan;

import java.util.List;

/**
 * Outcome of a search.
 *
 * @param plans at most eight of the front, spread out, the recommended one first
 * @param recommendedPlanId the knee of the front
 */
public record PlanCandidates(List<Plan> plans, String recommendedPlanId) {

  public PlanCandidates {
    plans = List.copyOf(plans);
  }
}
