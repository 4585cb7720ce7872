package io.channelwise.worker.deal;

import io.channelwise.deal.Deal;
import io.channelwise.deal.DealService;
import io.channelwise.deal.Terms;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** Makes the agreed terms binding; a second run with the same terms changes nothing. */
@Component
public final class DealSignWorker implements Worker<DealSignWorker.Input, DealSignWorker.Output> {

  /** Variables read. */
  public record Input(String dealId, Double agreedRevenueShare, Double agreedFixedFee) {}

  /** Variables written. */
  public record Output(String dealOutcome) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("deal.sign", Input.class, Output.class);

  private final DealService deals;

  DealSignWorker(DealService deals) {
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
                deals.sign(
                    input.dealId(), new Terms(input.agreedRevenueShare(), input.agreedFixedFee())));
    return new Output(deal.state().text());
  }
}
