package io.channelwise.channel;

import java.io.IOException;
import java.io.Reader;

/**
 * Lines of a text, none longer than a bound: an upload without line ends must not fill the memory.
 * Not thread-safe.
 */
final class BoundedLines {
  /** Thrown for a line that is too long; the rest of it has not been read. */
  static final class TooLongException extends IOException {
    TooLongException(String start) {
      super(start);
    }
  }

  private final Reader reader;
  private final int charsMax;
  private long number;

  /**
   * @param reader buffered
   */
  BoundedLines(Reader reader, int charsMax) {
    this.reader = reader;
    this.charsMax = charsMax;
  }

  /** The next line without its end; null after the last. */
  String next() throws IOException {
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    number++;
    StringBuilder line = new StringBuilder();
    while (c >= 0 && c != '\n') {
      if (line.length() >= charsMax) {
        throw new TooLongException(line.substring(0, Math.min(80, charsMax)));
      }
      line.append((char) c);
      c = reader.read();
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  /** Number of the line read last, from 1. */
  long number() {
    return number;
  }
}
