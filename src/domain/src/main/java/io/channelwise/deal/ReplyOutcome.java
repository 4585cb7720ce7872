package io.channelwise.deal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a partner says to an offer; in JSON and tables in lower case. */
public enum ReplyOutcome {
  ACCEPT,
  COUNTER,
  REJECT;

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for any other text
   */
  @JsonCreator
  public static ReplyOutcome of(String text) {
    for (ReplyOutcome outcome : values()) {
      if (outcome.name().equalsIgnoreCase(text)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException(
        "Outcome is %s; expected accept, counter or reject.".formatted(text));
  }
}
