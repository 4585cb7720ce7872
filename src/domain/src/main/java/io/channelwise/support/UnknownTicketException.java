package io.channelwise.support;

/** Nobody opened a ticket with this id. */
public final class UnknownTicketException extends RuntimeException {
  public UnknownTicketException(String ticketId) {
    super(
        "Ticket %s does not exist. Use the id that POST /api/tickets returned."
            .formatted(ticketId));
  }
}
