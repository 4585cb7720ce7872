package io.channelwise.channel;

import io.channelwise.campaign.Row;
import java.time.Instant;

/**
 * Something a user did on a channel.
 *
 * @param eventId unique in the campaign; the same id again is the same event
 * @param type {@code view}, {@code click} or {@code purchase}
 * @param revenue of a purchase, in the campaign's currency
 * @param cost of showing or of the click, in the campaign's currency
 */
record Event(
    String eventId,
    String user,
    String segment,
    String channel,
    String type,
    Instant occurredAt,
    double revenue,
    double cost) {

  static Event of(Row row) {
    return new Event(
        row.text("event_id"),
        row.text("user"),
        row.text("segment"),
        row.text("channel"),
        row.text("type"),
        row.timestamp("occurred_at"),
        row.number("revenue") == null ? 0 : row.number("revenue"),
        row.number("cost") == null ? 0 : row.number("cost"));
  }
}
