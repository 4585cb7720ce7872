package io.channelwise.replay;

import io.channelwise.campaign.Text;

/** A replay cannot be run with the change asked for; the reason says what to do. */
public final class InvalidReplayException extends IllegalArgumentException {
  private final transient Text reason;

  InvalidReplayException(Text reason) {
    super(reason.en());
    this.reason = reason;
  }

  public Text reason() {
    return reason;
  }
}
