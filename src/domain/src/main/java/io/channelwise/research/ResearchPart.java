package io.channelwise.research;

import java.util.Locale;

/** The four analyses of market research. */
enum ResearchPart {
  DEMAND,
  COMPETITION,
  TREND,
  OPPORTUNITY;

  /** As stored. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The topic of its worker. */
  String topic() {
    return "research." + text();
  }
}
