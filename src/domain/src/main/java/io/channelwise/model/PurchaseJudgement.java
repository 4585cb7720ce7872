package io.channelwise.model;

import io.channelwise.probability.Evaluation;
import io.channelwise.probability.PurchaseStudy;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a model of purchases did.
 *
 * @param campaignKey whose users it learned from
 * @param study how it was learned, and P(U) of each segment
 * @param judged on users that it never saw
 * @param liveVersion version that was live; null when none was
 * @param live the same of the live version; null when none was
 */
public record PurchaseJudgement(
    String campaignKey,
    PurchaseStudy study,
    Evaluation judged,
    Integer liveVersion,
    Evaluation live)
    implements Judgement {

  @Override
  public int examples() {
    return judged.rows();
  }

  @Override
  public String measure() {
    return "auc";
  }

  @Override
  public double score() {
    return judged.auc().value();
  }

  @Override
  public Double liveScore() {
    return live == null ? null : live.auc().value();
  }

  /** It is learned to the end in one round; the same users teach the same again. */
  @Override
  public boolean longerTrainingHelps() {
    return false;
  }

  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new TreeMap<>();
    put(metrics, "accuracy", judged.accuracy());
    put(metrics, "auc", judged.auc());
    put(metrics, "logLoss", judged.logLoss());
    put(metrics, "brier", judged.brier());
    put(metrics, "calibrationError", judged.calibrationError());
    metrics.put("evalExamples", (double) examples());
    if (live != null) {
      metrics.put("liveAuc", live.auc().value());
    }
    return metrics;
  }

  private static void put(Map<String, Double> metrics, String name, Evaluation.Measure measure) {
    metrics.put(name, measure.value());
    metrics.put(name + "Low", measure.low());
    metrics.put(name + "High", measure.high());
  }
}
