package io.channelwise.bert.internal.report;

import io.channelwise.bert.Evaluation;
import io.channelwise.bert.Evaluation.ClassScore;
import io.channelwise.bert.Interval;
import io.channelwise.bert.ReliabilityBin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Counts right and wrong answers, defined as in scikit-learn's {@code classification_report}. */
public final class Scores {
  private static final int CALIBRATION_BINS = 15;

  private Scores() {}

  /**
   * Scores predictions. Averages go over the classes that appear among truths or predictions, as
   * scikit-learn does when it is given no labels.
   *
   * @param labels all classes of the model
   * @param truths index of the true class of each text
   * @param probabilities of all classes for each text; the highest is the prediction
   */
  public static Evaluation of(List<String> labels, int[] truths, double[][] probabilities) {
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
      ClassScore score = score(labels.get(c), confusion[c][c], predicted, support);
      perClass.add(score);
      if (support + predicted > 0) {
        present.add(score);
      }
      right += confusion[c][c];
    }
    double accuracy = share(right, truths.length);
    List<ReliabilityBin> reliability = reliability(truths, probabilities);
    Counts counts = new Counts(labels.size());
    Interval[] intervals =
        Bootstrap.intervals(truths.length, drawn -> counts.figures(truths, answers, drawn), 3);
    return new Evaluation(
        truths.length,
        accuracy,
        macro(present, ClassScore::f1),
        // With one label a text, every wrong answer is one false positive and one false negative.
        accuracy,
        weighted(present, ClassScore::f1),
        perClass,
        rows(confusion),
        calibrationError(reliability),
        reliability,
        intervals[0],
        intervals[1],
        intervals[2],
        report(present, accuracy, truths.length));
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
    int[] count = new int[CALIBRATION_BINS];
    double[] confidence = new double[CALIBRATION_BINS];
    double[] right = new double[CALIBRATION_BINS];
    for (int i = 0; i < truths.length; i++) {
      int answer = highest(probabilities[i]);
      double stated = probabilities[i][answer];
      int bin = Math.min(CALIBRATION_BINS - 1, (int) (stated * CALIBRATION_BINS));
      count[bin]++;
      confidence[bin] += stated;
      right[bin] += truths[i] == answer ? 1 : 0;
    }
    List<ReliabilityBin> bins = new ArrayList<>();
    for (int bin = 0; bin < CALIBRATION_BINS; bin++) {
      bins.add(
          new ReliabilityBin(
              (double) bin / CALIBRATION_BINS,
              (bin + 1.0) / CALIBRATION_BINS,
              count[bin],
              share(confidence[bin], count[bin]),
              share(right[bin], count[bin])));
    }
    return bins;
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
    return share(sum, answers);
  }

  private static ClassScore score(String label, int right, int predicted, int support) {
    double precision = share(right, predicted);
    double recall = share(right, support);
    return new ClassScore(
        label, precision, recall, share(2.0 * right, predicted + support), support);
  }

  private static double share(double part, int whole) {
    return whole == 0 ? 0 : part / whole;
  }

  private static double macro(List<ClassScore> classes, ToDoubleFunction<ClassScore> value) {
    return classes.stream().mapToDouble(value).average().orElse(0);
  }

  private static double weighted(List<ClassScore> classes, ToDoubleFunction<ClassScore> value) {
    int support = classes.stream().mapToInt(ClassScore::support).sum();
    double sum = classes.stream().mapToDouble(c -> value.applyAsDouble(c) * c.support()).sum();
    return share(sum, support);
  }

  private static List<List<Integer>> rows(int[][] confusion) {
    return Arrays.stream(confusion).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }

  private static String report(List<ClassScore> classes, double accuracy, int examples) {
    int width =
        Math.max(
            "weighted avg".length(),
            classes.stream().mapToInt(c -> c.label().length()).max().orElse(0));
    String row = "%" + width + "s  %9.2f %9.2f %9.2f %9d%n";
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "%" + width + "s  %9s %9s %9s %9s%n%n",
            "",
            "precision",
            "recall",
            "f1-score",
            "support"));
    for (ClassScore c : classes) {
      text.append(line(row, c.label(), c.precision(), c.recall(), c.f1(), c.support()));
    }
    text.append(
        line("%n%" + width + "s  %9s %9s %9.2f %9d%n", "accuracy", "", "", accuracy, examples));
    text.append(
        line(
            row,
            "macro avg",
            macro(classes, ClassScore::precision),
            macro(classes, ClassScore::recall),
            macro(classes, ClassScore::f1),
            examples));
    text.append(
        line(
            row,
            "weighted avg",
            weighted(classes, ClassScore::precision),
            weighted(classes, ClassScore::recall),
            weighted(classes, ClassScore::f1),
            examples));
    return text.toString();
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).replace("\r\n", "\n");
  }
}
