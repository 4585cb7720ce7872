package io.channelwise.plan;

import io.channelwise.campaign.Text;

/** A plan cannot be evaluated: a channel without a deal, or a number out of its range. */
public final class InvalidPlanException extends IllegalArgumentException {
  private final transient Text reason;

  public InvalidPlanException(Text reason) {
    super(reason.en());
    this.reason = reason;
  }

  public Text reason() {
    return reason;
  }
}
