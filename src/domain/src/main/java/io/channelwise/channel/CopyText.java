package io.channelwise.channel;

/**
 * Rows in the text format of PostgreSQL's COPY: columns by tab, {@code \} before the characters
 * that mean something. Not thread-safe.
 */
final class CopyText {
  private StringBuilder line;

  /** Appends the row of an event, its line end included. */
  void event(Event event, StringBuilder copy) {
    line = copy;
    text(event.eventId()).text(event.user()).text(event.segment()).text(event.channel());
    text(event.type()).text(event.occurredAt().toString());
    line.append(event.revenue()).append('\t').append(event.cost()).append('\n');
  }

  private CopyText text(String value) {
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
    line.append('\t');
    return this;
  }

  /** A column as COPY wrote it, without its escapes. */
  static String unescape(String column) {
    if (column.indexOf('\\') < 0) {
      return column;
    }
    StringBuilder plain = new StringBuilder(column.length());
    for (int i = 0; i < column.length(); i++) {
      char c = column.charAt(i);
      if (c == '\\' && i + 1 < column.length()) {
        i++;
        c =
            switch (column.charAt(i)) {
              case 'b' -> '\b';
              case 'f' -> '\f';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              case 'v' -> '\u000b';
              default -> column.charAt(i);
            };
      }
      plain.append(c);
    }
    return plain.toString();
  }
}
