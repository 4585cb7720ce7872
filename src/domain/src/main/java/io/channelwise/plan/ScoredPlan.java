package io.channelwise.plan;

/** A decision and what is expected of it. */
public record ScoredPlan(PlanDecision decision, PlanEvaluation expected) {

  /** The three objectives, each to be maximised: market share, revenue, satisfaction. */
  double[] objectives() {
    return new double[] {expected.marketShare(), expected.revenue(), expected.satisfaction()};
  }
}
