package io.channelwise.support;

/** Tells Chinese from English by script. */
final class Language {
  /** A Chinese character says about as much as a short Latin word. */
  private static final int LETTERS_PER_HAN = 6;

  private Language() {}

  /** {@code zh} when Han characters, each counted as six letters, outweigh the other letters. */
  static String of(String text) {
    long han = text.codePoints().filter(Language::isHan).count();
    long other = text.codePoints().filter(c -> Character.isLetter(c) && !isHan(c)).count();
    return han > 0 && han * LETTERS_PER_HAN >= other ? "zh" : "en";
  }

  static boolean isHan(int codePoint) {
    return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
  }
}
