package io.channelwise.research;

import java.util.Comparator;
import java.util.List;

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

  long respondents() {
    return cells.stream().mapToLong(Cell::respondents).sum();
  }
}
