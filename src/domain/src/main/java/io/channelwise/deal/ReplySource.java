package io.channelwise.deal;

import java.util.Locale;

/** How an answer reached us. */
public enum ReplySource {
  /** The partner followed the signed link. */
  LINK,
  /** Another system of ours or the partner's reported it with a login. */
  REST,
  /** A person typed in what the partner said. */
  HAND;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ReplySource of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
