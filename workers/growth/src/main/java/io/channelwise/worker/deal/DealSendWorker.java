package io.channelwise.worker.deal;

import io.channelwise.deal.MessageKind;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** Sends the offer of a round; a second run finds it sent. */
@Component
public final class DealSendWorker implements Worker<DealSendWorker.Input, DealSendWorker.Output> {

  /** Variables read. */
  public record Input(String dealId, Integer round) {}

  /** Variables written. */
  public record Output(String sentVia) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("deal.send", Input.class, Output.class);

  private final PartnerMessenger messenger;

  DealSendWorker(PartnerMessenger messenger) {
    this.messenger = messenger;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    return new Output(
        Permanently.failing(
            () -> messenger.send(input.dealId(), input.round(), MessageKind.OFFER)));
  }
}
