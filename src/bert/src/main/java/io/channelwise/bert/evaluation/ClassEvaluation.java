package io.channelwise.bert.evaluation;

import java.util.List;

/**
 * How a classifier did that gives each text, or pair of texts, one label.
 *
 * @param examples texts judged
 * @param accuracy share of right answers
 * @param macroF1 mean F1 of the classes
 * @param weightedF1 mean F1 weighted by support
 * @param perClass one entry a class, in the model's order
 * @param confusion row = true class, column = predicted class, in the model's order
 * @param calibrationError expected calibration error, 0..1: how far the stated probability is from
 *     the share of right answers on average, over 15 equal bins (Guo et al. 2017)
 * @param reliability the bins of that error, from the lowest probability to the highest
 * @param intervals where the averages lie when the texts are drawn anew
 * @param report the classification report as scikit-learn prints it
 */
public record ClassEvaluation(
    int examples,
    double accuracy,
    double macroF1,
    double weightedF1,
    List<ClassScore> perClass,
    List<List<Integer>> confusion,
    double calibrationError,
    List<ReliabilityBin> reliability,
    Intervals intervals,
    String report)
    implements Evaluation {
  public ClassEvaluation {
    perClass = List.copyOf(perClass);
    reliability = List.copyOf(reliability);
    confusion = confusion.stream().map(List::copyOf).toList();
  }

  /** With one label a text, every wrong answer is one false positive and one false negative. */
  @Override
  public double microF1() {
    return accuracy;
  }
}
