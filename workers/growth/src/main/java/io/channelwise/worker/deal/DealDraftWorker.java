package io.channelwise.worker.deal;

import io.channelwise.deal.Deal;
import io.channelwise.deal.DealService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.Nullable;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** Works out opening terms and limits; a second run returns the same deal. */
@Component
public final class DealDraftWorker
    implements Worker<DealDraftWorker.Input, DealDraftWorker.Output> {

  /** Variables read. */
  public record Input(
      String campaignKey,
      Integer cycle,
      String channel,
      String dealId,
      @Nullable Integer roundsMax) {}

  /** Variables written. */
  public record Output(
      Integer round,
      Double offerRevenueShare,
      Double offerFixedFee,
      Double revenueShareMax,
      Double fixedFeeMax,
      Double expectedRevenue,
      Double contractValue,
      Double acceptCostMax,
      String briefingId) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("deal.draft", Input.class, Output.class);

  private final DealService deals;

  DealDraftWorker(DealService deals) {
    this.deals = deals;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    Deal deal =
        Permanently.failing(
            () ->
                deals.draft(
                    input.campaignKey(),
                    input.cycle(),
                    input.channel(),
                    input.dealId(),
                    input.roundsMax()));
    return new Output(
        deal.round(),
        deal.offer().revenueShare(),
        deal.offer().fixedFee(),
        deal.limits().revenueShare(),
        deal.limits().fixedFee(),
        deal.expectedRevenue(),
        deal.contractValue(),
        deals.acceptCostMax(deal),
        DealService.briefingId(deal.id()));
  }
}
