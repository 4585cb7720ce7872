package io.channelwise.bert.evaluation;

import java.util.List;

/**
 * Which words led a model to a label: integrated gradients (Sundararajan et al. 2017, <a
 * href="https://arxiv.org/abs/1703.01365">1703.01365</a>) against the same input with every word
 * replaced by {@code [PAD]}.
 *
 * @param inputs one text, two texts, or the words of a sentence
 * @param label what is explained
 * @param score stated probability of the label, 0..1
 * @param about of tagged words the index of the word that got the label; -1 where the label is of
 *     the whole input
 * @param words in reading order; what the model did not read, because it was cut, is not among them
 * @param change logit of the label for this input minus that for the empty one
 * @param gap sum of all shares minus {@code change}: what the numerical integration missed
 * @param complete whether the gap is within 0.5 % of the change, or within 0.001
 * @param points at which gradients were taken; doubled until complete, at most 1,024
 */
public record Explanation(
    List<String> inputs,
    String label,
    double score,
    int about,
    List<Word> words,
    double change,
    double gap,
    boolean complete,
    int points) {
  public Explanation {
    inputs = List.copyOf(inputs);
    words = List.copyOf(words);
  }

  /**
   * A word's part in the answer.
   *
   * @param input which of the inputs it is in
   * @param start index of its first character in that input
   * @param end index behind its last
   * @param share of the change, in logits; above 0 it speaks for the label, below 0 against it
   */
  public record Word(int input, int start, int end, double share) {}

  /** The characters of a word as the input has them. */
  public String text(Word word) {
    return inputs.get(word.input()).substring(word.start(), word.end());
  }
}
