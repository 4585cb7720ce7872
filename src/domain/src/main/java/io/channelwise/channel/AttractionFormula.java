package io.channelwise.channel;

import io.channelwise.channel.Attraction.Cell;
import io.channelwise.channel.Attraction.Ranked;
import io.channelwise.channel.Attraction.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.Trigamma;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** The arithmetic of {@link Attraction}. */
final class AttractionFormula {
  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingDouble(Ranked::objective).reversed().thenComparing(Ranked::channel);
  private static final double TAIL = (1 - Attraction.LEVEL) / 2;
  private static final double DEVIATIONS =
      NormalDistribution.of(0, 1).inverseSurvivalProbability(TAIL);

  private AttractionFormula() {}

  /** Clicks of one segment through one channel. */
  record Clicks(String channel, String segment, long count) {}

  /**
   * Weighs each segment by its clicks.
   *
   * @param channels K names; clicks on others are left out
   */
  static Attraction of(Collection<String> channels, List<Clicks> counted) {
    return of(channels, counted, Map.of());
  }

  /**
   * @param weights P(U) up to a factor, for the segments to be considered, those without a click
   *     too; empty to weigh each segment by its clicks
   * @throws IllegalArgumentException when a weight is not a number above 0
   */
  static Attraction of(
      Collection<String> channels, List<Clicks> counted, Map<String, Double> weights) {
    checkWeights(weights);
    TreeSet<String> names = new TreeSet<>(channels);
    SortedMap<String, Long> bySegment = new TreeMap<>();
    weights.keySet().forEach(segment -> bySegment.put(segment, 0L));
    Map<String, Map<String, Long>> byCell = new HashMap<>();
    for (Clicks clicks : counted) {
      boolean wanted = weights.isEmpty() || weights.containsKey(clicks.segment());
      if (wanted && names.contains(clicks.channel()) && clicks.count() > 0) {
        bySegment.merge(clicks.segment(), clicks.count(), Long::sum);
        byCell
            .computeIfAbsent(clicks.channel(), c -> new HashMap<>())
            .merge(clicks.segment(), clicks.count(), Long::sum);
      }
    }
    long all = bySegment.values().stream().mapToLong(Long::longValue).sum();
    List<Segment> segments = segments(bySegment, all, weights);
    List<Cell> cells = new ArrayList<>();
    List<Ranked> ranking = new ArrayList<>();
    for (String channel : names) {
      List<Cell> row =
          cells(channel, names.size(), segments, byCell.getOrDefault(channel, Map.of()));
      cells.addAll(row);
      ranking.add(rank(channel, names.size(), segments, row));
    }
    ranking.sort(BEST_FIRST);
    return new Attraction(all, segments, cells, ranking);
  }

  private static void checkWeights(Map<String, Double> weights) {
    new TreeMap<>(weights)
        .forEach(
            (segment, weight) -> {
              if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                    "The weight of segment %s is %s; a number above 0 is expected. Leave the segment out to ignore it."
                        .formatted(segment, weight));
              }
            });
  }

  private static List<Segment> segments(
      SortedMap<String, Long> bySegment, long all, Map<String, Double> weights) {
    // Sorted, so that the sum does not depend on the map.
    double sum = new TreeMap<>(weights).values().stream().mapToDouble(w -> w).sum();
    return bySegment.entrySet().stream()
        .map(
            e ->
                new Segment(
                    e.getKey(),
                    e.getValue(),
                    weights.isEmpty()
                        ? (double) e.getValue() / all
                        : weights.get(e.getKey()) / sum))
        .toList();
  }

  private static List<Cell> cells(
      String channel, int channels, List<Segment> segments, Map<String, Long> clicksBySegment) {
    List<Cell> row = new ArrayList<>();
    for (Segment u : segments) {
      long clicks = clicksBySegment.getOrDefault(u.segment(), 0L);
      double a = clicks + Attraction.PRIOR;
      double b = u.clicks() - clicks + Attraction.PRIOR * (channels - 1);
      if (b == 0) {
        // The only channel has every click, whatever the data.
        row.add(new Cell(channel, u.segment(), clicks, 1, 1, 1));
        continue;
      }
      BetaDistribution posterior = BetaDistribution.of(a, b);
      row.add(
          new Cell(
              channel,
              u.segment(),
              clicks,
              a / (a + b),
              posterior.inverseCumulativeProbability(TAIL),
              posterior.inverseSurvivalProbability(TAIL)));
    }
    return row;
  }

  private static Ranked rank(String channel, int channels, List<Segment> segments, List<Cell> row) {
    if (segments.isEmpty()) {
      double alike = -Math.log(channels);
      return new Ranked(channel, alike, alike, alike, 1.0 / channels);
    }
    double objective = 0;
    double attraction = 0;
    double mean = 0;
    double variance = 0;
    for (int u = 0; u < row.size(); u++) {
      double weight = segments.get(u).weight();
      double a = row.get(u).clicks() + Attraction.PRIOR;
      double all = segments.get(u).clicks() + Attraction.PRIOR * channels;
      objective += weight * Math.log(row.get(u).share());
      attraction += weight * row.get(u).share();
      mean += weight * (Digamma.value(a) - Digamma.value(all));
      variance += weight * weight * (Trigamma.value(a) - Trigamma.value(all));
    }
    double spread = DEVIATIONS * Math.sqrt(Math.max(0, variance));
    return new Ranked(
        channel,
        objective,
        Math.min(objective, mean - spread),
        Math.min(0, Math.max(objective, mean + spread)),
        attraction);
  }
}
