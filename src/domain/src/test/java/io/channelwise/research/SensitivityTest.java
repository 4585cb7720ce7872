package io.channelwise.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.research.Sensitivity.Range;
import io.channelwise.research.Sensitivity.Shift;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SensitivityTest {
  private static final OpportunityWeights EQUAL = new OpportunityWeights(1, 1, 1, 1);

  private static Opportunity market(String name, double... parts) {
    return new Opportunity(
        name, 0, 1, 0, 0, parts[0], parts[1], parts[2], parts[3], 0, 0, 0, false, true, List.of());
  }

  private static double score(double[] weights, Opportunity market) {
    double score = 0;
    for (int k = 0; k < weights.length; k++) {
      score += weights[k] * market.parts()[k];
    }
    return score;
  }

  @Test
  void shouldFindTheExactRange_byHand() {
    Sensitivity found =
        Sensitivity.of(
                EQUAL, List.of(market("a", 0.8, 0.5, 0.5, 0.5), market("b", 0.4, 0.6, 0.5, 0.5)))
            .orElseThrow();

    // Lead 0.4 in need, −0.1 in room. Need at v: 0.4 v − 0.1 (1 − v)/3 = 0 at v = 1/13.
    Range need = found.ranges().get(0);
    assertThat(need.low()).isCloseTo(1.0 / 13, within(1e-12));
    assertThat(need.high()).isEqualTo(1);
    assertThat(need.firstBelow()).isEqualTo("b");
    assertThat(need.firstAbove()).isNull();
    // Room at v: −0.1 v + 0.4 (1 − v)/3 = 0 at v = 4/7.
    Range room = found.ranges().get(1);
    assertThat(room.low()).isZero();
    assertThat(room.high()).isCloseTo(4.0 / 7, within(1e-12));
    assertThat(room.firstAbove()).isEqualTo("b");
    // The lead of 0.075 falls by 0.5 for each weight that moves from need to room.
    assertThat(found.shift().amount()).isCloseTo(0.15, within(1e-12));
    assertThat(List.of(found.shift().from(), found.shift().to(), found.shift().market()))
        .containsExactly("need", "room", "b");
  }

  @Test
  void shouldHaveNoShift_whenTheFirstLeadsInEveryPart() {
    Sensitivity found =
        Sensitivity.of(
                EQUAL, List.of(market("a", 0.8, 0.5, 0.5, 0.5), market("b", 0.4, 0.5, 0.1, 0.2)))
            .orElseThrow();

    assertThat(found.shift()).isNull();
    assertThat(found.ranges())
        .allSatisfy(
            r -> {
              assertThat(r.low()).isZero();
              assertThat(r.high()).isEqualTo(1);
            });
    assertThat(Sensitivity.of(EQUAL, List.of(market("a", 1, 1, 1, 1)))).isEmpty();
  }

  /** Against the ranking itself, just inside and just outside each range, over many markets. */
  @Test
  void shouldAgreeWithTheRanking_onBothSidesOfEachEnd() {
    SplittableRandom random = new SplittableRandom(11);
    for (int run = 0; run < 500; run++) {
      List<Opportunity> markets = markets(random, OpportunityWeights.DEFAULT);
      double[] weights = OpportunityWeights.DEFAULT.array();
      Sensitivity found = Sensitivity.of(OpportunityWeights.DEFAULT, markets).orElseThrow();
      for (int k = 0; k < weights.length; k++) {
        Range range = found.ranges().get(k);
        assertThat(range.weight()).isBetween(range.low(), range.high());
        assertFirst(markets, moved(weights, k, range.low() + 1e-9), markets.get(0).market());
        assertFirst(markets, moved(weights, k, range.high() - 1e-9), markets.get(0).market());
        if (range.firstBelow() != null) {
          assertFirst(markets, moved(weights, k, range.low() - 1e-9), range.firstBelow());
        }
        if (range.firstAbove() != null) {
          assertFirst(markets, moved(weights, k, range.high() + 1e-9), range.firstAbove());
        }
      }
    }
  }

  /** Exhaustive search: no grid of weights nearer than the shift has another market first. */
  @Test
  void shouldMoveAsLittleWeightAsPossible() {
    SplittableRandom random = new SplittableRandom(12);
    for (int run = 0; run < 20; run++) {
      List<Opportunity> markets = markets(random, EQUAL);
      Shift shift = Sensitivity.of(EQUAL, markets).orElseThrow().shift();
      double nearest = nearest(markets, EQUAL.array());
      if (shift == null) {
        assertThat(nearest).isEqualTo(Double.MAX_VALUE);
      } else {
        assertThat(shift.amount()).isLessThanOrEqualTo(nearest + 1e-9);
        assertThat(nearest).isLessThan(shift.amount() + 0.08);
      }
    }
  }

  private static double nearest(List<Opportunity> markets, double[] weights) {
    int steps = 40;
    double nearest = Double.MAX_VALUE;
    for (int a = 0; a <= steps; a++) {
      for (int b = 0; a + b <= steps; b++) {
        for (int c = 0; a + b + c <= steps; c++) {
          double[] w = {a, b, c, steps - a - b - c};
          double distance = 0;
          for (int k = 0; k < w.length; k++) {
            w[k] /= steps;
            distance += Math.abs(w[k] - weights[k]) / 2;
          }
          for (Opportunity rival : markets.subList(1, markets.size())) {
            if (score(w, rival) > score(w, markets.get(0)) + 1e-12) {
              nearest = Math.min(nearest, distance);
            }
          }
        }
      }
    }
    return nearest;
  }

  private static List<Opportunity> markets(SplittableRandom random, OpportunityWeights weights) {
    List<Opportunity> markets = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(4); i++) {
      markets.add(
          market(
              "m" + i,
              random.nextDouble(),
              random.nextDouble(),
              random.nextDouble(),
              random.nextDouble()));
    }
    markets.sort(Comparator.comparingDouble(m -> -score(weights.array(), m)));
    return markets;
  }

  private static double[] moved(double[] weights, int part, double weight) {
    double v = Math.max(0, Math.min(1, weight));
    double[] moved = new double[weights.length];
    for (int k = 0; k < weights.length; k++) {
      moved[k] = k == part ? v : weights[k] * (1 - v) / (1 - weights[part]);
    }
    return moved;
  }

  private static void assertFirst(List<Opportunity> markets, double[] weights, String expected) {
    double best = markets.stream().mapToDouble(m -> score(weights, m)).max().orElseThrow();
    double own =
        markets.stream()
            .filter(m -> m.market().equals(expected))
            .mapToDouble(m -> score(weights, m))
            .findFirst()
            .orElseThrow();
    assertThat(own).isCloseTo(best, within(1e-8));
  }

  @Test
  void shouldRefuseWeightsThatAreNone() {
    assertThatThrownBy(() -> new OpportunityWeights(1, -0.1, 0, 0))
        .hasMessage(
            "The weight room of the opportunity score is -0.1; expected a number of at least 0.");
    assertThatThrownBy(() -> new OpportunityWeights(0, 0, 0, 0)).hasMessageContaining("all 0");
    assertThatThrownBy(() -> new OpportunityWeights(Double.NaN, 0, 0, 1))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new OpportunityWeights(0, Double.POSITIVE_INFINITY, 0, 1))
        .isInstanceOfSatisfying(
            InvalidWeightsException.class,
            e -> assertThat(e.reason().zh()).isEqualTo("机会评分的权重“空间”为 Infinity；应为不小于 0 的数。"));
    assertThatThrownBy(() -> OpportunityWeights.of(1.0, 1.0, null, 1.0))
        .hasMessageStartingWith("The weight growth of the opportunity score is missing");
    assertThat(new OpportunityWeights(2, 1, 1, 0).need()).isEqualTo(0.5);
    assertThat(new OpportunityWeights(1e308, 1e308, 1e308, 1e308).payment()).isEqualTo(0.25);
  }
}
