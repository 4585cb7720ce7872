package io.channelwise.campaign;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Refuses a line longer than a bound before anybody holds it in memory. Not thread-safe. */
final class BoundedLines extends FilterReader {
  private final int max;
  private int length;
  private boolean tooLong;

  BoundedLines(Reader in, int max) {
    super(in);
    this.max = max;
  }

  /** A line is too long to be one of a table. */
  static final class LineTooLong extends IOException {
    LineTooLong(int max) {
      super("A line has more than %d characters.".formatted(max));
    }
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] buffer, int offset, int count) throws IOException {
    if (tooLong) {
      throw new LineTooLong(max);
    }
    int read = super.read(buffer, offset, count);
    for (int i = 0; i < read; i++) {
      char c = buffer[offset + i];
      length = c == '\n' || c == '\r' ? 0 : length + 1;
      if (length > max) {
        // What came before is given out first, so that the reader knows which line it is.
        tooLong = true;
        return i + 1;
      }
    }
    return read;
  }
}
