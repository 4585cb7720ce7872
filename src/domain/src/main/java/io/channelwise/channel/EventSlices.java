package io.channelwise.channel;

import java.util.Set;

/**
 * Writes the events that need no second look straight from a CSV's characters into COPY's text:
 * plain texts, ISO times in UTC, plain numbers. Whatever else a cell may be is for {@link
 * EventCheck}, which alone decides what is wrong. Not thread-safe.
 */
final class EventSlices {
  private static final String[] TYPES = {"click", "view", "purchase"};
  private static final int TIME_CHARS = "2026-01-31T12:00:00Z".length();
  private static final int TIME_CHARS_MAX = "2026-01-31T12:00:00.123456Z".length();
  private static final int NUMBER_CHARS_MAX = 15;

  /** Below {@link EventsLoader#AMOUNT_MAX}. */
  private static final int WHOLE_CHARS_MAX = 13;

  private static final String PATTERN = "dddd-dd-ddTdd:dd:dd";

  private final Set<String> channels;
  private final int[] places;
  private CsvScanner csv;
  private char[] buffer;

  /**
   * @param channels known to the campaign
   * @param places cell of event_id, user, segment, channel, type, occurred_at, revenue and cost; -1
   *     for an optional one that the file does not have
   */
  EventSlices(Set<String> channels, int[] places) {
    this.channels = channels;
    this.places = places;
  }

  /**
   * Appends the record at hand.
   *
   * @return false when it needs a second look; nothing was appended then
   */
  boolean append(CsvScanner record, StringBuilder copy) {
    csv = record;
    buffer = record.buffer();
    int length = copy.length();
    boolean plain =
        text(places[0], copy)
            && text(places[1], copy)
            && text(places[2], copy)
            && channel(places[3], copy)
            && type(places[4], copy)
            && time(places[5], copy)
            && number(places[6], copy)
            && number(places[7], copy);
    if (plain) {
      copy.setCharAt(copy.length() - 1, '\n');
    } else {
      copy.setLength(length);
    }
    return plain;
  }

  private boolean text(int cell, StringBuilder copy) {
    if (!simple(cell, RowFindings.TEXT_CHARS_MAX)) {
      return false;
    }
    int start = csv.start(cell);
    int end = csv.end(cell);
    for (int i = start; i < end; i++) {
      char c = buffer[i];
      if (c < ' ' || c == '\\') {
        return false;
      }
    }
    if (Character.isWhitespace(buffer[start]) || Character.isWhitespace(buffer[end - 1])) {
      return false;
    }
    copy.append(buffer, start, end - start).append('\t');
    return true;
  }

  /** Whether a cell is there, not quoted and of 1 to the most characters. */
  private boolean simple(int cell, int charsMax) {
    if (cell < 0 || cell >= csv.cells() || csv.quoted(cell)) {
      return false;
    }
    int length = csv.end(cell) - csv.start(cell);
    return length > 0 && length <= charsMax;
  }

  private boolean channel(int cell, StringBuilder copy) {
    int before = copy.length();
    return text(cell, copy) && channels.contains(copy.substring(before, copy.length() - 1));
  }

  private boolean type(int cell, StringBuilder copy) {
    if (!simple(cell, TYPES[2].length())) {
      return false;
    }
    for (String type : TYPES) {
      if (matches(type, csv.start(cell), csv.end(cell))) {
        copy.append(type).append('\t');
        return true;
      }
    }
    return false;
  }

  private boolean matches(String text, int start, int end) {
    if (end - start != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (buffer[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** A time from 1970 to 2199 on one of the first 28 days of a month, in UTC. */
  private boolean time(int cell, StringBuilder copy) {
    if (!simple(cell, TIME_CHARS_MAX) || csv.end(cell) - csv.start(cell) < TIME_CHARS) {
      return false;
    }
    int start = csv.start(cell);
    int end = csv.end(cell);
    for (int i = 0; i < PATTERN.length(); i++) {
      char c = buffer[start + i];
      if (PATTERN.charAt(i) == 'd' ? c < '0' || c > '9' : c != PATTERN.charAt(i)) {
        return false;
      }
    }
    int year = 100 * two(start) + two(start + 2);
    int month = two(start + 5);
    int day = two(start + 8);
    boolean inRange = year >= 1970 && year < 2200 && month >= 1 && month <= 12;
    inRange &= day >= 1 && day <= 28 && two(start + 11) < 24;
    inRange &= two(start + 14) < 60 && two(start + 17) < 60;
    if (!inRange || buffer[end - 1] != 'Z' || !fraction(start + PATTERN.length(), end - 1)) {
      return false;
    }
    copy.append(buffer, start, end - start).append('\t');
    return true;
  }

  private int two(int at) {
    return 10 * (buffer[at] - '0') + buffer[at + 1] - '0';
  }

  private boolean fraction(int start, int end) {
    if (start == end) {
      return true;
    }
    return buffer[start] == '.' && end - start > 1 && digits(start + 1, end);
  }

  private boolean digits(int start, int end) {
    for (int i = start; i < end; i++) {
      if (buffer[i] < '0' || buffer[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /** Digits with a point or without; nothing is 0. */
  private boolean number(int cell, StringBuilder copy) {
    if (cell < 0 || (cell < csv.cells() && !csv.quoted(cell) && csv.start(cell) == csv.end(cell))) {
      copy.append("0\t");
      return true;
    }
    if (!simple(cell, NUMBER_CHARS_MAX)) {
      return false;
    }
    int start = csv.start(cell);
    int end = csv.end(cell);
    int point = start;
    while (point < end && buffer[point] != '.') {
      point++;
    }
    boolean plain =
        point > start
            && point - start <= WHOLE_CHARS_MAX
            && digits(start, point)
            && (point == end || digits(point + 1, end));
    if (plain) {
      copy.append(buffer, start, end - start).append('\t');
    }
    return plain;
  }
}
