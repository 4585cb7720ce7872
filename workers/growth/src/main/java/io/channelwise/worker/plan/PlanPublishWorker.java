package io.channelwise.worker.plan;

import io.channelwise.plan.Plan;
import io.channelwise.plan.PlanService;
import io.channelwise.plan.UnknownPlanException;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** Publishes the plan a person chose. Publishing it again changes nothing. */
@Component
public final class PlanPublishWorker
    implements Worker<PlanPublishWorker.Input, PlanPublishWorker.Output> {

  /** Variables read. */
  public record Input(String campaignKey, Integer cycle, String planId) {}

  /** Variables written. */
  public record Output(Double planPrice, String planPricingModel) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("plan.publish", Input.class, Output.class);

  private final PlanService plans;

  PlanPublishWorker(PlanService plans) {
    this.plans = plans;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    try {
      Plan plan = plans.publish(input.campaignKey(), input.cycle(), input.planId());
      return new Output(plan.price(), plan.pricingModel().code());
    } catch (UnknownPlanException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }
}
