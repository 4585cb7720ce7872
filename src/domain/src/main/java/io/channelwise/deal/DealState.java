package io.channelwise.deal;

import java.util.Locale;

/** Where a deal stands. */
public enum DealState {
  /** Opening terms are known, nothing has been sent. */
  DRAFTED,
  /** The offer of the current round has been sent. */
  OFFERED,
  /** The partner asked for other terms, or a new offer is about to be sent. */
  COUNTERED,
  /** The partner accepted; the contract is not approved yet. */
  AGREED,
  /** Approved and binding. */
  SIGNED,
  /** We took the offer or the contract back. */
  WITHDRAWN,
  /** The partner declined. */
  LOST;

  /** As stored: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static DealState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Signed or withdrawn: no answer is taken any more. */
  public boolean isClosed() {
    return this == SIGNED || this == WITHDRAWN;
  }
}
