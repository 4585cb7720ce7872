package io.channelwise.bert.internal.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.evaluation.ClassEvaluation;
import io.channelwise.bert.evaluation.EntityEvaluation;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.evaluation.Evaluation.ClassScore;
import io.channelwise.bert.evaluation.Evaluation.Intervals;
import io.channelwise.bert.evaluation.Interval;
import io.channelwise.bert.evaluation.MultiLabelEvaluation;
import io.channelwise.bert.evaluation.ReliabilityBin;
import java.util.List;

/** An evaluation as JSON: the figures of {@code metrics.json} that come from predictions. */
public final class EvaluationJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvaluationJson() {}

  /** The figures that every task has, then those of the task. */
  public static ObjectNode of(Evaluation evaluation) {
    ObjectNode node = JSON.createObjectNode();
    node.put("accuracy", evaluation.accuracy());
    node.put("macro_f1", evaluation.macroF1());
    node.put("micro_f1", evaluation.microF1());
    node.put("weighted_f1", evaluation.weightedF1());
    if (evaluation instanceof EntityEvaluation entities) {
      entities(node, entities);
    } else if (evaluation instanceof MultiLabelEvaluation sets) {
      node.put("samples_f1", sets.samplesF1());
      node.put("hamming_loss", sets.hammingLoss());
      node.put("threshold", sets.threshold());
      calibration(node, sets.calibrationError(), sets.reliability());
    } else if (evaluation instanceof ClassEvaluation classes) {
      calibration(node, classes.calibrationError(), classes.reliability());
      node.set("confusion", JSON.valueToTree(classes.confusion()));
    }
    intervals(node.putObject("intervals"), evaluation.intervals());
    ObjectNode classes = node.putObject("per_class");
    evaluation.perClass().forEach(score -> score(classes.putObject(score.label()), score));
    node.put("examples", evaluation.examples());
    return node;
  }

  /** What stands in its place where there was nothing to evaluate: no figure, and why. */
  public static ObjectNode none() {
    ObjectNode node = JSON.createObjectNode();
    List.of("accuracy", "macro_f1", "micro_f1", "weighted_f1").forEach(node::putNull);
    node.put("examples", 0);
    node.put("remark", "No evaluation data was given.");
    return node;
  }

  private static void entities(ObjectNode node, EntityEvaluation entities) {
    node.put("entity_f1", entities.microF1());
    node.put("entity_precision", entities.precision());
    node.put("entity_recall", entities.recall());
    node.put("words", entities.words());
  }

  private static void calibration(ObjectNode node, double error, List<ReliabilityBin> bins) {
    node.put("expected_calibration_error", error);
    node.set("reliability", JSON.valueToTree(bins));
  }

  private static void intervals(ObjectNode node, Intervals intervals) {
    node.put("level", Interval.LEVEL);
    node.put("resamples", Bootstrap.RESAMPLES);
    node.put("seed", Bootstrap.SEED);
    node.set("accuracy", JSON.valueToTree(intervals.accuracy()));
    node.set("micro_f1", JSON.valueToTree(intervals.microF1()));
    node.set("macro_f1", JSON.valueToTree(intervals.macroF1()));
    node.set("weighted_f1", JSON.valueToTree(intervals.weightedF1()));
  }

  private static void score(ObjectNode node, ClassScore score) {
    node.put("precision", score.precision());
    node.put("recall", score.recall());
    node.put("f1", score.f1());
    node.put("support", score.support());
  }
}
