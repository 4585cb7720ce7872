package io.channelwise.worker.support;

import io.channelwise.support.InvalidTicketException;
import io.channelwise.support.SupportService;
import io.channelwise.support.UnknownTicketException;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.Nullable;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** {@code ticket.close}: closes a ticket with the agent's answer and corrections, if any. */
@Component
public class TicketCloseWorker implements Worker<TicketCloseWorker.Input, Contract.None> {
  private static final Contract<Input, Contract.None> CONTRACT =
      Contract.of("ticket.close", Input.class, Contract.None.class);

  private final SupportService support;

  TicketCloseWorker(SupportService support) {
    this.support = support;
  }

  public record Input(
      String ticketId,
      @Nullable String answer,
      @Nullable String correctedIntent,
      @Nullable String correctedSentiment) {}

  @Override
  public Contract<Input, Contract.None> contract() {
    return CONTRACT;
  }

  @Override
  public Contract.None handle(Input input, TaskContext context) {
    try {
      support.close(
          input.ticketId(), input.answer(), input.correctedIntent(), input.correctedSentiment());
      return Contract.None.NONE;
    } catch (UnknownTicketException | InvalidTicketException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }
}
