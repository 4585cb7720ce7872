package io.channelwise.bert.evaluation;

import io.channelwise.bert.DatasetException;
import io.channelwise.bert.internal.report.Slicing;
import java.util.List;
import java.util.Map;

/**
 * How a model did on parts of the data: where a good average hides a weak spot.
 *
 * @param figure what is compared: {@code accuracy} where an example has one label, else {@code
 *     micro_f1} (of tagged words the entity F1)
 * @param overall that figure on all examples, 0..1
 * @param slices by column, then from the smallest score to the largest
 * @param sentence what they mean, in words
 */
public record Slices(String figure, double overall, List<Slice> slices, String sentence) {
  /** Slices of fewer examples are shown, but not tested. */
  public static final int EXAMPLES_MIN = 10;

  public Slices {
    slices = List.copyOf(slices);
  }

  /**
   * One part.
   *
   * @param column what it was cut by
   * @param value which part
   * @param examples in it
   * @param score of the figure on it, 0..1; NaN where there is none, as of sentences in which there
   *     is no entity and none was found. Such a part is not tested
   * @param interval where that score lies when its examples are drawn anew; NaN with the score
   * @param rest the same figure on all other examples; may be NaN, too
   * @param pValue one-sided chance of a score so low if the examples of the part were any: exact
   *     (Fisher 1935) for accuracy, by 4,999 permutations for F1; corrected for the number of parts
   *     (Holm 1979); 1 where nothing was tested
   * @param worse whether that is below 0.05
   */
  public record Slice(
      String column,
      String value,
      int examples,
      double score,
      Interval interval,
      double rest,
      double pValue,
      boolean worse) {}

  /**
   * Cuts by the length of the text (quartiles), by its language, and by columns of the data.
   *
   * @param columns for each column its value for each example; numbers of many values are cut into
   *     quartiles, of many other values the commonest twelve are kept
   * @throws DatasetException when a column has not as many values as there are answers
   */
  public static Slices of(Judgement judgement, Map<String, List<String>> columns) {
    return Slicing.of(judgement, columns);
  }
}
