package io.channelwise.bert.internal.text;

import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Examples as inputs of a model. Only a long sentence of words has more inputs than one.
 *
 * @param ids one entry an input
 * @param owners number of the example each input belongs to, ascending
 * @param examples how many there are
 * @param longExamples how many were longer than allowed: texts were cut, sentences of words are
 *     read in windows
 */
public record Inputs(List<TokenIds> ids, int[] owners, int examples, int longExamples) {
  public Inputs {
    ids = List.copyOf(ids);
  }

  /**
   * Encodes what examples of a task bring.
   *
   * @param inputs one text, two texts, or words, by task
   * @throws DatasetException when an example brings another number of texts than the task takes
   */
  public static Inputs of(
      Task task, List<List<String>> inputs, TextEncoder encoder, int maxLength) {
    require(task, inputs);
    return task == Task.TOKENS
        ? encoder.encodeWords(inputs, maxLength)
        : texts(encoder.encodeTexts(inputs, maxLength));
  }

  private static Inputs texts(TextEncoder.Encoded encoded) {
    int count = encoded.ids().size();
    return new Inputs(encoded.ids(), IntStream.range(0, count).toArray(), count, encoded.cut());
  }

  private static void require(Task task, List<List<String>> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      int found = inputs.get(i).size();
      boolean fits =
          switch (task) {
            case SEQUENCE -> found == 1;
            case PAIR -> found == 2;
            case MULTI_LABEL -> found == 1 || found == 2;
            case TOKENS -> found > 0;
          };
      if (!fits) {
        String expected =
            switch (task) {
              case SEQUENCE -> "one text";
              case PAIR -> "two texts, read together";
              case MULTI_LABEL -> "one text or two";
              case TOKENS -> "at least one word";
            };
        throw new DatasetException(
            "Example %d has %d inputs; the task %s takes %s."
                .formatted(i + 1, found, task.key(), expected));
      }
    }
  }

  /** The same inputs, each changed. */
  public Inputs mapped(UnaryOperator<TokenIds> change) {
    return new Inputs(ids.stream().map(change).toList(), owners, examples, longExamples);
  }

  /** The numbers of the inputs of each example. */
  public List<int[]> byExample() {
    List<int[]> result = new ArrayList<>();
    int from = 0;
    for (int example = 0; example < examples; example++) {
      int to = from;
      while (to < owners.length && owners[to] == example) {
        to++;
      }
      result.add(IntStream.range(from, to).toArray());
      from = to;
    }
    return result;
  }

  /** Tokens of each input. */
  public int[] lengths() {
    return ids.stream().mapToInt(TokenIds::length).toArray();
  }
}
