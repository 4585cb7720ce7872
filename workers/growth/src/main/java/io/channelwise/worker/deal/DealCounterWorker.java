package io.channelwise.worker.deal;

import io.channelwise.deal.Deal;
import io.channelwise.deal.DealService;
import io.channelwise.deal.Terms;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** Puts the offer of the next round on the table; a second run returns the same offer. */
@Component
public final class DealCounterWorker
    implements Worker<DealCounterWorker.Input, DealCounterWorker.Output> {

  /** Variables read. */
  public record Input(
      String dealId, Integer round, Double replyRevenueShare, Double replyFixedFee) {}

  /** Variables written. */
  public record Output(
      Integer round,
      Double offerRevenueShare,
      Double offerFixedFee,
      Double contractValue,
      Double acceptCostMax) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("deal.counter", Input.class, Output.class);

  private final DealService deals;

  DealCounterWorker(DealService deals) {
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
                deals.counter(
                    input.dealId(),
                    input.round(),
                    new Terms(input.replyRevenueShare(), input.replyFixedFee())));
    return new Output(
        deal.round(),
        deal.offer().revenueShare(),
        deal.offer().fixedFee(),
        deal.contractValue(),
        deals.acceptCostMax(deal));
  }
}
