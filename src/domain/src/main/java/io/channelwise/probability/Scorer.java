package io.channelwise.probability;

/** A learned model: log-odds of a purchase from the numbers of a row. Immutable. */
interface Scorer {

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
