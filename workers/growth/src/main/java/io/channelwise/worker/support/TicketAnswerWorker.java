package io.channelwise.worker.support;

import io.channelwise.support.SupportService;
import io.channelwise.support.UnknownTicketException;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** {@code ticket.answer}: answers a ticket from the training material, if any fits. */
@Component
public class TicketAnswerWorker
    implements Worker<TicketAnswerWorker.Input, TicketAnswerWorker.Output> {
  private static final Contract<Input, Output> CONTRACT =
      Contract.of("ticket.answer", Input.class, Output.class);

  private final SupportService support;

  TicketAnswerWorker(SupportService support) {
    this.support = support;
  }

  public record Input(String ticketId) {}

  /**
   * @param answered false when no material fits and an agent must answer
   */
  public record Output(Boolean answered) {}

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    try {
      boolean answered = support.answer(input.ticketId());
      if (!answered) {
        // The agent sees the nearest material beside the ticket.
        support.brief(input.ticketId());
      }
      return new Output(answered);
    } catch (UnknownTicketException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }
}
