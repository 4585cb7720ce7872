package io.channelwise.worker.support;

import io.channelwise.support.SupportService;
import io.channelwise.support.UnknownTicketException;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** {@code ticket.escalate}: makes a ticket urgent that waited too long. */
@Component
public class TicketEscalateWorker implements Worker<TicketEscalateWorker.Input, Contract.None> {
  private static final Contract<Input, Contract.None> CONTRACT =
      Contract.of("ticket.escalate", Input.class, Contract.None.class);

  private final SupportService support;

  TicketEscalateWorker(SupportService support) {
    this.support = support;
  }

  public record Input(String ticketId) {}

  @Override
  public Contract<Input, Contract.None> contract() {
    return CONTRACT;
  }

  @Override
  public Contract.None handle(Input input, TaskContext context) {
    try {
      support.escalate(input.ticketId());
      support.brief(input.ticketId());
      return Contract.None.NONE;
    } catch (UnknownTicketException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }
}
