package io.channelwise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.attribution.Attribution.Credit;
import io.channelwise.attribution.Attribution.Kind;
import io.channelwise.attribution.Attribution.Model;
import io.channelwise.attribution.Attribution.Removal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Expected values: numpy.linalg.solve on the whole linear system with the mean revenue of each
 * state on its right-hand side, all 24 permutations for Shapley values, hand arithmetic for the
 * rest.
 */
class RevenueTest {
  private static final List<String> CHANNELS = List.of("A", "B", "C", "D");
  private static final AttributionSettings POINTS = AttributionSettings.DEFAULT.withReplications(0);

  /**
   * @param revenue below 0 for a lost path
   */
  private record Taken(String touches, double revenue) {}

  private static final List<Taken> TAKEN =
      List.of(
          new Taken("A B C", 10),
          new Taken("A B C", 30),
          new Taken("C", 100),
          new Taken("A B", 0),
          new Taken("A A B C A", 40),
          new Taken("C B A C", 20),
          new Taken("A", -1),
          new Taken("A", -1),
          new Taken("A", -1),
          new Taken("B C", -1),
          new Taken("B A", -1),
          new Taken("B A", -1),
          new Taken("D", -1),
          new Taken("D", -1),
          new Taken("A D", -1));

  private static Paths paths(List<Taken> taken) {
    Paths.Builder builder = new Paths.Builder(CHANNELS);
    for (Taken t : taken) {
      List.of(t.touches().split(" ")).forEach(builder::touch);
      if (t.revenue() >= 0) {
        builder.convert(t.revenue());
      } else {
        builder.lose();
      }
    }
    return builder.build();
  }

  private static double[] shares(Attribution attribution, Kind kind) {
    return attribution.revenueModel(kind).orElseThrow().credits().stream()
        .mapToDouble(Credit::share)
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.569230769230769, 0.551807228915663, 0.826190476190476",
    "2, 0.45, 0.5, 1",
    "3, 0.5, 0.5, 1"
  })
  void shouldFindWhatRevenueWouldBeLost_asNumpyDoes(int order, double a, double b, double c) {
    Attribution attribution = Attributor.attribute(paths(TAKEN), POINTS.withOrder(order));

    assertThat(attribution.revenue()).isEqualTo(200);
    assertThat(attribution.markov().removals().stream().mapToDouble(Removal::revenueEffect))
        .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-14 ? 0 : 1)
        .containsExactly(a, b, c, 0.0);
    double sum = a + b + c;
    assertThat(shares(attribution, Kind.MARKOV))
        .containsExactly(new double[] {a / sum, b / sum, c / sum, 0}, within(1e-14));
    assertThat(attribution.revenueModel(Kind.MARKOV).orElseThrow().of("C").orElseThrow().amount())
        .isEqualTo(200 * c / sum, within(1e-11));
  }

  @Test
  void shouldShareRevenue_asByHandAndByAllPermutations() {
    Attribution attribution = Attributor.attribute(paths(TAKEN), POINTS);

    // 40 by A B C, 100 by C, 40 by A A B C A, 20 by C B A C.
    assertThat(shares(attribution, Kind.FIRST))
        .containsExactly(new double[] {0.4, 0, 0.6, 0}, within(1e-15));
    assertThat(shares(attribution, Kind.LAST))
        .containsExactly(new double[] {0.2, 0, 0.8, 0}, within(1e-15));
    double a = 40 / 3.0 + 24 + 5;
    double b = 40 / 3.0 + 8 + 5;
    assertThat(shares(attribution, Kind.LINEAR))
        .containsExactly(new double[] {a / 200, b / 200, (200 - a - b) / 200, 0}, within(1e-15));
    a = 16 + 32 + 8 / 3.0 + 2;
    b = 8 + 8 / 3.0 + 2;
    assertThat(shares(attribution, Kind.POSITION))
        .containsExactly(new double[] {a / 200, b / 200, (200 - a - b) / 200, 0}, within(1e-15));
    assertThat(shares(attribution, Kind.SHAPLEY))
        .containsExactly(new double[] {1 / 6.0, 1 / 6.0, 2 / 3.0, 0}, within(1e-15));
    assertThat(shares(attribution, Kind.SHAPLEY_CHAIN))
        .containsExactly(
            new double[] {0.299759845241773, 0.224381408417553, 0.475858746340674, 0},
            within(1e-14));
    assertThat(attribution.explanation().en())
        .contains("Of the revenue of 200.00 channel C earns most, 51.3 %");
    assertThat(attribution.explanation().zh()).contains("在 200.00 的收入中，渠道“C”贡献最多");
  }

  @Test
  void shouldLeavePurchasesAsTheyAre_whateverTheyBrought() {
    List<Taken> unpriced =
        TAKEN.stream().map(t -> new Taken(t.touches(), Math.min(0, t.revenue()))).toList();

    Attribution with = Attributor.attribute(paths(TAKEN), AttributionSettings.DEFAULT);
    Attribution without = Attributor.attribute(paths(unpriced), AttributionSettings.DEFAULT);

    assertThat(with.models()).isEqualTo(without.models());
    assertThat(without.revenueModels()).isEmpty();
    assertThat(without.revenue()).isZero();
    assertThat(without.explanation().en()).doesNotContain("revenue");
  }

  @Test
  void shouldShareRevenueLikePurchases_whereEachBroughtTheSame() {
    for (int seed = 0; seed < 10; seed++) {
      Paths paths = RandomPaths.of(new Random(seed), 5, 200, 0.7, random -> 12.5);
      Attribution attribution =
          Attributor.attribute(paths, new AttributionSettings(2, 30, 0.9, seed));

      for (Model model : attribution.models()) {
        Model revenue = attribution.revenueModel(model.kind()).orElseThrow();
        for (Credit credit : model.credits()) {
          Credit same = revenue.of(credit.channel()).orElseThrow();
          assertThat(same.share()).isEqualTo(credit.share(), within(1e-12));
          assertThat(same.low()).isEqualTo(credit.low(), within(1e-6));
          assertThat(same.high()).isEqualTo(credit.high(), within(1e-6));
        }
      }
    }
  }

  @Test
  void shouldGiveTheSameAnswer_whateverTheOrderOfPathsAndThreads() {
    List<Taken> shuffled = new ArrayList<>(TAKEN);
    Attribution attribution = Attributor.attribute(paths(TAKEN), AttributionSettings.DEFAULT);
    for (int run = 0; run < 10; run++) {
      Collections.shuffle(shuffled, new Random(run));
      assertThat(Attributor.attribute(paths(shuffled), AttributionSettings.DEFAULT))
          .isEqualTo(attribution);
    }
  }

  @Test
  void shouldHoldTheTruth_inAboutAsManyIntervalsAsTheLevelSays() {
    int inside = 0;
    for (int seed = 0; seed < 80; seed++) {
      Random random = new Random(seed);
      Paths.Builder builder = new Paths.Builder(List.of("a", "b"));
      for (int i = 0; i < 400; i++) {
        // P(a) = 0.5; a and b convert at 0.2; a brings 30 on average, b 10: a earns 3 of 4.
        boolean first = random.nextBoolean();
        builder.touch(first ? "a" : "b");
        if (random.nextDouble() < 0.2) {
          builder.convert((first ? 60 : 20) * random.nextDouble());
        } else {
          builder.lose();
        }
      }
      Attribution attribution =
          Attributor.attribute(builder.build(), new AttributionSettings(1, 200, 0.9, seed));
      Credit credit = attribution.revenueModel(Kind.MARKOV).orElseThrow().credits().get(0);
      inside += credit.low() <= 0.75 && 0.75 <= credit.high() ? 1 : 0;
    }
    // Binomial(80, 0.9) is in 64..79 with probability above 0.999.
    assertThat(inside).isGreaterThanOrEqualTo(64);
  }

  @Test
  void shouldSolveLargeChainsOfRevenue_asElimination() {
    Paths paths = RandomPaths.of(new Random(3), 12, 6_000, 0.8, random -> 1 + random.nextInt(500));
    TransitionGraph graph = new TransitionGraph(paths, 3);
    assertThat(graph.states()).isGreaterThan(StateElimination.STATES_MAX);
    Sample all = Sample.all(paths);
    double[] worth = graph.worth(all);

    double[] steps = graph.probabilities(all);

    MarkovChain chain = MarkovChain.of(graph, steps, worth);

    double whole = StateElimination.conversion(graph, steps, worth, -1);
    double without = StateElimination.conversion(graph, steps, worth, 4);
    assertThat(chain.effects()[4]).isEqualTo(1 - without / whole, within(1e-12));
    assertThat(chain.effects(steps, worth)).containsExactly(chain.effects(), within(1e-6));
  }

  @Test
  void shouldRefuseARevenueThatIsNone() {
    for (double revenue : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Paths.Builder(CHANNELS).touch("A").convert(revenue))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a finite number from 0 on is expected");
    }
  }
}
