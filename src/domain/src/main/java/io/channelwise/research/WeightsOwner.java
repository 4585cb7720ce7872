package io.channelwise.research;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who set the weights that markets are scored with. */
public enum WeightsOwner {
  /** Nobody: they are those of the product. */
  DEFAULT,
  /** {@code opportunityWeights} in the campaign's settings. */
  CAMPAIGN,
  /** The person who decides on the target market, in its form. */
  PERSON;

  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
