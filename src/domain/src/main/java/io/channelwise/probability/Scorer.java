package io.channelwise.probability;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A learned model: log-odds of a purchase from the numbers of a row. Plain data. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LogisticRegression.class, name = "logistic-regression"),
  @JsonSubTypes.Type(value = BoostedTrees.class, name = "boosted-trees")
})
sealed interface Scorer permits LogisticRegression, BoostedTrees {

  /**
   * @param row one number a feature, as the encoder gives them
   * @return log-odds, not yet calibrated
   */
  double score(double[] row);

  /** 1 / (1 + e^−x), the same on every processor. */
  static double probability(double logOdds) {
    return 1 / (1 + StrictMath.exp(-logOdds));
  }
}
