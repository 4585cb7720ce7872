package io.channelwise.steering;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;

/**
 * What is known of each channel's purchases for one unit of money, as draws.
 *
 * <p>Purchases a click are Bernoulli with a Beta prior worth one purchase at the rate of all
 * channels together (one in twenty before any click); clicks a unit of money are Poisson with a
 * Gamma prior worth one click at the rate of all channels together. Both posteriors are conjugate;
 * the product of a draw of each is a draw of purchases a unit of money.
 *
 * @param draws (D, C)
 */
record Posterior(double[][] draws) {
  private static final double PRIOR_CONVERSIONS = 1;
  private static final double PRIOR_CLICKS = 20;
  private static final double TAIL = 0.025;

  /**
   * @param arms in the order of the columns; together with money spent and a click at least
   */
  static Posterior of(List<Arm> arms, int draws, long seed) {
    double spent = arms.stream().map(Arm::spent).mapToDouble(BigDecimal::doubleValue).sum();
    double clicks = arms.stream().mapToLong(Posterior::trials).sum();
    double conversions = arms.stream().mapToLong(Arm::conversions).sum();
    double rate = (conversions + PRIOR_CONVERSIONS) / (clicks + PRIOR_CLICKS);
    double clicksAUnit = clicks / spent;
    SplittableRandom random = new SplittableRandom(seed);
    UniformRandomProvider source = random::nextLong;
    double[][] values = new double[draws][arms.size()];
    for (int c = 0; c < arms.size(); c++) {
      Arm arm = arms.get(c);
      ContinuousDistribution.Sampler conversion =
          BetaDistribution.of(
                  PRIOR_CONVERSIONS + arm.conversions(),
                  PRIOR_CONVERSIONS * (1 / rate - 1) + trials(arm) - arm.conversions())
              .createSampler(source);
      ContinuousDistribution.Sampler click =
          GammaDistribution.of(1.0 + trials(arm), 1 / (1 / clicksAUnit + arm.spent().doubleValue()))
              .createSampler(source);
      for (int d = 0; d < draws; d++) {
        values[d][c] = conversion.sample() * click.sample();
      }
    }
    return new Posterior(values);
  }

  /** A purchase without a recorded click had one. */
  static long trials(Arm arm) {
    return Math.max(arm.clicks(), arm.conversions());
  }

  /** Channels of a draw, the best first; equals in their order. */
  Integer[] order(int draw) {
    Integer[] order = new Integer[draws[draw].length];
    Arrays.setAll(order, c -> c);
    Arrays.sort(order, (a, b) -> Double.compare(draws[draw][b], draws[draw][a]));
    return order;
  }

  /** Mean, lower and upper end of the 95 % credible interval. */
  double[] interval(int channel) {
    double[] sorted = Arrays.stream(draws).mapToDouble(draw -> draw[channel]).sorted().toArray();
    int low = (int) Math.floor(TAIL * (sorted.length - 1));
    int high = (int) Math.ceil((1 - TAIL) * (sorted.length - 1));
    return new double[] {Arrays.stream(sorted).sum() / sorted.length, sorted[low], sorted[high]};
  }
}
