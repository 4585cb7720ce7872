package io.channelwise.deal;

import java.util.Locale;

/** What we send to a partner in a negotiation. */
public enum MessageKind {
  OFFER,
  REMINDER,
  WITHDRAWAL;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
