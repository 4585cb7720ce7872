package io.channelwise.channel;

/** How events come over REST. */
public enum EventFormat {
  /** As {@code events.csv}: a header, then one row an event. */
  CSV,
  /** One JSON object a line; the columns of {@code events.csv} are its fields. UTF-8. */
  NDJSON
}
