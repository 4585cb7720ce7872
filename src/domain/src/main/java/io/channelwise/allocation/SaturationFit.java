package io.channelwise.allocation;

import io.channelwise.allocation.Saturation.Verdict;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * Estimates at which daily spend a channel reaches half of the clicks it can bring.
 *
 * <p>Clicks of a day with spend s are quasi-Poisson with mean c + a s / (s + k); c ≥ 0 are clicks
 * that come without spend, which else would pass for saturation. The straight line c + b s is the
 * limit k → ∞. For each k the likelihood is maximised over a and c: at the optimum fitted and
 * recorded clicks have the same sum Y, so that the mean is Y times a mixture of a constant and of s
 * / (s + k), and its one weight is found by bisection of a monotone derivative.
 *
 * <p>The curve is taken where the likelihood ratio against the line, divided by the dispersion φ =
 * max(1, Pearson's χ² / (n − 3)), is above the 95th percentile of F(1, n − 3) (McCullagh and Nelder
 * 1989, Generalized Linear Models, chapter 9); k = ∞ is at the end of the parameter's range, so
 * that the test errs towards the line. The interval of k holds every value whose profile likelihood
 * is less than as much below the best one (Venzon and Moolgavkar 1988, doi:10.2307/2347496).
 *
 * <p>Values below a tenth of the smallest daily spend are not looked at: no day tells of them.
 */
public final class SaturationFit {
  /** Days with spend that are needed. */
  public static final int DAYS_MIN = 14;

  static final long CLICKS_MIN = 50;

  /** The ninth decile of daily spend is at least this many times the first. */
  static final double SPREAD_MIN = 2;

  private static final double LEVEL = 0.95;
  private static final double BELOW_SMALLEST = 0.1;
  private static final double ABOVE_LARGEST = 1e6;
  private static final int GRID = 160;
  private static final int HALVINGS = 48;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private final double[] spend;
  private final double[] clicks;
  private final double sum;

  private SaturationFit(List<SpendDay> days) {
    this.spend = days.stream().mapToDouble(SpendDay::spend).toArray();
    this.clicks = days.stream().mapToDouble(SpendDay::clicks).toArray();
    this.sum = Arrays.stream(clicks).sum();
  }

  /**
   * @param days those without spend and clicks among them, in any order
   * @return with the half-saturation spend of one day, where the days tell one
   */
  public static Saturation of(List<SpendDay> days) {
    double[] spent =
        days.stream().mapToDouble(SpendDay::spend).filter(s -> s > 0).sorted().toArray();
    long clicks = days.stream().mapToLong(SpendDay::clicks).sum();
    if (spent.length < DAYS_MIN) {
      return Saturation.none(Verdict.FEW_DAYS, spent.length, clicks);
    }
    if (clicks < CLICKS_MIN) {
      return Saturation.none(Verdict.FEW_CLICKS, spent.length, clicks);
    }
    int tenth = spent.length / 10;
    if (spent[spent.length - 1 - tenth] < SPREAD_MIN * spent[tenth]) {
      return Saturation.none(Verdict.ALIKE, spent.length, clicks);
    }
    // In one order, so that sums do not depend on the order the days came in.
    return new SaturationFit(
            days.stream()
                .sorted(Comparator.comparingDouble(SpendDay::spend).thenComparing(SpendDay::clicks))
                .toList())
        .fit(spent, clicks);
  }

  private Saturation fit(double[] spent, long all) {
    double from = Math.log(BELOW_SMALLEST * spent[0]);
    double to = Math.log(ABOVE_LARGEST * spent[spent.length - 1]);
    double[] profile = new double[GRID + 1];
    int best = 0;
    for (int i = 0; i <= GRID; i++) {
      profile[i] = profile(from + i * (to - from) / GRID);
      best = profile[i] > profile[best] ? i : best;
    }
    double step = (to - from) / GRID;
    double top =
        summit(from + Math.max(0, best - 1) * step, from + Math.min(GRID, best + 1) * step);
    double highest = Math.max(profile[best], profile(top));
    top = highest > profile[best] ? top : from + best * step;
    int freedom = spend.length - 3;
    double dispersion = Math.max(1, pearson(curve(Math.exp(top))) / freedom);
    double ratio = Math.max(0, 2 * (highest - likelihood(spend)) / dispersion);
    FDistribution f = FDistribution.of(1, freedom);
    double needed = f.inverseCumulativeProbability(LEVEL);
    if (ratio <= needed) {
      return new Saturation(
          Verdict.LINE, spent.length, all, null, null, null, ratio, f.survivalProbability(ratio));
    }
    double level = highest - dispersion * needed / 2;
    double low = crossing(top, from, level);
    double high = crossing(top, to, level);
    return new Saturation(
        Verdict.CURVE,
        spent.length,
        all,
        Math.exp(top),
        Double.isNaN(low) ? 0 : Math.exp(low),
        Math.exp(Double.isNaN(high) ? to : high),
        ratio,
        f.survivalProbability(ratio));
  }

  /** Golden-section search for the highest profile between two logarithms of k. */
  private double summit(double low, double high) {
    double left = high - GOLDEN * (high - low);
    double right = low + GOLDEN * (high - low);
    double atLeft = profile(left);
    double atRight = profile(right);
    for (int i = 0; i < HALVINGS; i++) {
      if (atLeft >= atRight) {
        high = right;
        right = left;
        atRight = atLeft;
        left = high - GOLDEN * (high - low);
        atLeft = profile(left);
      } else {
        low = left;
        left = right;
        atLeft = atRight;
        right = low + GOLDEN * (high - low);
        atRight = profile(right);
      }
    }
    return (low + high) / 2;
  }

  /** Where the profile first falls below a level on the way to an end; NaN when it never does. */
  private double crossing(double top, double end, double level) {
    double inside = top;
    double outside = Double.NaN;
    for (int i = 1; i <= GRID && Double.isNaN(outside); i++) {
      double at = top + i * (end - top) / GRID;
      if (profile(at) < level) {
        outside = at;
      } else {
        inside = at;
      }
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (inside + outside) / 2;
      if (profile(middle) < level) {
        outside = middle;
      } else {
        inside = middle;
      }
    }
    return Double.isNaN(outside) ? outside : (inside + outside) / 2;
  }

  private double profile(double logHalf) {
    return likelihood(curve(Math.exp(logHalf)));
  }

  /** s / (s + k) of each day, up to a factor. */
  private double[] curve(double half) {
    return Arrays.stream(spend).map(s -> s / (s + half)).toArray();
  }

  /** The largest Poisson log-likelihood of a base and a multiple of a shape, up to a constant. */
  private double likelihood(double[] shape) {
    double[] parts = parts(shape);
    double base = base(parts);
    double value = 0;
    for (int t = 0; t < clicks.length; t++) {
      value += clicks[t] > 0 ? clicks[t] * Math.log(mean(base, parts[t])) : 0;
    }
    return value;
  }

  private double pearson(double[] shape) {
    double[] parts = parts(shape);
    double base = base(parts);
    double value = 0;
    for (int t = 0; t < clicks.length; t++) {
      double mean = sum * mean(base, parts[t]);
      value += mean > 0 ? (clicks[t] - mean) * (clicks[t] - mean) / mean : 0;
    }
    return value;
  }

  private static double[] parts(double[] shape) {
    double whole = Arrays.stream(shape).sum();
    return Arrays.stream(shape).map(g -> g / whole).toArray();
  }

  /** Part of all clicks that falls on a day. */
  private double mean(double base, double part) {
    return base / clicks.length + (1 - base) * part;
  }

  /** The weight of the constant in the best mixture, 0..1: the likelihood is concave in it. */
  private double base(double[] parts) {
    if (slope(0, parts) <= 0) {
      return 0;
    }
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (slope(middle, parts) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private double slope(double base, double[] parts) {
    double slope = 0;
    for (int t = 0; t < clicks.length; t++) {
      slope +=
          clicks[t] > 0 ? clicks[t] * (1.0 / clicks.length - parts[t]) / mean(base, parts[t]) : 0;
    }
    return slope;
  }
}
