package io.channelwise.support;

/** A new ticket, answer or correction that breaks a rule; the message names rule and value. */
public final class InvalidTicketException extends RuntimeException {
  public InvalidTicketException(String message) {
    super(message);
  }
}
