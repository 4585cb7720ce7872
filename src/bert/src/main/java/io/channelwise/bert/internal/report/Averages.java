package io.channelwise.bert.internal.report;

import io.channelwise.bert.evaluation.Evaluation.ClassScore;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Precision, recall and F1 from counts, and their averages, as scikit-learn defines them. */
final class Averages {

  private Averages() {}

  /**
   * Scores from counts; a share of nothing is 0.
   *
   * @param right true positives
   * @param predicted true and false positives
   * @param support true positives and false negatives
   */
  static ClassScore score(String label, int right, int predicted, int support) {
    double precision = share(right, predicted);
    double recall = share(right, support);
    return new ClassScore(
        label, precision, recall, share(2.0 * right, predicted + support), support);
  }

  static ClassScore macro(List<ClassScore> classes) {
    return new ClassScore(
        "macro avg",
        mean(classes, ClassScore::precision),
        mean(classes, ClassScore::recall),
        mean(classes, ClassScore::f1),
        support(classes));
  }

  static ClassScore weighted(List<ClassScore> classes) {
    return new ClassScore(
        "weighted avg",
        weighted(classes, ClassScore::precision),
        weighted(classes, ClassScore::recall),
        weighted(classes, ClassScore::f1),
        support(classes));
  }

  static double share(double part, int whole) {
    return whole == 0 ? 0 : part / whole;
  }

  private static double mean(List<ClassScore> classes, ToDoubleFunction<ClassScore> value) {
    return classes.stream().mapToDouble(value).average().orElse(0);
  }

  private static double weighted(List<ClassScore> classes, ToDoubleFunction<ClassScore> value) {
    double sum = classes.stream().mapToDouble(c -> value.applyAsDouble(c) * c.support()).sum();
    return share(sum, support(classes));
  }

  private static int support(List<ClassScore> classes) {
    return classes.stream().mapToInt(ClassScore::support).sum();
  }
}
