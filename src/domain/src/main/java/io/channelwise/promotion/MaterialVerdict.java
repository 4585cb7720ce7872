package io.channelwise.promotion;

import io.channelwise.channel.EventCount;
import io.channelwise.research.Proportion;
import io.channelwise.steering.MaterialRanking.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What clicks say clearly: a material suits a segment when the 95 % Wilson interval of its click
 * rate lies above the segment's overall rate, and does not when it lies below. What is unclear
 * teaches nothing and is left out.
 *
 * @param suits false when it does not
 * @param views counted; a click without a recorded view had one
 */
record MaterialVerdict(String segment, String material, boolean suits, long views, long clicks) {
  /** Fewer views say nothing of a material, however they turned out. */
  static final int VIEWS_MIN = 30;

  /**
   * @param seen of materials, in any order; several for one material and segment are added up
   * @param recorded all events of the campaign in the same time, whatever was sent
   * @return by segment, then material
   */
  static List<MaterialVerdict> of(List<Seen> seen, List<EventCount> recorded) {
    Map<String, Double> rates = rates(recorded);
    Map<String, Map<String, long[]>> counts = new TreeMap<>();
    for (Seen one : seen) {
      long[] sum =
          counts
              .computeIfAbsent(one.segment(), segment -> new TreeMap<>())
              .computeIfAbsent(one.material(), material -> new long[2]);
      sum[0] += Math.max(one.views(), one.clicks());
      sum[1] += one.clicks();
    }
    List<MaterialVerdict> verdicts = new ArrayList<>();
    counts.forEach(
        (segment, materials) ->
            materials.forEach(
                (material, sum) -> {
                  Double rate = rates.get(segment);
                  if (rate == null || sum[0] < VIEWS_MIN) {
                    return;
                  }
                  Proportion clicked = Proportion.of(sum[1], sum[0]);
                  if (clicked.low() > rate || clicked.high() < rate) {
                    verdicts.add(
                        new MaterialVerdict(
                            segment, material, clicked.low() > rate, sum[0], sum[1]));
                  }
                }));
    return verdicts;
  }

  /** Clicks a view, by segment, over all channels. */
  private static Map<String, Double> rates(List<EventCount> recorded) {
    Map<String, Map<String, long[]>> channels = new TreeMap<>();
    for (EventCount count : recorded) {
      long[] sum =
          channels
              .computeIfAbsent(count.segment(), segment -> new TreeMap<>())
              .computeIfAbsent(count.channel(), channel -> new long[2]);
      sum[0] += count.type().equals("view") ? count.events() : 0;
      sum[1] += count.type().equals("click") ? count.events() : 0;
    }
    Map<String, Double> rates = new TreeMap<>();
    channels.forEach(
        (segment, sums) -> {
          long clicks = sums.values().stream().mapToLong(sum -> sum[1]).sum();
          // A channel without recorded views must not lend its clicks to the views of another.
          long views = sums.values().stream().mapToLong(sum -> Math.max(sum[0], sum[1])).sum();
          if (views > 0) {
            rates.put(segment, (double) clicks / views);
          }
        });
    return rates;
  }
}
