package io.channelwise.research;

import io.channelwise.research.CompetitionFigures.Market;
import io.channelwise.research.CompetitionFigures.Momentum;
import io.channelwise.research.CompetitionFigures.Rival;
import io.channelwise.research.CompetitionFigures.Trait;
import io.channelwise.research.MarketHistory.CompetitorRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Shares, concentration, momentum, strengths and weaknesses of each market's competitors. */
final class CompetitionAnalysis {
  /** Sen's interval of a slope says nothing with fewer points. */
  static final int MOMENTUM_INTERVAL_MIN = 5;

  private static final Pattern SEVERAL = Pattern.compile("[;；|]");

  private CompetitionAnalysis() {}

  /**
   * @param histories one a market, by market
   */
  static CompetitionFigures of(List<MarketHistory> histories) {
    TreeSet<String> names = new TreeSet<>();
    histories.forEach(h -> names.addAll(h.competitors()));
    return new CompetitionFigures(
        names.size(), histories.stream().map(CompetitionAnalysis::market).toList());
  }

  private static Market market(MarketHistory history) {
    List<CompetitorRow> latest = history.latest();
    return new Market(
        history.market(),
        history.axis().labels(),
        Concentration.of(latest),
        rivals(history),
        traits(latest, CompetitorRow::strength),
        traits(latest, CompetitorRow::weakness),
        Plausibility.doubts(history));
  }

  private static List<Rival> rivals(MarketHistory history) {
    int last = history.axis().size() - 1;
    return history.competitors().stream()
        .map(
            name -> {
              CompetitorRow[] rows = history.rows().get(name);
              List<Double> shares = new ArrayList<>();
              for (CompetitorRow row : rows) {
                shares.add(row == null ? null : row.share());
              }
              CompetitorRow now = rows[last];
              return new Rival(
                  name,
                  shares,
                  now == null ? null : now.share(),
                  now == null ? null : now.price(),
                  momentum(history, name));
            })
        .sorted(
            Comparator.comparingDouble((Rival r) -> r.share() == null ? 1 : -r.share())
                .thenComparing(Rival::competitor))
        .toList();
  }

  private static Momentum momentum(MarketHistory history, String competitor) {
    int[] present = history.present(competitor);
    double[] years = history.axis().years();
    double[] times = Arrays.stream(present).mapToDouble(t -> years[t]).toArray();
    if (times.length < 2 || !rising(times)) {
      return null;
    }
    CompetitorRow[] rows = history.rows().get(competitor);
    TheilSen line =
        TheilSen.fit(times, Arrays.stream(present).mapToDouble(t -> rows[t].share()).toArray());
    double[] prices = Arrays.stream(present).mapToDouble(t -> rows[t].price()).toArray();
    boolean sure = times.length >= MOMENTUM_INTERVAL_MIN;
    return new Momentum(
        line.slope(),
        sure ? line.slopeLow() : null,
        sure ? line.slopeHigh() : null,
        growth(times, prices));
  }

  /** Relative change a year by the slope of the logarithm; null when a value is not above zero. */
  static Double growth(double[] years, double[] values) {
    if (Arrays.stream(values).anyMatch(v -> !(v > 0))) {
      return null;
    }
    return Math.expm1(TheilSen.fit(years, Arrays.stream(values).map(Math::log).toArray()).slope());
  }

  /** Periods of different lengths can start on the same day. */
  static boolean rising(double[] times) {
    for (int i = 1; i < times.length; i++) {
      if (!(times[i] > times[i - 1])) {
        return false;
      }
    }
    return true;
  }

  private static List<Trait> traits(
      List<CompetitorRow> rows, Function<CompetitorRow, String> column) {
    Map<String, TreeMap<String, Double>> holders = new TreeMap<>();
    for (CompetitorRow row : rows) {
      String cell = column.apply(row);
      for (String name : cell == null ? new String[0] : SEVERAL.split(cell)) {
        if (!name.isBlank()) {
          holders
              .computeIfAbsent(name.strip(), n -> new TreeMap<>())
              .put(row.competitor(), row.share());
        }
      }
    }
    return holders.entrySet().stream()
        .map(
            e ->
                new Trait(
                    e.getKey(),
                    List.copyOf(e.getValue().keySet()),
                    e.getValue().values().stream().mapToDouble(Double::doubleValue).sum()))
        .sorted(Comparator.comparingDouble((Trait t) -> -t.share()).thenComparing(Trait::name))
        .toList();
  }
}
