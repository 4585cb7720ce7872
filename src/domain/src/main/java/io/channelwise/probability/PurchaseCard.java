package io.channelwise.probability;

import java.util.Locale;

/** What people should know of a stored model, as Markdown. */
final class PurchaseCard {
  private PurchaseCard() {}

  static String of(String name, LearnedPurchases learned) {
    PurchaseStudy study = learned.study();
    StringBuilder card = new StringBuilder();
    card.append("# ").append(name).append("\n\n");
    card.append("How likely a user buys, from columns of behaviour. ")
        .append("用户购买的概率，由行为数据得出。\n\n");
    card.append(study.explanation().en()).append('\n');
    card.append(study.explanation().zh()).append("\n\n");
    card.append("## Held out\n\n| measure | value | 95 % interval |\n| --- | ---: | --- |\n");
    row(card, "accuracy", study.heldOut().accuracy());
    row(card, "AUC", study.heldOut().auc());
    row(card, "log loss (nats)", study.heldOut().logLoss());
    row(card, "Brier score", study.heldOut().brier());
    row(card, "calibration error", study.heldOut().calibrationError());
    if (!study.segments().isEmpty()) {
      card.append("\n## Segments\n\n")
          .append("| segment | rows | probability | 95 % interval | bought |\n")
          .append("| --- | ---: | ---: | --- | ---: |\n");
    }
    for (PurchaseStudy.Segment s : study.segments()) {
      card.append(
          format(
              "| %s | %d | %.4f | %.4f–%.4f | %.4f |\n",
              s.segment().replace("|", "\\|").replaceAll("\\R", " "),
              s.rows(),
              s.probability(),
              s.low(),
              s.high(),
              s.observed()));
    }
    card.append("\n## Columns\n\nRead: ").append(String.join(", ", study.columns())).append(".\n");
    if (!study.leftOut().isEmpty()) {
      card.append("Left out, because they say nothing: ")
          .append(String.join(", ", study.leftOut()))
          .append(".\n");
    }
    card.append("\n## Limits\n\n")
        .append("Probabilities hold for users like those that it learned from, ")
        .append("with behaviour recorded the same way. ")
        .append("It says who buys, not what makes them buy.\n");
    return card.toString();
  }

  private static void row(StringBuilder card, String name, Evaluation.Measure measure) {
    card.append(
        format(
            "| %s | %.4f | %.4f–%.4f |\n", name, measure.value(), measure.low(), measure.high()));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
