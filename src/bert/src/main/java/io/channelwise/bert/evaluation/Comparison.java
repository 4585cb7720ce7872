package io.channelwise.bert.evaluation;

import io.channelwise.bert.DatasetException;
import io.channelwise.bert.internal.report.Comparing;
import java.util.List;

/**
 * Two models on the same examples.
 *
 * @param examples judged by both
 * @param differences of the figures of the task: first the one that decides
 * @param onlyFirstRight examples on which only the first model's whole answer is right
 * @param onlySecondRight examples on which only the second's is
 * @param test where an example has one label, McNemar's (McNemar 1947): {@code exact} (binomial)
 *     below 25 such examples, else {@code chi-squared} with Edwards' correction; where F1 decides
 *     {@code randomization}: 4,999 random exchanges of the models' answers (Noreen 1989; Yeh 2000)
 * @param pValue two-sided chance of so large a difference between equal models
 * @param sentence what it means, in words
 */
public record Comparison(
    int examples,
    List<Difference> differences,
    int onlyFirstRight,
    int onlySecondRight,
    String test,
    double pValue,
    String sentence) {
  public Comparison {
    differences = List.copyOf(differences);
  }

  /**
   * A figure of both models.
   *
   * @param figure its name as in {@code metrics.json}
   * @param first of the first model, 0..1
   * @param second of the second model
   * @param interval 95 % interval of second minus first, by a bootstrap that draws the same
   *     examples for both
   */
  public record Difference(String figure, double first, double second, Interval interval) {}

  /**
   * Compares the answers of two models.
   *
   * @throws DatasetException when the examples or their true labels are not the same
   */
  public static Comparison of(Judgement first, Judgement second) {
    return Comparing.of(first, second);
  }
}
