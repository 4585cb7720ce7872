package io.channelwise.plan;

/** The plan asked for is not one of the cycle's. */
public final class UnknownPlanException extends RuntimeException {
  public UnknownPlanException(String planId, String campaignKey, int cycle) {
    super(
        "Plan %s is not among those of campaign %s, cycle %d. Choose one that plan.optimise returned."
            .formatted(planId, campaignKey, cycle));
  }
}
