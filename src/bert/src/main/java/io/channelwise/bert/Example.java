package io.channelwise.bert;

import java.util.List;

/**
 * What a model reads and what it should answer.
 *
 * <p>By task: {@link Task#SEQUENCE} has one input and one label, {@link Task#PAIR} two inputs and
 * one label, {@link Task#MULTI_LABEL} one or two inputs and any number of labels, {@link
 * Task#TOKENS} the words of a sentence and as many tags.
 *
 * @param inputs one text, two texts, or the words of a sentence
 * @param labels what belongs to them
 */
public record Example(List<String> inputs, List<String> labels) {
  public Example {
    inputs = List.copyOf(inputs);
    labels = List.copyOf(labels);
  }

  /** A text of one class. */
  public Example(String text, String label) {
    this(List.of(text), List.of(label));
  }

  /** Two texts of one class. */
  public static Example pair(String first, String second, String label) {
    return new Example(List.of(first, second), List.of(label));
  }

  /**
   * One or two texts of any number of classes.
   *
   * @param labels may be empty; named twice counts once
   */
  public static Example multiLabel(List<String> inputs, List<String> labels) {
    return new Example(inputs, labels.stream().distinct().toList());
  }

  /**
   * A sentence, word by word.
   *
   * @throws IllegalArgumentException when there are not as many tags as words
   */
  public static Example tagged(List<String> words, List<String> tags) {
    if (words.size() != tags.size()) {
      throw new IllegalArgumentException(
          "A sentence has %d words and %d tags; give one tag a word."
              .formatted(words.size(), tags.size()));
    }
    return new Example(words, tags);
  }

  /** The inputs as one line: the text, two texts with a blank between, or the words. */
  public String text() {
    return inputs.size() == 1 ? inputs.get(0) : String.join(" ", inputs);
  }

  /**
   * The label of an example that has one.
   *
   * @throws IllegalStateException when it has none or several
   */
  public String label() {
    if (labels.size() != 1) {
      throw new IllegalStateException(
          "The example has %d labels; only one of a single label has the label."
              .formatted(labels.size()));
    }
    return labels.get(0);
  }
}
