package io.channelwise.deal;

import java.util.Locale;

/** Where a deal stands. */
public enum DealState {
  /** Opening terms are known, nothing has been sent. */
  DRAFTED("已起草"),
  /** The offer of the current round has been sent. */
  OFFERED("已报价"),
  /** The partner asked for other terms, or a new offer is about to be sent. */
  COUNTERED("还价中"),
  /** The partner accepted; the contract is not approved yet. */
  AGREED("已谈妥"),
  /** Approved and binding. */
  SIGNED("已签约"),
  /** We took the offer or the contract back. */
  WITHDRAWN("已撤回"),
  /** The partner declined. */
  LOST("未达成");

  private final String zh;

  DealState(String zh) {
    this.zh = zh;
  }

  /** As stored: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For Chinese readers. */
  public String zh() {
    return zh;
  }

  static DealState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Signed or withdrawn: no answer is taken any more. */
  public boolean isClosed() {
    return this == SIGNED || this == WITHDRAWN;
  }
}
