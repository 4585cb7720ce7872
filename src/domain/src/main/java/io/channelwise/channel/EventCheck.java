package io.channelwise.channel;

import io.channelwise.campaign.TableSpec.Choice;
import io.channelwise.campaign.TableSpec.Column;
import io.channelwise.campaign.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Turns the texts of one event into an {@link Event}, by the rules of {@code events.csv}, and notes
 * each one that does not fit. Not thread-safe.
 */
final class EventCheck {
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
  private static final Text AMOUNT =
      new Text("a number from 0 to 10000000000000", "0 至 10000000000000 的数");
  private static final Text TIME =
      new Text("a time as 2026-01-31T12:00:00Z", "形如 2026-01-31T12:00:00Z 的时间");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private final Set<String> channels;
  private final RowFindings findings;

  /**
   * @param channels known to the campaign
   */
  EventCheck(Set<String> channels, RowFindings findings) {
    this.channels = channels;
    this.findings = findings;
  }

  /**
   * @param value text of a column by its English name; null or empty when absent
   * @return null when something was wrong; the findings say what
   */
  Event event(long row, Function<String, String> value) {
    int before = findings.count();
    String eventId = text(row, "event_id", value);
    String user = text(row, "user", value);
    String segment = text(row, "segment", value);
    String channel = channel(row, value);
    String type = type(row, value);
    Instant occurredAt = time(row, value);
    double revenue = amount(row, "revenue", value);
    double cost = amount(row, "cost", value);
    return findings.count() > before
        ? null
        : new Event(eventId, user, segment, channel, type, occurredAt, revenue, cost);
  }

  private String text(long row, String column, Function<String, String> value) {
    String text = stripped(value.apply(column));
    if (text.isEmpty() || text.length() > RowFindings.TEXT_CHARS_MAX || text.indexOf('\0') >= 0) {
      findings.add(row, column, text, RowFindings.TEXT_LENGTH);
    }
    return text;
  }

  private String channel(long row, Function<String, String> value) {
    String channel = text(row, "channel", value);
    if (!channel.isEmpty() && !channels.contains(channel)) {
      findings.add(
          row, "channel", channel, new Text("a channel of channels.csv", "channels.csv 中的渠道"));
    }
    return channel;
  }

  private String type(long row, Function<String, String> value) {
    String text = stripped(value.apply("type"));
    Column column = EventsLoader.SPEC.column("type").orElseThrow();
    for (Choice choice : column.values()) {
      if (choice.en().equalsIgnoreCase(text) || choice.zh().equals(text)) {
        return choice.en();
      }
    }
    findings.add(row, "type", text, new Text("view, click or purchase", "浏览、点击或购买"));
    return text;
  }

  private Instant time(long row, Function<String, String> value) {
    String text = stripped(value.apply("occurred_at"));
    try {
      Instant time = parseTime(text);
      if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Noted below: the text is what the reader needs to see.
    }
    findings.add(row, "occurred_at", text, TIME);
    return EARLIEST;
  }

  private static Instant parseTime(String text) {
    String iso = text.replace(' ', 'T');
    if (iso.indexOf('T') < 0) {
      return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    try {
      return OffsetDateTime.parse(iso).toInstant();
    } catch (DateTimeException e) {
      return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }
  }

  private double amount(long row, String column, Function<String, String> value) {
    String text = stripped(value.apply(column));
    if (text.isEmpty()) {
      return 0;
    }
    // Java would also read 12d and 0x1p3, which events.csv does not.
    if (NUMBER.matcher(text).matches()) {
      double amount = Double.parseDouble(text);
      if (amount >= 0 && amount <= EventsLoader.AMOUNT_MAX) {
        return amount;
      }
    }
    findings.add(row, column, text, AMOUNT);
    return 0;
  }

  private static String stripped(String text) {
    return text == null ? "" : text.strip();
  }
}
