package io.channelwise.channel;

import java.util.Iterator;

/** Checked events on their way into the database. */
interface EventRows {

  /**
   * Appends the next event as a row in the text format of COPY: event_id, user_ref, segment,
   * channel, type, occurred_at, revenue, cost.
   *
   * @return false after the last; nothing was appended then
   */
  boolean next(StringBuilder copy);

  static EventRows of(Iterator<Event> events) {
    CopyText text = new CopyText();
    return copy -> {
      boolean there = events.hasNext();
      if (there) {
        text.event(events.next(), copy);
      }
      return there;
    };
  }
}
