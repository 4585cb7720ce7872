package io.channelwise.bert.internal.training;

import java.util.List;

/**
 * When to stop, and which epoch was best, from the scores of the epochs so far.
 *
 * @param patience epochs without a better score after which training ends; 0 never ends it
 */
record EarlyStopping(int patience) {

  /** Whether the best weights are kept at all. */
  boolean isOn() {
    return patience > 0;
  }

  /**
   * The first epoch with the highest score.
   *
   * @param scores by epoch; NaN is lower than any
   * @return epoch from 0; -1 before the first score
   */
  static int best(List<Double> scores) {
    int best = -1;
    for (int i = 0; i < scores.size(); i++) {
      double score = scores.get(i);
      if (best < 0 || score > scores.get(best) || Double.isNaN(scores.get(best))) {
        best = i;
      }
    }
    return best;
  }

  /** Whether the last epochs brought nothing. */
  boolean isOver(List<Double> scores) {
    return isOn() && !scores.isEmpty() && scores.size() - 1 - best(scores) >= patience;
  }
}
