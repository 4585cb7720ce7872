package io.channelwise.research;

/**
 * A share of people with its 95 % score interval.
 *
 * <p>Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
 * Journal of the American Statistical Association 22, 209-212. Weighted answers enter with the
 * effective number of Kish, L. (1965), Survey Sampling, section 8.2: {@code (Σw)² / Σw²}, which is
 * the number of answers when all weigh the same.
 *
 * @param share 0..1
 * @param low lower end of the interval, 0..1
 * @param high upper end of it, 0..1
 * @param effective answers the interval stands on, above 0
 */
public record Proportion(double share, double low, double high, double effective) {
  /** 97.5 % quantile of the normal distribution. */
  static final double Z = 1.959963984540054;

  /**
   * @param share 0..1; a rounding error beyond is cut
   * @param effective above 0
   */
  static Proportion of(double share, double effective) {
    if (!(effective > 0)) {
      throw new IllegalArgumentException(
          "A share of %s answers has no interval; expected more than 0.".formatted(effective));
    }
    double p = Math.max(0, Math.min(1, share));
    double z2n = Z * Z / effective;
    double middle = (p + z2n / 2) / (1 + z2n);
    double half = Math.sqrt(z2n * p * (1 - p) + z2n * z2n / 4) / (1 + z2n);
    // At the ends the interval closes exactly; the root would leave a rounding error.
    double low = p == 0 ? 0 : Math.max(0, middle - half);
    double high = p == 1 ? 1 : Math.min(1, middle + half);
    return new Proportion(p, low, high, effective);
  }

  public static Proportion of(long hits, long answers) {
    return of((double) hits / answers, answers);
  }

  /**
   * A share over strata whose answers weigh differently.
   *
   * @param weights of one answer, a stratum
   * @param answers a stratum; at least one stratum with weight and answers
   * @param hits of these answers
   */
  static Proportion weighted(double[] weights, long[] answers, long[] hits) {
    double all = 0;
    double squares = 0;
    double counted = 0;
    for (int h = 0; h < weights.length; h++) {
      all += weights[h] * answers[h];
      squares += weights[h] * weights[h] * answers[h];
      counted += weights[h] * hits[h];
    }
    return of(counted / all, all * all / squares);
  }
}
