package io.channelwise.research;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The competitors of one market over its periods.
 *
 * @param axis the periods in order
 * @param competitors by name
 * @param rows each competitor's row a period; null where the data has none
 */
record MarketHistory(
    String market, PeriodAxis axis, List<String> competitors, Map<String, CompetitorRow[]> rows) {

  /**
   * One row of competitors.csv.
   *
   * @param period normal form; empty when the data has none
   * @param share 0..1
   * @param price in the campaign's currency
   * @param strength null when not brought; several separated by semicolons or bars
   */
  record CompetitorRow(
      String market,
      String competitor,
      String period,
      double share,
      double price,
      String strength,
      String weakness) {}

  /** The markets of all rows, by name; the order of rows does not matter. */
  static List<MarketHistory> of(List<CompetitorRow> all) {
    Map<String, TreeMap<String, Map<String, CompetitorRow>>> byMarket = new TreeMap<>();
    for (CompetitorRow row : all) {
      byMarket
          .computeIfAbsent(row.market(), m -> new TreeMap<>())
          .computeIfAbsent(row.competitor(), c -> new LinkedHashMap<>())
          .put(row.period(), row);
    }
    return byMarket.entrySet().stream().map(e -> of(e.getKey(), e.getValue())).toList();
  }

  private static MarketHistory of(
      String market, TreeMap<String, Map<String, CompetitorRow>> byCompetitor) {
    TreeSet<String> periods = new TreeSet<>();
    byCompetitor.values().forEach(rows -> periods.addAll(rows.keySet()));
    PeriodAxis axis = PeriodAxis.of(periods);
    Map<String, CompetitorRow[]> rows = new LinkedHashMap<>();
    byCompetitor.forEach(
        (name, found) ->
            rows.put(name, axis.labels().stream().map(found::get).toArray(CompetitorRow[]::new)));
    return new MarketHistory(market, axis, List.copyOf(byCompetitor.keySet()), rows);
  }

  /** Rows of a period, the largest share first, equal ones by name. */
  List<CompetitorRow> at(int period) {
    return rows.values().stream()
        .map(row -> row[period])
        .filter(row -> row != null)
        .sorted(
            Comparator.comparingDouble((CompetitorRow r) -> -r.share())
                .thenComparing(CompetitorRow::competitor))
        .toList();
  }

  List<CompetitorRow> latest() {
    return at(axis.size() - 1);
  }

  /** Place of each period in which the competitor has a row. */
  int[] present(String competitor) {
    CompetitorRow[] found = rows.get(competitor);
    int[] places = new int[found.length];
    int count = 0;
    for (int t = 0; t < found.length; t++) {
      if (found[t] != null) {
        places[count++] = t;
      }
    }
    return Arrays.copyOf(places, count);
  }
}
