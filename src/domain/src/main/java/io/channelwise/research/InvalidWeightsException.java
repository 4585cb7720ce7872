package io.channelwise.research;

import io.channelwise.campaign.Text;

/** Markets cannot be scored with such weights. */
public final class InvalidWeightsException extends IllegalArgumentException {
  private final transient Text reason;

  InvalidWeightsException(Text reason) {
    super(reason.en());
    this.reason = reason;
  }

  public Text reason() {
    return reason;
  }
}
