package io.channelwise.model;

import java.util.Map;

/** How a candidate did on the evaluation split, and how the live version did on the same. */
public sealed interface Judgement permits TextJudgement, PurchaseJudgement {

  /** Texts or users judged. */
  int examples();

  /** What {@link #score} is, e.g. {@code macroF1}. */
  String measure();

  /** What the release is judged by, 0..1. */
  double score();

  /** Version that was live; null when none was. */
  Integer liveVersion();

  /** The live version's score; null when none was live. */
  Double liveScore();

  /** Whether more passes over the data can make the model better. */
  boolean longerTrainingHelps();

  /** Figures kept with the version. */
  Map<String, Double> metrics();
}
