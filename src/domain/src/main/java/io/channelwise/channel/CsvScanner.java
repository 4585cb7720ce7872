package io.channelwise.channel;

import java.io.IOException;
import java.io.Reader;

/**
 * Records of a CSV (RFC 4180) as places in a buffer: a cell becomes a text only where one is asked
 * for. Blank lines are skipped. Not thread-safe.
 */
final class CsvScanner {
  /** Thrown for a record that cannot end well: a quote left open, or more than a bound. */
  static final class MalformedException extends IOException {
    MalformedException(String message) {
      super(message);
    }
  }

  private static final int RECORD_CHARS_MAX = 1 << 16;
  private static final int CELLS_MAX = 1_024;

  private final Reader reader;
  private final char separator;
  private final char[] buffer = new char[4 * RECORD_CHARS_MAX];
  private final int[] starts = new int[CELLS_MAX];
  private final int[] ends = new int[CELLS_MAX];
  private final boolean[] quoted = new boolean[CELLS_MAX];
  private int cells;
  private int position;
  private int filled;
  private boolean exhausted;
  private long firstLine;
  private long line;

  CsvScanner(Reader reader, char separator) {
    this.reader = reader;
    this.separator = separator;
  }

  /** Number of the line on which the record ended, from 1. */
  long line() {
    return line;
  }

  /** Number of the line on which the record began, from 1. */
  long firstLine() {
    return firstLine;
  }

  int cells() {
    return cells;
  }

  /**
   * Goes to the next record that is not a blank line.
   *
   * @return false after the last
   */
  boolean next() throws IOException {
    do {
      if (!ensureRecord()) {
        return false;
      }
      scan();
    } while (cells == 1 && !quoted[0] && starts[0] == ends[0]);
    return true;
  }

  char[] buffer() {
    return buffer;
  }

  /** First character of a cell, its quote not counted. */
  int start(int cell) {
    return starts[cell];
  }

  /** Behind the last character of a cell. */
  int end(int cell) {
    return ends[cell];
  }

  /** Whether the cell stood in quotes, so that its text may hold doubled ones. */
  boolean quoted(int cell) {
    return quoted[cell];
  }

  String text(int cell) {
    String text = new String(buffer, starts[cell], ends[cell] - starts[cell]);
    return quoted[cell] ? text.replace("\"\"", "\"") : text;
  }

  /** Makes sure that the longest record there may be lies in the buffer; false at the end. */
  private boolean ensureRecord() throws IOException {
    if (filled - position < RECORD_CHARS_MAX && !exhausted) {
      System.arraycopy(buffer, position, buffer, 0, filled - position);
      filled -= position;
      position = 0;
      while (filled < buffer.length && !exhausted) {
        int read = reader.read(buffer, filled, buffer.length - filled);
        exhausted = read < 0;
        filled += Math.max(0, read);
      }
    }
    return position < filled;
  }

  private void scan() throws MalformedException {
    int limit = Math.min(filled, position + RECORD_CHARS_MAX);
    int at = position;
    cells = 0;
    firstLine = line + 1;
    while (true) {
      if (cells == CELLS_MAX) {
        throw new MalformedException("a row of more than %d cells".formatted(CELLS_MAX));
      }
      at = at < limit && buffer[at] == '"' ? scanQuoted(at + 1, limit) : scanPlain(at, limit);
      if (at >= limit && !(exhausted && limit == filled)) {
        throw new MalformedException(
            "a row of more than %d characters".formatted(RECORD_CHARS_MAX));
      }
      cells++;
      if (at >= limit || buffer[at] != separator) {
        break;
      }
      at++;
    }
    line++;
    position = Math.min(filled, at + 1);
  }

  /** Marks a cell without quotes; returns where its separator or line end is. */
  private int scanPlain(int from, int limit) {
    int at = from;
    while (at < limit && buffer[at] != separator && buffer[at] != '\n') {
      at++;
    }
    boolean lineEnd = at >= limit || buffer[at] == '\n';
    starts[cells] = from;
    ends[cells] = lineEnd && at > from && buffer[at - 1] == '\r' ? at - 1 : at;
    quoted[cells] = false;
    return at;
  }

  private int scanQuoted(int from, int limit) throws MalformedException {
    int at = from;
    while (at < limit && !(buffer[at] == '"' && (at + 1 >= limit || buffer[at + 1] != '"'))) {
      line += buffer[at] == '\n' ? 1 : 0;
      at += buffer[at] == '"' ? 2 : 1;
    }
    if (at >= limit) {
      throw new MalformedException("a quote that is never closed");
    }
    starts[cells] = from;
    ends[cells] = at;
    quoted[cells] = true;
    at++;
    at += at < limit && buffer[at] == '\r' ? 1 : 0;
    if (at < limit && buffer[at] != separator && buffer[at] != '\n') {
      throw new MalformedException("text behind a closing quote");
    }
    return at;
  }
}
