package io.channelwise.probability;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** A {@link PurchaseStudy} as JSON, in one order of fields, ten significant digits a number. */
public final class PurchaseStudyJson {
  private static final MathContext DIGITS = new MathContext(10);
  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

  private PurchaseStudyJson() {}

  public static ObjectNode of(PurchaseStudy study) {
    ObjectNode root = NODES.objectNode();
    root.put("model", name(study.chosen()));
    ObjectNode candidates = root.putObject("cross_validation");
    for (PurchaseModel.Candidate candidate : study.candidates()) {
      ObjectNode node = candidates.putObject(name(candidate.kind()));
      number(node, "accuracy", candidate.judged().accuracy().value());
      number(node, "auc", candidate.judged().auc().value());
      number(node, "log_loss", candidate.judged().logLoss().value());
      number(node, "brier", candidate.judged().brier().value());
      number(node, "calibration_error", candidate.judged().calibrationError().value());
    }
    root.set("held_out", heldOut(study.heldOut()));
    ArrayNode segments = root.putArray("segments");
    for (PurchaseStudy.Segment segment : study.segments()) {
      ObjectNode node = segments.addObject();
      node.put("segment", segment.segment());
      node.put("rows", segment.rows());
      number(node, "probability", segment.probability());
      number(node, "low", segment.low());
      number(node, "high", segment.high());
      number(node, "observed", segment.observed());
    }
    study.columns().forEach(root.putArray("columns")::add);
    study.leftOut().forEach(root.putArray("columns_left_out")::add);
    ObjectNode explanation = root.putObject("explanation");
    explanation.put("en", study.explanation().en());
    explanation.put("zh", study.explanation().zh());
    return root;
  }

  private static ObjectNode heldOut(Evaluation judged) {
    ObjectNode node = NODES.objectNode();
    node.put("rows", judged.rows());
    node.put("purchases", judged.purchases());
    number(node, "majority", judged.majority());
    measure(node, "accuracy", judged.accuracy());
    measure(node, "auc", judged.auc());
    measure(node, "log_loss", judged.logLoss());
    measure(node, "brier", judged.brier());
    measure(node, "calibration_error", judged.calibrationError());
    return node;
  }

  private static void measure(ObjectNode node, String name, Evaluation.Measure measure) {
    ObjectNode interval = node.putObject(name);
    number(interval, "value", measure.value());
    number(interval, "low", measure.low());
    number(interval, "high", measure.high());
  }

  private static String name(PurchaseModel.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static void number(ObjectNode node, String name, double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS);
    node.put(name, rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros());
  }
}
