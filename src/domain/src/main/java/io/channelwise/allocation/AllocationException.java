package io.channelwise.allocation;

import io.channelwise.campaign.Text;

/** A problem that has no answer; the text says what, where, and what to do. */
public final class AllocationException extends RuntimeException {
  private final transient Text text;

  AllocationException(Text text) {
    super(text.en());
    this.text = text;
  }

  /** The message in both languages. */
  public Text text() {
    return text;
  }
}
