package io.channelwise.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.research.DemandCurve.Optimum;
import io.channelwise.research.SurveyCounts.Cell;
import io.channelwise.research.SurveyCounts.PainCount;
import io.channelwise.research.SurveyCounts.PriceCount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemandAnalysisTest {
  private static DemandFigures.Market market(
      List<Cell> cells, List<PainCount> painPoints, List<PriceCount> prices) {
    return DemandAnalysis.of(List.of(SurveyCounts.of("retail", cells, painPoints, prices)))
        .markets()
        .get(0);
  }

  private static List<Cell> cells(Double small, Double large) {
    return List.of(new Cell("small", small, 5, 5), new Cell("large", large, 5, 3));
  }

  private static List<PriceCount> prices(double... prices) {
    List<PriceCount> counts = new ArrayList<>();
    for (double price : prices) {
      counts.add(new PriceCount("", price, 1));
    }
    return counts;
  }

  @Test
  void shouldWeighSegmentsByTheirSize_andSayWhereItComesFrom() {
    DemandFigures.Market found = market(cells(900.0, 100.0), List.of(), List.of());

    assertThat(found.weighted()).isTrue();
    assertThat(found.weighting().en())
        .startsWith("weighted to the segment sizes in column segment_population of survey.csv")
        .contains("10 answers tell as much as 6.1");
    // As in ProportionTest: 0.9 · 5/5 + 0.1 · 3/5.
    assertThat(found.total().share()).isCloseTo(0.96, within(1e-12));
    assertThat(found.segments())
        .extracting(s -> s.demand().segment(), s -> s.sampleShare(), s -> s.populationShare())
        .containsExactly(tuple("large", 0.5, 0.1), tuple("small", 0.5, 0.9));
  }

  @Test
  void shouldNotWeigh_andSayWhy_whenSizesAreMissingOrAllZero() {
    DemandFigures.Market none = market(cells(null, null), List.of(), List.of());
    assertThat(none.weighted()).isFalse();
    assertThat(none.total().share()).isEqualTo(0.8);
    assertThat(none.weighting().en()).contains("brings no segment_population");
    assertThat(none.segments().get(0).populationShare()).isNull();

    assertThat(market(cells(900.0, null), List.of(), List.of()).weighting().en())
        .contains("5 of 10 respondents have no segment with a segment_population");
    assertThat(market(cells(0.0, 0.0), List.of(), List.of()).weighting().en())
        .contains("sums to 0.0");
  }

  @Test
  void shouldRankPainPoints_withIntervalsAndThePlacesTheyCouldHave() {
    DemandFigures.Market found =
        market(
            List.of(new Cell("", null, 120, 100)),
            List.of(
                new PainCount("", "slow", 80),
                new PainCount("", "dear", 30),
                new PainCount("", "dull", 25)),
            List.of());

    assertThat(found.painPoints())
        .extracting(
            PainPoint::rank,
            PainPoint::painPoint,
            PainPoint::mentions,
            p -> p.share().share(),
            PainPoint::rankBest,
            PainPoint::rankWorst)
        .containsExactly(
            tuple(1, "slow", 80L, 0.8, 1, 1),
            tuple(2, "dear", 30L, 0.3, 2, 3),
            tuple(3, "dull", 25L, 0.25, 2, 3));
  }

  @Test
  void shouldFindThePriceThatEarnsMost_theLowerOfTwo() {
    DemandCurve curve =
        market(List.of(new Cell("", null, 5, 4)), List.of(), prices(40, 10, 30, 20)).curve();

    // 10·1, 20·¾, 30·½, 40·¼: 20 and 30 both earn 15.
    assertThat(curve.meanPrice()).isEqualTo(25);
    assertThat(curve.points()).hasSize(40);
    assertThat(curve.points().get(39).price()).isEqualTo(40);
    assertThat(curve.points())
        .filteredOn(p -> p.price() % 10 == 0)
        .extracting(DemandCurve.Point::revenue)
        .containsExactly(10.0, 15.0, 15.0, 10.0);
    Optimum optimum = curve.optimum();
    assertThat(optimum.price()).isEqualTo(20);
    assertThat(optimum.share()).isEqualTo(0.75);
    assertThat(optimum.low()).as("four answers have no interval").isNull();
  }

  @Test
  void shouldWeighPricesToo() {
    List<PriceCount> prices =
        List.of(new PriceCount("large", 50, 3), new PriceCount("small", 10, 5));

    // Unweighted: 10·1 = 10 < 50·3/8 = 18.75. Weighted 9:1 by segment: 50·0.6/9.6 = 3.1 < 10.
    assertThat(market(cells(null, null), List.of(), prices).curve().optimum().price())
        .isEqualTo(50);
    assertThat(market(cells(900.0, 100.0), List.of(), prices).curve().optimum().price())
        .isEqualTo(10);
  }

  @Test
  void shouldGiveMeanAndSpreadOfPrices_asTheSampleWhenUnweighted() {
    SurveyCounts plain =
        SurveyCounts.of(
            "retail", List.of(new Cell("", null, 4, 4)), List.of(), prices(10, 20, 30, 40));

    WillingnessToPay found =
        DemandCurveFit.willingness(SegmentWeights.of(plain), plain.prices()).orElseThrow();
    // numpy.std([10, 20, 30, 40], ddof=1).
    assertThat(found.respondents()).isEqualTo(4);
    assertThat(found.mean()).isEqualTo(25);
    assertThat(found.deviation()).isCloseTo(12.909944487358056, within(1e-12));

    SurveyCounts weighted =
        SurveyCounts.of(
            "retail",
            cells(900.0, 100.0),
            List.of(),
            List.of(new PriceCount("large", 50, 5), new PriceCount("small", 10, 5)));
    found =
        DemandCurveFit.willingness(SegmentWeights.of(weighted), weighted.prices()).orElseThrow();
    // 0.9 · 10 + 0.1 · 50; variance 0.9 · 4² + 0.1 · 36², times 6.0976 / 5.0976.
    assertThat(found.mean()).isCloseTo(14, within(1e-12));
    assertThat(found.respondents()).isEqualTo(6);
    assertThat(found.deviation())
        .isCloseTo(
            Math.sqrt((0.9 * 16 + 0.1 * 1296) * 6.097560975609755 / 5.097560975609755),
            within(1e-9));
  }

  @Test
  void shouldHoldTheOptimumInItsInterval_theSameEveryTimeAndInAnyOrder() {
    List<PriceCount> prices = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      prices.add(new PriceCount("", 100 + (i * 37) % 90, 1 + i % 3));
    }
    List<Cell> cells = List.of(new Cell("", null, 200, 150));

    Optimum first = market(cells, List.of(), prices).curve().optimum();
    Collections.reverse(prices);
    Optimum again = market(cells, List.of(), prices).curve().optimum();

    assertThat(again).isEqualTo(first);
    assertThat(first.price()).isBetween(first.low(), first.high());
    assertThat(first.revenue()).isBetween(first.revenueLow(), first.revenueHigh());
    assertThat(first.resamples()).isEqualTo(2000);
    assertThat(first.seed()).isEqualTo(DemandCurveFit.SEED);
  }

  @Test
  void shouldHoldOneConstantPrice_andNoneAtAll() {
    List<Cell> cells = List.of(new Cell("", null, 20, 20));

    Optimum constant =
        market(cells, List.of(), List.of(new PriceCount("", 99, 20))).curve().optimum();
    assertThat(List.of(constant.price(), constant.low(), constant.high())).containsOnly(99.0);

    assertThat(market(cells, List.of(), List.of(new PriceCount("", 0, 20))).curve().optimum())
        .as("nobody would pay anything")
        .isNull();
    assertThat(market(cells, List.of(), List.of()).curve()).isNull();
  }

  @Test
  void shouldDrawTheCurveAtRoundPrices() {
    List<Cell> cells = List.of(new Cell("", null, 2, 2));

    DemandCurve cents = market(cells, List.of(), prices(0.003, 0.0123)).curve();
    // A step of 0.0005, the next of 1, 2, 5 above 0.0123 / 40.
    assertThat(cents.points().get(5).price()).isEqualTo(0.003);
    assertThat(cents.points().get(5).share().share()).isEqualTo(1);
    assertThat(cents.points().get(24).price()).isEqualTo(0.0125);
    assertThat(cents.points()).hasSize(25);
    assertThat(market(cells, List.of(), prices(0, 0)).curve().points()).isEmpty();
  }

  @Test
  void shouldHoldManySegmentsAndPrices() {
    List<Cell> cells = new ArrayList<>();
    List<PriceCount> prices = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      cells.add(new Cell("s" + i, i % 2 == 0 ? null : 1.0, 1, 1));
      prices.add(new PriceCount("s" + i, 1 + i, 1));
    }

    // Prices 1 to 20,000, one buyer each: p (20,001 − p) is largest at 10,000 and 10,001.
    Optimum optimum = market(cells, List.of(), prices).curve().optimum();
    assertThat(optimum.price()).isEqualTo(10_000);
    assertThat(optimum.resamples()).isEqualTo(1000);
  }

  @Test
  void shouldSayNothingOfPain_whenThoseWithTheNeedWeighNothing() {
    DemandFigures.Market found =
        market(
            List.of(new Cell("gone", 0.0, 5, 5), new Cell("here", 10.0, 5, 0)),
            List.of(new PainCount("gone", "slow", 5)),
            List.of(new PriceCount("gone", 10, 5)));

    assertThat(found.total().share()).isZero();
    assertThat(found.painPoints()).isEmpty();
    assertThat(found.curve()).isNull();
  }
}
