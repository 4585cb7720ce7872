package io.channelwise.bert;

import io.channelwise.bert.internal.report.Comparing;

/**
 * Two models on the same texts. Differences are second minus first.
 *
 * @param examples texts judged by both
 * @param firstAccuracy of the first model, 0..1
 * @param secondAccuracy of the second model
 * @param accuracyDifference 95 % interval of the difference by a bootstrap that draws the same
 *     texts for both
 * @param firstMacroF1 of the first model, 0..1
 * @param secondMacroF1 of the second model
 * @param macroF1Difference the same interval of the difference of macro F1
 * @param onlyFirstRight texts on which only the first is right
 * @param onlySecondRight texts on which only the second is right
 * @param test {@code exact} (binomial) below 25 such texts, else {@code chi-squared} with Edwards'
 *     correction
 * @param pValue McNemar's two-sided test (McNemar 1947) that both are right equally often
 * @param sentence what it means, in words
 */
public record Comparison(
    int examples,
    double firstAccuracy,
    double secondAccuracy,
    Interval accuracyDifference,
    double firstMacroF1,
    double secondMacroF1,
    Interval macroF1Difference,
    int onlyFirstRight,
    int onlySecondRight,
    String test,
    double pValue,
    String sentence) {

  /**
   * Compares the answers of two models.
   *
   * @throws DatasetException when the texts or their true classes are not the same
   */
  public static Comparison of(Judgement first, Judgement second) {
    return Comparing.of(first, second);
  }
}
