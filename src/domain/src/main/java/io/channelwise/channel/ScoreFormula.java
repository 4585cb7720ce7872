package io.channelwise.channel;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Scores the channels that serve a market against each other.
 *
 * <p>score = {@value #ATTRACTION_WEIGHT} a + {@value #REACH_WEIGHT} r + {@value #COST_WEIGHT} c +
 * {@value #SHARE_WEIGHT} s, each part in 0..1, 1 being best:
 *
 * <ul>
 *   <li>a = exp(J(C) − max J): the channel's attraction, a geometric mean over segments weighted by
 *       P(U), relative to the best candidate's
 *   <li>r = log(1 + reach) / log(1 + largest reach): on a log scale, because reach spans orders of
 *       magnitude; 1 for all when nobody reaches anyone
 *   <li>c = 1 − fixed cost / largest fixed cost; 1 for all when all are free
 *   <li>s = 1 − listed revenue share
 * </ul>
 *
 * <p>The weighted sum (simple additive weighting, Hwang and Yoon 1981) is chosen over a ranking
 * method because each point of it can be explained to the partner and the approver.
 */
final class ScoreFormula {
  static final double ATTRACTION_WEIGHT = 0.40;
  static final double REACH_WEIGHT = 0.25;
  static final double COST_WEIGHT = 0.20;
  static final double SHARE_WEIGHT = 0.15;

  private static final Comparator<ChannelScore> BEST_FIRST =
      Comparator.comparingDouble(ChannelScore::score)
          .reversed()
          .thenComparing(ChannelScore::channel);

  private ScoreFormula() {}

  /**
   * @param candidates channels that serve the market
   * @param attraction of all channels of the campaign
   * @return the best first, ties by name
   */
  static List<ChannelScore> of(List<Channel> candidates, Attraction attraction) {
    double objectiveMax =
        max(candidates, c -> attraction.of(c.channel()).orElseThrow().objective());
    double reachMax = max(candidates, Channel::reach);
    double costMax = max(candidates, Channel::fixedCost);
    return candidates.stream()
        .map(c -> score(c, attraction, objectiveMax, reachMax, costMax))
        .sorted(BEST_FIRST)
        .toList();
  }

  private static ChannelScore score(
      Channel c, Attraction attraction, double objectiveMax, double reachMax, double costMax) {
    Attraction.Ranked ranked = attraction.of(c.channel()).orElseThrow();
    double a = Math.exp(ranked.objective() - objectiveMax);
    double r = reachMax == 0 ? 1 : Math.log1p(c.reach()) / Math.log1p(reachMax);
    double k = costMax == 0 ? 1 : 1 - c.fixedCost() / costMax;
    double s = 1 - c.revenueShare();
    double score = ATTRACTION_WEIGHT * a + REACH_WEIGHT * r + COST_WEIGHT * k + SHARE_WEIGHT * s;
    return new ChannelScore(
        c.channel(),
        c.kind(),
        Math.min(1, score),
        ranked.objective(),
        ranked.attraction(),
        c.reach(),
        c.fixedCost(),
        c.revenueShare());
  }

  private static double max(List<Channel> channels, ToDoubleFunction<Channel> figure) {
    return channels.stream().mapToDouble(figure).max().orElse(0);
  }
}
