package io.channelwise.bert.internal.text;

/**
 * How much two texts keep of themselves when they are too long together: the longer loses first,
 * and when both must lose, each keeps half. This is {@code longest_first} of Hugging Face's
 * tokenizers.
 *
 * @param first tokens kept of the first text
 * @param second tokens kept of the second text
 */
record PairCut(int first, int second) {

  /**
   * Shares a budget.
   *
   * @param first tokens of the first text, markers not counted
   * @param second tokens of the second text
   * @param budget tokens for both
   */
  static PairCut of(int first, int second, int budget) {
    if (first + second <= budget) {
      return new PairCut(first, second);
    }
    boolean swapped = first > second;
    int shorter = Math.min(first, second);
    int longer = Math.max(shorter, budget - shorter);
    if (shorter + longer > budget) {
      shorter = budget / 2;
      longer = budget - shorter;
    }
    return swapped ? new PairCut(longer, shorter) : new PairCut(shorter, longer);
  }
}
