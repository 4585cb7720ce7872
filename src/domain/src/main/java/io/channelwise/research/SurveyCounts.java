package io.channelwise.research;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The survey of one market, counted; lists are sorted by what they count.
 *
 * @param cells one a segment
 */
record SurveyCounts(
    String market, List<Cell> cells, List<PainCount> painPoints, List<PriceCount> prices) {

  /**
   * Answers of one segment.
   *
   * @param segment empty when the answers name none
   * @param population size of the segment in the market, in any unit; null when not brought
   */
  record Cell(String segment, Double population, long respondents, long needing) {}

  /**
   * @param mentions respondents of the segment with the need who named it
   */
  record PainCount(String segment, String painPoint, long mentions) {}

  /**
   * @param answers respondents of the segment with the need who named this price
   */
  record PriceCount(String segment, double price, long answers) {}

  /** Sorts the lists, so that sums do not depend on the order in which a database sorts texts. */
  static SurveyCounts of(
      String market, List<Cell> cells, List<PainCount> painPoints, List<PriceCount> prices) {
    return new SurveyCounts(
        market,
        cells.stream().sorted(Comparator.comparing(Cell::segment)).toList(),
        painPoints.stream()
            .sorted(Comparator.comparing(PainCount::segment).thenComparing(PainCount::painPoint))
            .toList(),
        // By price first: answers drawn from one pot must not depend on the segments' names.
        prices.stream()
            .sorted(
                Comparator.comparingDouble(PriceCount::price).thenComparing(PriceCount::segment))
            .toList());
  }

  /**
   * Pain points over all markets, by segment, the most named first, ties by name; answers without a
   * segment are left out.
   */
  static Map<String, List<String>> painPointsBySegment(List<SurveyCounts> markets) {
    Map<String, Map<String, Long>> mentions = new TreeMap<>();
    for (SurveyCounts market : markets) {
      market.painPoints().stream()
          .filter(count -> !count.segment().isEmpty())
          .forEach(
              count ->
                  mentions
                      .computeIfAbsent(count.segment(), segment -> new TreeMap<>())
                      .merge(count.painPoint(), count.mentions(), Long::sum));
    }
    Map<String, List<String>> named = new TreeMap<>();
    mentions.forEach(
        (segment, counts) ->
            named.put(
                segment,
                counts.entrySet().stream()
                    // The map is sorted by name and the sort is stable.
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .map(Map.Entry::getKey)
                    .toList()));
    return named;
  }

  long respondents() {
    return cells.stream().mapToLong(Cell::respondents).sum();
  }
}
