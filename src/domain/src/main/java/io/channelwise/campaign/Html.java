package io.channelwise.campaign;

/** Escaping for HTML and SVG. */
final class Html {
  private Html() {}

  /** Text for elements and quoted attributes; control characters that XML forbids are left out. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        case '\n', '\t' -> escaped.append(c);
        default -> {
          if (c >= ' ') {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }
}
