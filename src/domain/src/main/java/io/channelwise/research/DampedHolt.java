package io.channelwise.research;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Exponential smoothing with a damped trend, ETS(A,Ad,N): Gardner, E. S. and McKenzie, E. (1985),
 * Forecasting trends in time series, Management Science 31, 1237-1246; in the form of Hyndman, R.,
 * Koehler, A., Ord, J. and Snyder, R. (2008), Forecasting with exponential smoothing, section 2.5:
 *
 * <pre>
 * e = y − l − φb,   l ← l + φb + αe,   b ← φb + βe,   0 &lt; α &lt; 1, 0 ≤ β ≤ α, 0.8 ≤ φ ≤ 0.98
 * </pre>
 *
 * <p>The errors are linear in the first level and trend, so these are least squares in closed form;
 * α, β/α and φ are searched on a grid that is refined around its best point. Deterministic.
 *
 * @param level after the last observation
 * @param trend after the last observation, before damping
 * @param squares sum of squared one-step errors
 */
record DampedHolt(
    double alpha, double beta, double phi, double level, double trend, double squares, int points) {
  static final int POINTS_MIN = 5;

  /** Two smoothing constants, the damping, first level and first trend. */
  private static final int PARAMETERS = 5;

  private static final double[] LOWER = {0.01, 0, 0.8};
  private static final double[] UPPER = {0.99, 1, 0.98};
  private static final int GRID = 7;
  private static final int REFINEMENTS = 12;

  /**
   * @param values evenly spaced in time, at least {@link #POINTS_MIN}
   */
  static DampedHolt fit(double[] values) {
    if (values.length < POINTS_MIN) {
      throw new IllegalArgumentException(
          "Damped Holt has %d parameters and was given %d values; bring at least %d."
              .formatted(PARAMETERS, values.length, POINTS_MIN));
    }
    DampedHolt best = null;
    double[] low = LOWER.clone();
    double[] high = UPPER.clone();
    for (int round = 0; round <= REFINEMENTS; round++) {
      best = search(values, low, high, best);
      double[] centre = {best.alpha, best.alpha > 0 ? best.beta / best.alpha : 0, best.phi};
      for (int k = 0; k < 3; k++) {
        double reach = (high[k] - low[k]) / 4;
        low[k] = Math.max(LOWER[k], centre[k] - reach);
        high[k] = Math.min(UPPER[k], centre[k] + reach);
      }
    }
    return best;
  }

  private static DampedHolt search(
      double[] values, double[] low, double[] high, DampedHolt bestSoFar) {
    DampedHolt best = bestSoFar;
    for (int a = 0; a < GRID; a++) {
      for (int b = 0; b < GRID; b++) {
        for (int p = 0; p < GRID; p++) {
          double alpha = on(low[0], high[0], a);
          DampedHolt found =
              smooth(values, alpha, alpha * on(low[1], high[1], b), on(low[2], high[2], p));
          // A hair's breadth is rounding: the first found stays.
          if (best == null || found.squares < best.squares * (1 - 1e-12)) {
            best = found;
          }
        }
      }
    }
    return best;
  }

  private static double on(double low, double high, int step) {
    return low + (high - low) * step / (GRID - 1);
  }

  /** For given constants the best first level and trend, and where they lead. */
  static DampedHolt smooth(double[] values, double alpha, double beta, double phi) {
    double[] none = errors(values, alpha, beta, phi, 0, 0);
    double[] level = errors(values, alpha, beta, phi, 1, 0);
    double[] trend = errors(values, alpha, beta, phi, 0, 1);
    double ll = 0;
    double lt = 0;
    double tt = 0;
    double ln = 0;
    double tn = 0;
    for (int i = 0; i < none.length; i++) {
      double dl = level[i] - none[i];
      double dt = trend[i] - none[i];
      ll += dl * dl;
      lt += dl * dt;
      tt += dt * dt;
      ln += dl * none[i];
      tn += dt * none[i];
    }
    double determinant = ll * tt - lt * lt;
    boolean singular = determinant <= 1e-12 * ll * tt;
    double firstTrend = singular ? 0 : (lt * ln - ll * tn) / determinant;
    double firstLevel = singular ? -ln / ll : (lt * tn - tt * ln) / determinant;
    return run(values, alpha, beta, phi, firstLevel, firstTrend);
  }

  private static double[] errors(
      double[] values, double alpha, double beta, double phi, double level, double trend) {
    double[] errors = new double[values.length];
    double l = level;
    double b = trend;
    for (int i = 0; i < values.length; i++) {
      double damped = phi * b;
      errors[i] = values[i] - l - damped;
      l = l + damped + alpha * errors[i];
      b = damped + beta * errors[i];
    }
    return errors;
  }

  private static DampedHolt run(
      double[] values, double alpha, double beta, double phi, double level, double trend) {
    double l = level;
    double b = trend;
    double squares = 0;
    for (double value : values) {
      double damped = phi * b;
      double error = value - l - damped;
      squares += error * error;
      l = l + damped + alpha * error;
      b = damped + beta * error;
    }
    return new DampedHolt(alpha, beta, phi, l, b, squares, values.length);
  }

  /** Forecast that many periods ahead, from 1. */
  double ahead(int periods) {
    double sum = 0;
    double power = 1;
    for (int j = 1; j <= periods; j++) {
      power *= phi;
      sum += power;
    }
    return level + sum * trend;
  }

  /**
   * Half of the 95 % prediction interval: Hyndman et al. (2008), section 6.3, variance {@code σ² (1
   * + Σ c_j²)} with {@code c_j = α + β (φ + … + φ^j)}; Student's t, since σ is estimated.
   */
  double halfWidth(int periods) {
    int freedom = Math.max(1, points - PARAMETERS);
    double sum = 1;
    double damping = 0;
    double power = 1;
    for (int j = 1; j < periods; j++) {
      power *= phi;
      damping += power;
      double c = alpha + beta * damping;
      sum += c * c;
    }
    return TDistribution.of(freedom).inverseCumulativeProbability(0.975)
        * Math.sqrt(squares / freedom * sum);
  }
}
