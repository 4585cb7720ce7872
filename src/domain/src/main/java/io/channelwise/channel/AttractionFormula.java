package io.channelwise.channel;

import io.channelwise.channel.Attraction.Cell;
import io.channelwise.channel.Attraction.Ranked;
import io.channelwise.channel.Attraction.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The arithmetic of {@link Attraction}. */
final class AttractionFormula {
  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingDouble(Ranked::objective).reversed().thenComparing(Ranked::channel);

  private AttractionFormula() {}

  /** Clicks of one segment through one channel. */
  record Clicks(String channel, String segment, long count) {}

  /**
   * @param channels K names; clicks on others are left out
   */
  static Attraction of(List<String> channels, List<Clicks> counted) {
    Map<String, Long> bySegment = new TreeMap<>();
    Map<List<String>, Long> byCell = new HashMap<>();
    for (Clicks clicks : counted) {
      if (channels.contains(clicks.channel())) {
        bySegment.merge(clicks.segment(), clicks.count(), Long::sum);
        byCell.merge(List.of(clicks.channel(), clicks.segment()), clicks.count(), Long::sum);
      }
    }
    long all = bySegment.values().stream().mapToLong(Long::longValue).sum();
    List<Segment> segments =
        bySegment.entrySet().stream()
            .map(e -> new Segment(e.getKey(), e.getValue(), (double) e.getValue() / all))
            .toList();
    List<Cell> cells = new ArrayList<>();
    List<Ranked> ranking = new ArrayList<>();
    for (String channel : channels) {
      List<Cell> row = cells(channel, channels.size(), segments, byCell);
      cells.addAll(row);
      ranking.add(rank(channel, channels.size(), segments, row));
    }
    ranking.sort(BEST_FIRST);
    return new Attraction(all, segments, cells, ranking);
  }

  private static List<Cell> cells(
      String channel, int channels, List<Segment> segments, Map<List<String>, Long> byCell) {
    List<Cell> row = new ArrayList<>();
    for (Segment u : segments) {
      long clicks = byCell.getOrDefault(List.of(channel, u.segment()), 0L);
      double share = (clicks + Attraction.PRIOR) / (u.clicks() + Attraction.PRIOR * channels);
      row.add(new Cell(channel, u.segment(), clicks, share));
    }
    return row;
  }

  private static Ranked rank(String channel, int channels, List<Segment> segments, List<Cell> row) {
    if (segments.isEmpty()) {
      return new Ranked(channel, -Math.log(channels), 1.0 / channels);
    }
    double objective = 0;
    double attraction = 0;
    for (int u = 0; u < row.size(); u++) {
      double weight = segments.get(u).weight();
      objective += weight * Math.log(row.get(u).share());
      attraction += weight * row.get(u).share();
    }
    return new Ranked(channel, objective, attraction);
  }
}
