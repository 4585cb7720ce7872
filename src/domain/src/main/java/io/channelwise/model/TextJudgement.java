package io.channelwise.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a classifier of texts did. Shares are 0..1.
 *
 * @param examples texts judged
 * @param liveVersion version that was live; null when none was
 * @param liveAccuracy null when none was live
 * @param liveMacroF1 null when none was live
 * @param classes one entry a class
 */
public record TextJudgement(
    int examples,
    double accuracy,
    double macroF1,
    double weightedF1,
    Integer liveVersion,
    Double liveAccuracy,
    Double liveMacroF1,
    List<ClassJudgement> classes)
    implements Judgement {

  public TextJudgement {
    classes = List.copyOf(classes);
  }

  /**
   * Scores of one class.
   *
   * @param support texts that truly are of this class
   */
  public record ClassJudgement(
      String label, double precision, double recall, double f1, int support) {}

  @Override
  public String measure() {
    return "macroF1";
  }

  @Override
  public double score() {
    return macroF1;
  }

  @Override
  public Double liveScore() {
    return liveMacroF1;
  }

  @Override
  public boolean longerTrainingHelps() {
    return true;
  }

  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("accuracy", accuracy);
    metrics.put("macroF1", macroF1);
    metrics.put("weightedF1", weightedF1);
    metrics.put("evalExamples", (double) examples);
    if (liveMacroF1 != null) {
      metrics.put("liveMacroF1", liveMacroF1);
    }
    return metrics;
  }
}
