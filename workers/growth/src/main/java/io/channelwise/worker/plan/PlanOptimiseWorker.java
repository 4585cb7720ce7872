package io.channelwise.worker.plan;

import io.channelwise.campaign.CampaignService;
import io.channelwise.plan.NoFeasiblePlanException;
import io.channelwise.plan.Plan;
import io.channelwise.plan.PlanCandidates;
import io.channelwise.plan.PlanService;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Searches business models over the signed deals. A second run finds the same plans and replaces
 * those of the first, but for one that was published.
 */
@Component
public final class PlanOptimiseWorker
    implements Worker<PlanOptimiseWorker.Input, PlanOptimiseWorker.Output> {

  static final String NO_FEASIBLE_PLAN = "NO_FEASIBLE_PLAN";

  /** Variables read. */
  public record Input(String campaignKey, Integer cycle, String targetMarket) {}

  /**
   * Variables written.
   *
   * @param planCandidates at most eight, the recommended one first
   */
  public record Output(
      List<Candidate> planCandidates, String recommendedPlanId, String briefingId) {}

  /**
   * One plan to choose.
   *
   * @param marketShare 0..1
   * @param revenue left after all costs, in the campaign's currency
   * @param satisfaction 0..1
   */
  public record Candidate(
      String planId,
      String name,
      String pricingModel,
      double price,
      double marketShare,
      double revenue,
      double satisfaction) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("plan.optimise", Input.class, Output.class, NO_FEASIBLE_PLAN);

  private final PlanService plans;
  private final CampaignService campaigns;

  PlanOptimiseWorker(PlanService plans, CampaignService campaigns) {
    this.plans = plans;
    this.campaigns = campaigns;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    try {
      PlanCandidates found =
          plans.optimise(input.campaignKey(), input.cycle(), input.targetMarket());
      return new Output(
          found.plans().stream().map(PlanOptimiseWorker::candidate).toList(),
          found.recommendedPlanId(),
          PlanService.briefingId(input.campaignKey(), input.cycle()));
    } catch (NoFeasiblePlanException e) {
      boolean chinese = campaigns.require(input.campaignKey()).locale().equals("zh");
      throw new BusinessError(NO_FEASIBLE_PLAN, chinese ? e.reason().zh() : e.reason().en());
    }
  }

  private static Candidate candidate(Plan plan) {
    return new Candidate(
        plan.id(),
        plan.name(),
        plan.pricingModel().code(),
        plan.price(),
        plan.marketShare(),
        plan.revenue(),
        plan.satisfaction());
  }
}
