package io.channelwise.bert.internal.report;

import io.channelwise.bert.Evaluation;
import io.channelwise.bert.Evaluation.ClassScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Counts right and wrong answers, defined as in scikit-learn's {@code classification_report}. */
public final class Scores {

  private Scores() {}

  /**
   * Scores predictions. Averages go over the classes that appear among truths or predictions, as
   * scikit-learn does when it is given no labels.
   *
   * @param labels all classes of the model
   * @param truths index of the true class of each text
   * @param predictions index of the predicted class of each text
   */
  public static Evaluation of(List<String> labels, int[] truths, int[] predictions) {
    int[][] confusion = new int[labels.size()][labels.size()];
    for (int i = 0; i < truths.length; i++) {
      confusion[truths[i]][predictions[i]]++;
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
    return new Evaluation(
        truths.length,
        accuracy,
        macro(present, ClassScore::f1),
        // With one label a text, every wrong answer is one false positive and one false negative.
        accuracy,
        weighted(present, ClassScore::f1),
        perClass,
        rows(confusion),
        report(present, accuracy, truths.length));
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
