package io.channelwise.worker.research;

import io.channelwise.research.InvalidWeightsException;
import io.channelwise.research.Opportunity;
import io.channelwise.research.OpportunityWeights;
import io.channelwise.research.ResearchService;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.Nullable;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.util.List;
import org.springframework.stereotype.Component;

/** Ranks the markets and proposes one. A second run replaces the ranking of the first. */
@Component
public final class ResearchOpportunityWorker
    implements Worker<ResearchOpportunityWorker.Input, ResearchOpportunityWorker.Output> {

  static final String NO_VIABLE_MARKET = "NO_VIABLE_MARKET";

  /**
   * Variables read.
   *
   * @param opportunityWeights that a person chose; null for the campaign's own
   */
  public record Input(
      String campaignKey,
      Integer cycle,
      @Nullable List<String> excludedMarkets,
      @Nullable Weights opportunityWeights) {}

  /** Weights of the score, of which only the proportions count; all four are needed. */
  public record Weights(Double need, Double room, Double growth, Double payment) {}

  /**
   * Variables written.
   *
   * @param demandShare 0..1
   * @param concentration HHI, 0..1
   * @param growth relative, a year
   * @param opportunityScore 0..1
   */
  public record Output(
      String proposedMarket,
      Double demandShare,
      Double concentration,
      Double growth,
      Double opportunityScore,
      String briefingId) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("research.opportunity", Input.class, Output.class, NO_VIABLE_MARKET);

  private final ResearchService research;

  ResearchOpportunityWorker(ResearchService research) {
    this.research = research;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    List<String> excluded = input.excludedMarkets() == null ? List.of() : input.excludedMarkets();
    Opportunity best =
        research
            .analyseOpportunity(
                input.campaignKey(), input.cycle(), excluded, weights(input.opportunityWeights()))
            .orElseThrow(() -> noMarket(input.campaignKey(), excluded));
    return new Output(
        best.market(),
        best.demandShare(),
        best.concentration(),
        best.growth(),
        best.score(),
        ResearchService.briefingId(input.campaignKey(), input.cycle()));
  }

  private static OpportunityWeights weights(Weights given) {
    try {
      return given == null
          ? null
          : OpportunityWeights.of(given.need(), given.room(), given.growth(), given.payment());
    } catch (InvalidWeightsException e) {
      throw new PermanentFailure(
          e.getMessage() + " Correct the variable opportunityWeights, then retry.", e);
    }
  }

  private BusinessError noMarket(String campaignKey, List<String> excluded) {
    return new BusinessError(
        NO_VIABLE_MARKET,
        "Campaign %s has no viable market left: of %s, excluded are %s, and in the others nobody asked has the need."
            .formatted(campaignKey, research.markets(campaignKey), excluded));
  }
}
