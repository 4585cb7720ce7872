package io.channelwise.plan;

import io.channelwise.campaign.Text;

/** No plan keeps the constraints; the reason names the one to blame. */
public final class NoFeasiblePlanException extends RuntimeException {
  private final transient Text reason;

  public NoFeasiblePlanException(Text reason) {
    super(reason.en());
    this.reason = reason;
  }

  public Text reason() {
    return reason;
  }
}
