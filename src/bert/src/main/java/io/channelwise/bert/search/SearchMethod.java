package io.channelwise.bert.search;

import java.util.Locale;

/** How a hyperparameter search spends its time. */
public enum SearchMethod {
  /**
   * Every trial is trained to its end, in order (Bergstra and Bengio 2012, <a
   * href="https://jmlr.org/papers/v13/bergstra12a.html">JMLR 13</a>).
   */
  RANDOM,
  /**
   * All trials start, and at each rung only the best share goes on (Jamieson and Talwalkar 2016, <a
   * href="https://arxiv.org/abs/1502.07943">1502.07943</a>).
   */
  HALVING;

  /** How the command line names it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The method of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static SearchMethod of(String key) {
    for (SearchMethod method : values()) {
      if (method.key().equals(key)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "Search method " + key + " is unknown; expected random or halving.");
  }
}
