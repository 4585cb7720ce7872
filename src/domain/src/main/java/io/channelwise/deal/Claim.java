package io.channelwise.deal;

import java.time.Instant;

/** Whether the caller may send a message now. */
public sealed interface Claim {

  /**
   * Ours: send under this id, then confirm or release.
   *
   * @param messageId the same on every attempt
   */
  record Granted(String messageId) implements Claim {}

  /** Nothing to do: it went out before. */
  record AlreadySent(String via) implements Claim {}

  /** Nothing to do: a reminder of an offer that was answered or is off the table. */
  record NotNeeded() implements Claim {}

  /** Another worker is sending it; look again after this time. */
  record Busy(Instant until) implements Claim {}
}
