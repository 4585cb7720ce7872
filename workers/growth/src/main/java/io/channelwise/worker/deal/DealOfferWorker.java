package io.channelwise.worker.deal;

import io.channelwise.deal.Deal;
import io.channelwise.deal.DealService;
import io.channelwise.deal.Terms;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** Puts a person's offer on the table; a second run returns the same offer. */
@Component
public final class DealOfferWorker
    implements Worker<DealOfferWorker.Input, DealOfferWorker.Output> {

  /** Variables read. */
  public record Input(
      String dealId, Integer round, Double agreedRevenueShare, Double agreedFixedFee) {}

  /** Variables written. */
  public record Output(
      Integer round,
      Double offerRevenueShare,
      Double offerFixedFee,
      Double contractValue,
      Double acceptCostMax) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("deal.offer", Input.class, Output.class);

  private final DealService deals;

  DealOfferWorker(DealService deals) {
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
                deals.offer(
                    input.dealId(),
                    input.round(),
                    new Terms(input.agreedRevenueShare(), input.agreedFixedFee())));
    return new Output(
        deal.round(),
        deal.offer().revenueShare(),
        deal.offer().fixedFee(),
        deal.contractValue(),
        deals.acceptCostMax(deal));
  }
}
