package io.channelwise.model;

import java.util.List;

/**
 * How a candidate did on the evaluation split, and how the live version did on the same texts.
 * Shares are 0..1.
 *
 * @param examples texts judged
 * @param liveVersion version that was live; null when none was
 * @param liveAccuracy 0 when none was live
 * @param liveMacroF1 0 when none was live
 * @param classes one entry a class
 */
public record Judgement(
    int examples,
    double accuracy,
    double macroF1,
    double weightedF1,
    Integer liveVersion,
    double liveAccuracy,
    double liveMacroF1,
    List<ClassJudgement> classes) {

  public Judgement {
    classes = List.copyOf(classes);
  }

  /**
   * Scores of one class.
   *
   * @param support texts that truly are of this class
   */
  public record ClassJudgement(
      String label, double precision, double recall, double f1, int support) {}
}
