package io.channelwise.worker.deal;

import io.channelwise.deal.DealService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** Counts the signed deals of a cycle and writes their briefing. */
@Component
public final class DealSummariseWorker
    implements Worker<DealSummariseWorker.Input, DealSummariseWorker.Output> {

  /** Variables read. */
  public record Input(String campaignKey, Integer cycle) {}

  /** Variables written. */
  public record Output(Integer signedDeals) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("deal.summarise", Input.class, Output.class);

  private final DealService deals;

  DealSummariseWorker(DealService deals) {
    this.deals = deals;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    return new Output(
        Permanently.failing(() -> deals.summarise(input.campaignKey(), input.cycle())));
  }
}
