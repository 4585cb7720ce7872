package io.channelwise.negotiation;

import io.channelwise.campaign.Text;

/** Figures that no deal can have; the text says what, found, expected, and what to do. */
public final class NegotiationException extends IllegalArgumentException {
  private final transient Text text;

  NegotiationException(String en, String zh) {
    super(en);
    this.text = new Text(en, zh);
  }

  /** The message in both languages. */
  public Text text() {
    return text;
  }

  /** Refuses NaN, infinity and what lies outside of the range. */
  static void requireBetween(double value, double min, double max, String en, String zh) {
    if (!(value >= min && value <= max)) {
      throw new NegotiationException(
          "%s is %s; a number from %s to %s is expected. Correct it and try again."
              .formatted(en, value, plain(min), plain(max)),
          "%s为 %s，应在 %s 到 %s 之间，请更正后重试。".formatted(zh, value, plain(min), plain(max)));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
