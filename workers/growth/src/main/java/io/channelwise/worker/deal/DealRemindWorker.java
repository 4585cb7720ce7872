package io.channelwise.worker.deal;

import io.channelwise.deal.MessageKind;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** Reminds the partner of an offer, once a round; sends nothing when it was answered meanwhile. */
@Component
public final class DealRemindWorker
    implements Worker<DealRemindWorker.Input, DealRemindWorker.Output> {

  /** Variables read. */
  public record Input(String dealId, Integer round) {}

  /** Variables written. */
  public record Output(String sentVia) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("deal.remind", Input.class, Output.class);

  private final PartnerMessenger messenger;

  DealRemindWorker(PartnerMessenger messenger) {
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
            () -> messenger.send(input.dealId(), input.round(), MessageKind.REMINDER)));
  }
}
