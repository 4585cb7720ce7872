package io.channelwise.steering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Which material suits which segment, by clicks a view.
 *
 * <p>Clicks are Bernoulli a view with a Beta prior worth one click at the rate of the segment over
 * all materials (one in twenty before any view), so that a material seen by few does not lead by
 * luck. Events name no material: what happened on a channel counts for every material sent there,
 * and materials that went to the same channels at the same time come out alike.
 */
public final class MaterialRanking {
  private static final double PRIOR_CLICKS = 1;
  private static final double PRIOR_VIEWS = 20;
  private static final double TAIL = 0.025;

  private MaterialRanking() {}

  /** What a segment did where a material was sent. */
  public record Seen(String material, String segment, long views, long clicks) {

    /**
     * @throws SteeringException when a count is negative
     */
    public Seen {
      if (views < 0 || clicks < 0) {
        throw new SteeringException(
            "Material %s in segment %s has %d views and %d clicks; 0 or more are expected. Correct the negative count."
                .formatted(material, segment, views, clicks));
      }
    }

    /** A click without a recorded view had one. */
    long trials() {
      return Math.max(views, clicks);
    }
  }

  /**
   * A material in a segment.
   *
   * @param rank from 1, in its segment; materials that come out alike share it
   * @param rate clicks a view, posterior mean, 0..1
   * @param low of the 95 % credible interval
   * @param high of the 95 % credible interval
   */
  public record Ranked(
      String segment,
      int rank,
      String material,
      long views,
      long clicks,
      double rate,
      double low,
      double high) {}

  /**
   * @param seen in any order; several for one material and segment are added up
   * @return by segment, then rank, then material; what has no recorded view is left out, because
   *     clicks alone are no rate
   */
  public static List<Ranked> rank(List<Seen> seen) {
    TreeMap<String, TreeMap<String, Seen>> segments = new TreeMap<>();
    for (Seen one : seen) {
      if (one.views() == 0) {
        continue;
      }
      segments
          .computeIfAbsent(one.segment(), s -> new TreeMap<>())
          .merge(one.material(), one, MaterialRanking::sum);
    }
    List<Ranked> ranking = new ArrayList<>();
    for (TreeMap<String, Seen> segment : segments.values()) {
      ranking.addAll(ranked(List.copyOf(segment.values())));
    }
    return ranking;
  }

  /**
   * Clicks a view to expect of a material that a segment has not seen: the prior's mean.
   *
   * @param views of the segment over all materials, no fewer than the clicks
   * @param clicks of the segment over all materials
   */
  public static double expected(long views, long clicks) {
    return (clicks + PRIOR_CLICKS) / (views + PRIOR_VIEWS);
  }

  private static Seen sum(Seen a, Seen b) {
    // Clicks beyond the views of one channel must not use up the views of another.
    return new Seen(a.material(), a.segment(), a.trials() + b.trials(), a.clicks() + b.clicks());
  }

  private static List<Ranked> ranked(List<Seen> materials) {
    double prior =
        expected(
            materials.stream().mapToLong(Seen::trials).sum(),
            materials.stream().mapToLong(Seen::clicks).sum());
    List<Ranked> sorted =
        materials.stream()
            .map(one -> posterior(one, prior))
            .sorted(
                Comparator.comparingDouble((Ranked r) -> -r.rate()).thenComparing(Ranked::material))
            .toList();
    List<Ranked> ranked = new ArrayList<>();
    int rank = 1;
    for (int i = 0; i < sorted.size(); i++) {
      Ranked r = sorted.get(i);
      rank = i > 0 && r.rate() == sorted.get(i - 1).rate() ? rank : i + 1;
      ranked.add(
          new Ranked(
              r.segment(), rank, r.material(), r.views(), r.clicks(), r.rate(), r.low(), r.high()));
    }
    return ranked;
  }

  private static Ranked posterior(Seen seen, double prior) {
    BetaDistribution rate =
        BetaDistribution.of(
            PRIOR_CLICKS + seen.clicks(),
            PRIOR_CLICKS * (1 / prior - 1) + seen.trials() - seen.clicks());
    return new Ranked(
        seen.segment(),
        0,
        seen.material(),
        seen.trials(),
        seen.clicks(),
        rate.getMean(),
        rate.inverseCumulativeProbability(TAIL),
        rate.inverseSurvivalProbability(TAIL));
  }
}
