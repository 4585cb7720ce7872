package io.channelwise.bert;

import io.channelwise.bert.internal.report.ModelFiles;
import java.util.List;
import java.util.Locale;

/**
 * How a classifier did on labelled texts. Shares are 0..1; a share of nothing is 0, as in
 * scikit-learn.
 *
 * @param examples texts judged
 * @param accuracy share of right answers
 * @param macroF1 mean F1 of the classes
 * @param microF1 F1 over all decisions; equals accuracy where each text has one label
 * @param weightedF1 mean F1 weighted by support
 * @param perClass one entry a class, in the model's order
 * @param confusion row = true class, column = predicted class, in the model's order
 * @param calibrationError expected calibration error, 0..1: how far the stated probability is from
 *     the share of right answers on average, over 15 equal bins (Guo et al. 2017)
 * @param reliability the bins of that error, from the lowest probability to the highest
 * @param accuracyInterval where the accuracy lies when the texts are drawn anew
 * @param macroF1Interval the same of the macro F1
 * @param weightedF1Interval the same of the weighted F1
 * @param report the classification report as scikit-learn prints it
 */
public record Evaluation(
    int examples,
    double accuracy,
    double macroF1,
    double microF1,
    double weightedF1,
    List<ClassScore> perClass,
    List<List<Integer>> confusion,
    double calibrationError,
    List<ReliabilityBin> reliability,
    Interval accuracyInterval,
    Interval macroF1Interval,
    Interval weightedF1Interval,
    String report) {
  public Evaluation {
    perClass = List.copyOf(perClass);
    reliability = List.copyOf(reliability);
    confusion = confusion.stream().map(List::copyOf).toList();
  }

  /** The averages with their intervals, one a line. */
  public String summary() {
    String lines =
        """
        accuracy    %.4f (95 %% interval %s)
        macro F1    %.4f (95 %% interval %s)
        weighted F1 %.4f (95 %% interval %s)
        """;
    return String.format(
        Locale.ROOT,
        lines,
        accuracy,
        accuracyInterval,
        macroF1,
        macroF1Interval,
        weightedF1,
        weightedF1Interval);
  }

  /** The figures, the confusion matrix included, as in {@code metrics.json}. */
  public String toJson() {
    return ModelFiles.json(this).toPrettyString();
  }

  /**
   * Scores of one class, 0..1.
   *
   * @param support texts that truly are of this class
   */
  public record ClassScore(String label, double precision, double recall, double f1, int support) {}
}
