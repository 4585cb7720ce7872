package io.channelwise.promotion;

import io.channelwise.channel.Attraction;
import org.apache.commons.statistics.distribution.BetaDistribution;

/** The lower end of the 90 % credible interval of an attraction. */
final class LowerBound {
  private static final double TAIL = 0.05;

  private LowerBound() {}

  /** Quantile of the marginal of the Dirichlet posterior, Beta(n(C,U) + α, n(U) − n(C,U) + …). */
  static double of(Attraction.Cell cell, Attraction attraction) {
    long all =
        attraction.segments().stream()
            .filter(u -> u.segment().equals(cell.segment()))
            .mapToLong(Attraction.Segment::clicks)
            .sum();
    int channels = attraction.ranking().size();
    if (channels == 1) {
      return cell.share();
    }
    double own = cell.clicks() + Attraction.PRIOR;
    double others = all - cell.clicks() + Attraction.PRIOR * (channels - 1);
    return Math.min(
        cell.share(), BetaDistribution.of(own, others).inverseCumulativeProbability(TAIL));
  }
}
