package io.channelwise.worker.plan;

import io.channelwise.plan.Plan;
import io.channelwise.plan.PlanService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.Nullable;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Looks up what is expected of the plan a person chose, found by the search or made by hand, so
 * that the guardrails judge stored figures and none that a form sent. Changes nothing.
 */
@Component
public final class PlanCheckWorker
    implements Worker<PlanCheckWorker.Input, PlanCheckWorker.Output> {

  /** Variables read. */
  public record Input(String campaignKey, Integer cycle, @Nullable String planId) {}

  /**
   * Variables written; all null when the cycle has no such plan.
   *
   * @param planMarketShare 0..1
   * @param planRevenue left after all costs, in the campaign's currency
   * @param planSatisfaction 0..1
   */
  public record Output(
      @Nullable Double planMarketShare,
      @Nullable Double planRevenue,
      @Nullable Double planSatisfaction) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("plan.check", Input.class, Output.class);

  private final PlanService plans;

  PlanCheckWorker(PlanService plans) {
    this.plans = plans;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    Optional<Plan> plan = plans.find(input.campaignKey(), input.cycle(), input.planId());
    return new Output(
        plan.map(Plan::marketShare).orElse(null),
        plan.map(Plan::revenue).orElse(null),
        plan.map(Plan::satisfaction).orElse(null));
  }
}
