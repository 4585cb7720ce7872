package io.channelwise.launcher.channel;

import io.channelwise.bench.measure.Table;
import io.channelwise.probability.Evaluation;
import io.channelwise.probability.PurchaseModel;
import io.channelwise.probability.PurchaseStudy;
import java.util.Locale;

/** A {@link PurchaseStudy} as tables for a terminal. */
final class PurchaseText {
  private static final String BREAK = System.lineSeparator();

  private PurchaseText() {}

  static String of(PurchaseStudy study) {
    return String.join(
        BREAK,
        "purchase probability, P(U) before it is scaled to a sum of 1; 95 % bootstrap intervals",
        segments(study) + compared(study) + judged(study.heldOut()) + study.explanation().en(),
        "Learned from: " + String.join(", ", study.columns()) + ".",
        "");
  }

  private static String segments(PurchaseStudy study) {
    if (study.segments().isEmpty()) {
      return "";
    }
    Table table = new Table("segment", "rows", "probability", "low", "high", "observed");
    for (PurchaseStudy.Segment segment : study.segments()) {
      table.row(
          segment.segment(),
          Integer.toString(segment.rows()),
          text(segment.probability()),
          text(segment.low()),
          text(segment.high()),
          text(segment.observed()));
    }
    return table.text() + BREAK;
  }

  private static String compared(PurchaseStudy study) {
    Table table = new Table("by cross-validation", "log loss", "accuracy", "AUC");
    for (PurchaseModel.Candidate candidate : study.candidates()) {
      table.row(
          candidate.kind().label().en(),
          text(candidate.judged().logLoss().value()),
          text(candidate.judged().accuracy().value()),
          text(candidate.judged().auc().value()));
    }
    return table.text() + BREAK;
  }

  private static String judged(Evaluation heldOut) {
    Table table = new Table("on rows held out", "value", "low", "high");
    row(table, "accuracy", heldOut.accuracy());
    row(table, "AUC", heldOut.auc());
    row(table, "log loss", heldOut.logLoss());
    row(table, "Brier score", heldOut.brier());
    row(table, "calibration error", heldOut.calibrationError());
    return table.text() + BREAK;
  }

  private static void row(Table table, String name, Evaluation.Measure measure) {
    table.row(name, text(measure.value()), text(measure.low()), text(measure.high()));
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
