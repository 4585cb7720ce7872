package io.channelwise.bert.internal.report;

import io.channelwise.bert.evaluation.ClassEvaluation;
import io.channelwise.bert.evaluation.Evaluation.ClassScore;
import io.channelwise.bert.evaluation.ReliabilityBin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts right and wrong answers, defined as in scikit-learn's {@code classification_report}. */
public final class Scores {
  private Scores() {}

  /**
   * Scores predictions. Averages go over the classes that appear among truths or predictions, as
   * scikit-learn does when it is given no labels.
   *
   * @param labels all classes of the model
   * @param truths index of the true class of each text
   * @param probabilities of all classes for each text; the highest is the prediction
   */
  public static ClassEvaluation of(List<String> labels, int[] truths, double[][] probabilities) {
    int[][] confusion = new int[labels.size()][labels.size()];
    int[] answers = new int[truths.length];
    for (int i = 0; i < truths.length; i++) {
      answers[i] = highest(probabilities[i]);
      confusion[truths[i]][answers[i]]++;
    }
    List<ClassScore> perClass = new ArrayList<>();
    List<ClassScore> present = new ArrayList<>();
    int right = 0;
    for (int c = 0; c < labels.size(); c++) {
      int support = Arrays.stream(confusion[c]).sum();
      int predicted = 0;
      for (int[] row : confusion) {
        predicted += row[c];
      }
      ClassScore score = Averages.score(labels.get(c), confusion[c][c], predicted, support);
      perClass.add(score);
      if (support + predicted > 0) {
        present.add(score);
      }
      right += confusion[c][c];
    }
    double accuracy = Averages.share(right, truths.length);
    List<ReliabilityBin> reliability = reliability(truths, probabilities);
    ClassScore macro = Averages.macro(present);
    ClassScore weighted = Averages.weighted(present);
    return new ClassEvaluation(
        truths.length,
        accuracy,
        macro.f1(),
        weighted.f1(),
        perClass,
        rows(confusion),
        calibrationError(reliability),
        reliability,
        tally(labels.size(), truths, answers).intervals(),
        new ReportTable(present)
            .accuracy(accuracy, truths.length)
            .row(macro)
            .row(weighted)
            .toString());
  }

  private static Tally tally(int classes, int[] truths, int[] answers) {
    List<Tally.Entry> entries = new ArrayList<>();
    for (int i = 0; i < truths.length; i++) {
      entries.add(Tally.Entry.ofOne(truths[i], answers[i]));
    }
    return new Tally(entries, classes, false);
  }

  /** Index of the highest value, the first of equals. */
  public static int highest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /** The answers in equal ranges of their stated probability. */
  static List<ReliabilityBin> reliability(int[] truths, double[][] probabilities) {
    ReliabilityBins bins = new ReliabilityBins();
    for (int i = 0; i < truths.length; i++) {
      int answer = highest(probabilities[i]);
      bins.add(probabilities[i][answer], truths[i] == answer);
    }
    return bins.toList();
  }

  /** Expected calibration error of answers, 0..1. */
  public static double calibrationError(int[] truths, double[][] probabilities) {
    return calibrationError(reliability(truths, probabilities));
  }

  /** Expected calibration error (Guo et al. 2017, equation 3). */
  static double calibrationError(List<ReliabilityBin> bins) {
    double sum = 0;
    int answers = 0;
    for (ReliabilityBin bin : bins) {
      sum += bin.count() * Math.abs(bin.confidence() - bin.accuracy());
      answers += bin.count();
    }
    return Averages.share(sum, answers);
  }

  private static List<List<Integer>> rows(int[][] confusion) {
    return Arrays.stream(confusion).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }
}
