package io.channelwise.bert;

import java.util.Objects;

/**
 * Where a file holds what. In CSV files columns have names; in CoNLL files, which tagging reads,
 * they have numbers from 1, and one without a number is found by what it holds.
 *
 * @param text column of the texts, or words
 * @param pair column of the second texts; null where there are none
 * @param label column of the labels, or tags
 * @param labelSeparator what stands between several labels in one cell
 */
public record Columns(String text, String pair, String label, String labelSeparator) {
  /** Between labels where nothing else is said. */
  public static final String LABEL_SEPARATOR = "|";

  public Columns {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(label, "label");
    if (labelSeparator == null || labelSeparator.isEmpty()) {
      throw new IllegalArgumentException("The label separator is empty; expected such as | or ;.");
    }
  }

  /** Of one text and its label or labels. */
  public static Columns of(String text, String label) {
    return new Columns(text, null, label, LABEL_SEPARATOR);
  }

  /** Of two texts and their label or labels. */
  public static Columns ofPair(String first, String second, String label) {
    return new Columns(first, second, label, LABEL_SEPARATOR);
  }
}
