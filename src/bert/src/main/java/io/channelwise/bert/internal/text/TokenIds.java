package io.channelwise.bert.internal.text;

import java.util.function.IntUnaryOperator;

/**
 * One input of a model, markers included, without padding.
 *
 * @param ids (T)
 * @param secondFrom where the second text begins; {@code ids.length} where there is none
 * @param words (T) number of the word each token belongs to, {@link #NO_WORD} for markers and for
 *     words that count in another window of the sentence; empty where the task knows no words
 * @param read (T) as {@code words}, with the numbers also of words that count in another window
 */
public record TokenIds(int[] ids, int secondFrom, int[] words, int[] read) {
  /** The token is of no word that counts here. */
  public static final int NO_WORD = -1;

  private static final int[] NO_WORDS = {};

  /** An input all of whose words count. */
  public TokenIds(int[] ids, int secondFrom, int[] words) {
    this(ids, secondFrom, words, words);
  }

  /** An input of one or two texts. */
  public TokenIds(int[] ids, int secondFrom) {
    this(ids, secondFrom, NO_WORDS);
  }

  /** An input of one text. */
  public static TokenIds single(int[] ids) {
    return new TokenIds(ids, ids.length);
  }

  /** Tokens, markers included. */
  public int length() {
    return ids.length;
  }

  /** Whether there is a second text. */
  public boolean isPair() {
    return secondFrom < ids.length;
  }

  /** The same input in other numbers. */
  public TokenIds renumbered(IntUnaryOperator number) {
    int[] result = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      result[i] = number.applyAsInt(ids[i]);
    }
    return new TokenIds(result, secondFrom, words, read);
  }
}
