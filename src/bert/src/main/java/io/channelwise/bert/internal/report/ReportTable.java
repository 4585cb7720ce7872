package io.channelwise.bert.internal.report;

import io.channelwise.bert.evaluation.Evaluation.ClassScore;
import java.util.List;
import java.util.Locale;

/** The classification report as scikit-learn and seqeval print it, row by row. One thread. */
final class ReportTable {
  private final String row;
  private final String name;
  private final StringBuilder text = new StringBuilder();

  /** Prints the head and one row a class. */
  ReportTable(List<ClassScore> classes) {
    int width =
        Math.max(
            "weighted avg".length(),
            classes.stream().mapToInt(c -> c.label().length()).max().orElse(0));
    name = "%" + width + "s  ";
    row = name + "%9.2f %9.2f %9.2f %9d\n";
    add(name + "%9s %9s %9s %9s\n\n", "", "precision", "recall", "f1-score", "support");
    classes.forEach(this::row);
    text.append('\n');
  }

  /** A row of averages. */
  ReportTable row(ClassScore score) {
    add(row, score.label(), score.precision(), score.recall(), score.f1(), score.support());
    return this;
  }

  /** The row of the accuracy, which has one figure. */
  ReportTable accuracy(double accuracy, int examples) {
    add(name + "%9s %9s %9.2f %9d\n", "accuracy", "", "", accuracy, examples);
    return this;
  }

  private void add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
