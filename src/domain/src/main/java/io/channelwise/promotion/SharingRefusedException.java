package io.channelwise.promotion;

import io.channelwise.campaign.Text;

/** A budget cannot be shared out in the way asked for; the reason says what to do. */
public final class SharingRefusedException extends IllegalArgumentException {
  private final transient Text reason;

  SharingRefusedException(Text reason) {
    super(reason.en());
    this.reason = reason;
  }

  public Text reason() {
    return reason;
  }
}
