package io.channelwise.bert.internal.report;

import io.channelwise.bert.evaluation.ClassEvaluation;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.evaluation.Evaluation.Intervals;
import io.channelwise.bert.evaluation.Interval;
import io.channelwise.bert.evaluation.MultiLabelEvaluation;
import java.util.Locale;

/** Says the averages of an evaluation in a few lines. */
public final class Summaries {

  private Summaries() {}

  /** The averages that mean something for the task, with their intervals, one a line. */
  public static String of(Evaluation evaluation) {
    Intervals intervals = evaluation.intervals();
    String f1 =
        line("macro F1", evaluation.macroF1(), intervals.macroF1())
            + line("weighted F1", evaluation.weightedF1(), intervals.weightedF1());
    String micro = line("micro F1", evaluation.microF1(), intervals.microF1());
    if (evaluation instanceof ClassEvaluation) {
      return line("accuracy", evaluation.accuracy(), intervals.accuracy()) + f1;
    }
    if (evaluation instanceof MultiLabelEvaluation labels) {
      return line("all labels right", labels.accuracy(), intervals.accuracy())
          + String.format(Locale.ROOT, "%-16s %.4f%n", "Hamming loss", labels.hammingLoss())
          + micro
          + f1;
    }
    return line("entity F1", evaluation.microF1(), intervals.microF1())
        + f1
        + line("words right", evaluation.accuracy(), intervals.accuracy());
  }

  private static String line(String name, double value, Interval interval) {
    return String.format(Locale.ROOT, "%-16s %.4f (95 %% interval %s)%n", name, value, interval);
  }
}
