package io.channelwise.bert.internal.text;

import java.util.ArrayList;
import java.util.List;

/** Words of running text, and back. */
public final class Words {
  private static final String OPENING = "([{\"'";
  private static final String CLOSING = ")]}\"'.,;:!?";

  private Words() {}

  /**
   * The words of a text: split at blanks; Chinese and Japanese characters and their signs one by
   * one; brackets, quotes and stops at the ends of other words apart.
   */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                flush(words, word);
              } else if (standsAlone(c)) {
                flush(words, word);
                words.add(Character.toString(c));
              } else {
                word.appendCodePoint(c);
              }
            });
    flush(words, word);
    return List.copyOf(words);
  }

  /** The words as one text: with blanks between, except where both sides stand alone. */
  public static String join(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      if (!text.isEmpty()
          && !(standsAlone(text.codePointBefore(text.length()))
              && standsAlone(word.codePointAt(0)))) {
        text.append(' ');
      }
      text.append(word);
    }
    return text.toString();
  }

  private static void flush(List<String> words, StringBuilder word) {
    int from = 0;
    int to = word.length();
    while (to - from > 1 && OPENING.indexOf(word.charAt(from)) >= 0) {
      words.add(word.substring(from, from + 1));
      from++;
    }
    while (to - from > 1 && CLOSING.indexOf(word.charAt(to - 1)) >= 0) {
      to--;
    }
    if (to > from) {
      words.add(word.substring(from, to));
    }
    for (int i = to; i < word.length(); i++) {
      words.add(word.substring(i, i + 1));
    }
    word.setLength(0);
  }

  private static boolean standsAlone(int c) {
    Character.UnicodeBlock block = Character.UnicodeBlock.of(c);
    return Character.isIdeographic(c)
        || block == Character.UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION
        || block == Character.UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS
            && !Character.isLetterOrDigit(c)
        || block == Character.UnicodeBlock.HIRAGANA
        || block == Character.UnicodeBlock.KATAKANA;
  }
}
