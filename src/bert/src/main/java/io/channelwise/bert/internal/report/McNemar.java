package io.channelwise.bert.internal.report;

/**
 * McNemar's test of paired answers (McNemar 1947; continuity correction: Edwards 1948): do two
 * models err equally often on the texts on which only one errs?
 */
public final class McNemar {
  private static final int EXACT_BELOW = 25;

  /**
   * The test's outcome.
   *
   * @param exact whether the binomial was used
   * @param statistic chi-squared with one degree of freedom; 0 when exact
   * @param pValue two-sided, 0..1
   */
  public record Result(boolean exact, double statistic, double pValue) {}

  private McNemar() {}

  /**
   * Tests two counts.
   *
   * @param onlyFirst texts on which only the first model is right
   * @param onlySecond texts on which only the second is
   */
  public static Result test(int onlyFirst, int onlySecond) {
    int count = onlyFirst + onlySecond;
    if (count < EXACT_BELOW) {
      return new Result(true, 0, binomial(Math.min(onlyFirst, onlySecond), count));
    }
    double distance = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1.0);
    double statistic = distance * distance / count;
    return new Result(false, statistic, Math.min(1, complementaryError(Math.sqrt(statistic / 2))));
  }

  /** Twice the chance of at most {@code low} heads in {@code count} throws of a fair coin. */
  private static double binomial(int low, int count) {
    double ways = 1;
    double sum = 1;
    for (int k = 1; k <= low; k++) {
      ways = ways * (count - k + 1) / k;
      sum += ways;
    }
    return Math.min(1, 2 * sum / Math.pow(2, count));
  }

  /**
   * 1 - erf(x) for x of 0 or more, relative error below 1.2e-7 (Press et al., Numerical Recipes in
   * C, 2nd edition, section 6.2, erfcc).
   */
  static double complementaryError(double x) {
    double[] series = {
      -1.26551223,
      1.00002368,
      0.37409196,
      0.09678418,
      -0.18628806,
      0.27886807,
      -1.13520398,
      1.48851587,
      -0.82215223,
      0.17087277
    };
    double t = 1 / (1 + 0.5 * x);
    double sum = 0;
    for (int i = series.length - 1; i >= 0; i--) {
      sum = sum * t + series[i];
    }
    return t * Math.exp(-x * x + sum);
  }
}
