package io.channelwise.launcher.model;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Reads times as people write them. */
final class TimeOption {

  private TimeOption() {}

  /**
   * A time such as {@code 20m}, {@code 1h30m}, {@code 90s} or ISO 8601's {@code PT20M}.
   *
   * @param option for the message
   */
  static Duration parse(String option, String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    try {
      return Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "%s is %s; expected a time such as 20m, 1h30m or PT20M.".formatted(option, text));
    }
  }
}
