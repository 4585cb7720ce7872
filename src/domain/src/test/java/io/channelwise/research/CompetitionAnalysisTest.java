package io.channelwise.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.Text;
import io.channelwise.research.CompetitionFigures.Rival;
import io.channelwise.research.CompetitionFigures.Trait;
import io.channelwise.research.MarketHistory.CompetitorRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompetitionAnalysisTest {
  private static CompetitorRow row(String competitor, String period, double share, double price) {
    return new CompetitorRow("retail", competitor, period, share, price, null, null);
  }

  private static CompetitionFigures.Market market(CompetitorRow... rows) {
    return CompetitionAnalysis.of(MarketHistory.of(List.of(rows))).markets().get(0);
  }

  private static List<String> doubts(CompetitorRow... rows) {
    return market(rows).doubts().stream().map(Text::en).toList();
  }

  @Test
  void shouldBoundTheConcentration_whenSharesAreMissing() {
    Concentration found = market(row("A", "2026", 0.4, 20), row("B", "2026", 0.25, 30)).latest();

    // 0.4² + 0.25²; the rest of 0.35 is at most one of 0.25 and one of 0.1.
    assertThat(found.hhi()).isCloseTo(0.2225, within(1e-12));
    assertThat(found.hhiHigh()).isCloseTo(0.2225 + 0.0625 + 0.01, within(1e-12));
    assertThat(found.effective()).isCloseTo(1 / 0.2225, within(1e-12));
    assertThat(found.priceMean()).isCloseTo((0.4 * 20 + 0.25 * 30) / 0.65, within(1e-12));
  }

  @Test
  void shouldScaleSharesDown_andDoubtThem_whenTheySumToMoreThanAll() {
    CompetitionFigures.Market found = market(row("A", "2026", 0.9, 1), row("B", "2026", 0.6, 1));

    // 0.6² + 0.4².
    assertThat(found.latest().hhi()).isCloseTo(0.52, within(1e-12));
    assertThat(found.latest().hhiHigh()).isCloseTo(0.52, within(1e-12));
    assertThat(found.doubts())
        .extracting(Text::en)
        .containsExactly(
            "retail 2026: the shares sum to 150.0 %, expected at most 100 %. They were scaled down; check competitors.csv.");
  }

  @Test
  void shouldDoubtMissingPeriodsAndRows_jumps_zerosAndMixedLengths() {
    assertThat(doubts(row("A", "2024", 0.4, 1), row("A", "2026", 0.4, 1)))
        .containsExactly(
            "retail: no row for 2025, between periods that have rows. Bring the missing periods.");
    assertThat(doubts(row("A", "2024", 0.4, 1), row("B", "2025", 0.3, 1), row("A", "2026", 0.4, 1)))
        .containsExactly(
            "retail: A has no row in 2025, but before and after it. Bring the missing rows.");
    assertThat(doubts(row("A", "2025", 0.2, 1), row("A", "2026", 0.6, 1)))
        .containsExactly(
            "retail: the share of A went from 20.0 % in 2025 to 60.0 % in 2026, more than 25 points in one period. Check both.");
    assertThat(doubts(row("A", "", 0, 1)).get(0)).contains("retail: all shares are zero");
    assertThat(doubts(row("A", "2025", 0.2, 1), row("A", "2025-Q1", 0.2, 1)).get(0))
        .contains("periods of different lengths are mixed (2025, 2025-Q1)");
    assertThat(doubts(row("A", "2025", 0.2, 1), row("B", "2025", 0.8, 1))).isEmpty();
  }

  @Test
  void shouldMeasureMomentum_withAnIntervalFromFivePeriodsOn() {
    List<CompetitorRow> rows = new ArrayList<>();
    for (int t = 0; t < 5; t++) {
      rows.add(row("up", "" + (2021 + t), 0.1 + 0.02 * t, 100 * Math.pow(0.9, t)));
      rows.add(row("flat", "" + (2021 + t), 0.3 + (t % 2 == 0 ? 0.01 : -0.01), 50));
    }
    rows.add(row("new", "2025", 0.05, 10));

    List<Rival> rivals = market(rows.toArray(CompetitorRow[]::new)).rivals();

    assertThat(rivals).extracting(Rival::competitor).containsExactly("flat", "up", "new");
    Rival up = rivals.get(1);
    // Two points a year of 365 or 366 days.
    assertThat(up.momentum().change()).isCloseTo(0.02, within(1e-4));
    assertThat(up.momentum().direction()).isEqualTo(1);
    assertThat(up.momentum().priceChange()).isCloseTo(-0.1, within(1e-3));
    assertThat(rivals.get(0).momentum().direction()).isZero();
    assertThat(rivals.get(2).momentum()).isNull();
    assertThat(rivals.get(2).shares()).containsExactly(null, null, null, null, 0.05);
  }

  @Test
  void shouldSumTheSharesOfThoseWithAStrengthOrWeakness() {
    CompetitionFigures.Market found =
        market(
            new CompetitorRow("retail", "A", "2025", 0.9, 1, "gone", null),
            new CompetitorRow("retail", "A", "2026", 0.5, 1, "brand; cheap", "slow"),
            new CompetitorRow("retail", "B", "2026", 0.25, 1, "cheap", "slow|closed"));

    assertThat(found.strengths())
        .extracting(Trait::name, Trait::share)
        .containsExactly(tuple("cheap", 0.75), tuple("brand", 0.5));
    assertThat(found.weaknesses().get(0)).isEqualTo(new Trait("slow", List.of("A", "B"), 0.75));
  }

  @Test
  void shouldNotDependOnTheOrderOfRows() {
    List<CompetitorRow> rows = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      for (String name : List.of("A", "B", "C", "D")) {
        rows.add(row(name, "" + (2018 + t), 0.1 + name.charAt(0) * 0.001 * t, 10.1 + t));
      }
    }
    CompetitionFigures first = CompetitionAnalysis.of(MarketHistory.of(rows));
    TrendFigures trend = TrendAnalysis.of(MarketHistory.of(rows));
    Collections.reverse(rows);

    assertThat(CompetitionAnalysis.of(MarketHistory.of(rows))).isEqualTo(first);
    assertThat(TrendAnalysis.of(MarketHistory.of(rows))).isEqualTo(trend);
  }

  @Test
  void shouldRefuseAForecast_whenPeriodsOverlap() {
    TrendFigures trend =
        TrendAnalysis.of(
            MarketHistory.of(List.of(row("A", "2025", 0.2, 1), row("A", "2025-Q1", 0.2, 1))));

    assertThat(trend.markets().get(0).growth()).isNull();
    assertThat(trend.markets().get(0).price().note().en())
        .contains("two of its periods start on the same day (2025, 2025-Q1)");
  }
}
