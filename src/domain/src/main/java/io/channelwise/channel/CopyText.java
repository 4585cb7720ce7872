package io.channelwise.channel;

/**
 * One row in the text format of PostgreSQL's COPY: columns by tab, {@code \} before the characters
 * that mean something.
 */
final class CopyText {
  private final StringBuilder line = new StringBuilder(256);

  CopyText text(String value) {
    separate();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> line.append("\\\\");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> line.append(c);
      }
    }
    return this;
  }

  CopyText number(double value) {
    separate();
    line.append(value);
    return this;
  }

  private void separate() {
    if (line.length() > 0) {
      line.append('\t');
    }
  }

  /** The row with its line end; this object is empty again. */
  String end() {
    String row = line.append('\n').toString();
    line.setLength(0);
    return row;
  }
}
