package io.channelwise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.attribution.Attribution.Credit;
import io.channelwise.attribution.Attribution.Kind;
import io.channelwise.attribution.Attribution.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expected values: numpy.linalg.solve on the whole linear system for the chains, all 24
 * permutations for Shapley values, hand arithmetic for the rest.
 */
class AttributorTest {
  private static final List<String> CHANNELS = List.of("D", "C", "B", "A");

  private record Taken(String touches, boolean bought, int times) {}

  private static final List<Taken> TAKEN =
      List.of(
          new Taken("A B C", true, 2),
          new Taken("A", false, 3),
          new Taken("B C", false, 1),
          new Taken("C", true, 1),
          new Taken("A B", true, 1),
          new Taken("A A B C A", true, 1),
          new Taken("B A", false, 2),
          new Taken("C B A C", true, 1),
          new Taken("D", false, 2),
          new Taken("A D", false, 1));

  private static Paths paths(List<Taken> taken) {
    Paths.Builder builder = new Paths.Builder(CHANNELS);
    for (Taken t : taken) {
      for (int i = 0; i < t.times(); i++) {
        builder.path(List.of(t.touches().split(" ")), t.bought());
      }
    }
    return builder.build();
  }

  private static Attribution point(int order) {
    return Attributor.attribute(
        paths(TAKEN), AttributionSettings.DEFAULT.withOrder(order).withReplications(0));
  }

  private static double[] shares(Attribution attribution, Kind kind) {
    return attribution.model(kind).orElseThrow().credits().stream()
        .mapToDouble(Credit::share)
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, 0.567307692307692, 0.626506024096386, 0.720238095238095",
    "2, 13, 0.75, 0.833333333333333, 0.833333333333333",
    "3, 16, 0.833333333333333, 0.833333333333333, 0.833333333333333"
  })
  void shouldFindRemovalEffects_asNumpyDoes(int order, int states, double a, double b, double c) {
    Attribution attribution = point(order);

    assertThat(attribution.markov().states()).isEqualTo(states);
    assertThat(attribution.markov().conversionProbability()).isEqualTo(6.0 / 15, within(1e-15));
    double[] effects =
        attribution.markov().removals().stream().mapToDouble(r -> r.effect()).toArray();
    assertThat(effects).containsExactly(new double[] {a, b, c, 0}, within(1e-14));
    double sum = a + b + c;
    assertThat(shares(attribution, Kind.MARKOV))
        .containsExactly(new double[] {a / sum, b / sum, c / sum, 0}, within(1e-14));
  }

  @Test
  void shouldShareByRules_asByHand() {
    Attribution attribution = point(2);

    // Six purchases: A B C twice, C, A B, A A B C A, C B A C.
    assertThat(shares(attribution, Kind.FIRST))
        .containsExactly(new double[] {4 / 6.0, 0, 2 / 6.0, 0}, within(1e-15));
    assertThat(shares(attribution, Kind.LAST))
        .containsExactly(new double[] {1 / 6.0, 1 / 6.0, 4 / 6.0, 0}, within(1e-15));
    double a = 2 / 3.0 + 0.5 + 0.6 + 0.25;
    double b = 2 / 3.0 + 0.5 + 0.2 + 0.25;
    double c = 2 / 3.0 + 1 + 0.2 + 0.5;
    assertThat(shares(attribution, Kind.LINEAR))
        .containsExactly(new double[] {a / 6, b / 6, c / 6, 0}, within(1e-15));
    // 0.4 at the ends, 0.2 between; two touches halve; A B C: B has 0.2.
    a = 0.8 + 0.5 + (0.8 + 0.2 / 3) + 0.1;
    b = 0.4 + 0.5 + 0.2 / 3 + 0.1;
    c = 0.8 + 1 + 0.2 / 3 + 0.8;
    assertThat(shares(attribution, Kind.POSITION))
        .containsExactly(new double[] {a / 6, b / 6, c / 6, 0}, within(1e-15));
  }

  @Test
  void shouldFindShapleyValues_asAllPermutationsDo() {
    Attribution attribution = point(2);

    assertThat(shares(attribution, Kind.SHAPLEY))
        .containsExactly(
            new double[] {0.305555555555556, 0.305555555555556, 0.388888888888889, 0},
            within(1e-14));
    assertThat(shares(attribution, Kind.SHAPLEY_CHAIN))
        .containsExactly(
            new double[] {0.292852882837823, 0.298146493176614, 0.409000623985564, 0},
            within(1e-14));
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
  void shouldSumToOneInsideItsIntervals_forAnyPaths() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      Paths paths = RandomPaths.of(random, 1 + random.nextInt(6), 1 + random.nextInt(200), 0.7);
      Attribution attribution =
          Attributor.attribute(
              paths, new AttributionSettings(1 + random.nextInt(3), 20, 0.9, seed));

      if (paths.conversions() == 0) {
        assertThat(attribution.models()).isEmpty();
        continue;
      }
      assertThat(attribution.markov().conversionProbability())
          .isEqualTo((double) paths.conversions() / paths.count(), within(1e-12));
      for (Model model : attribution.models()) {
        assertThat(model.credits().stream().mapToDouble(Credit::share).sum())
            .isEqualTo(1, within(1e-12));
        assertThat(model.credits())
            .allSatisfy(
                c -> {
                  assertThat(c.share()).isBetween(-1e-12, 1 + 1e-12);
                  assertThat(c.low()).isLessThanOrEqualTo(c.share());
                  assertThat(c.high()).isGreaterThanOrEqualTo(c.share());
                });
      }
    }
  }

  @Test
  void shouldHoldTheTruth_inAboutAsManyIntervalsAsTheLevelSays() {
    int inside = 0;
    int intervals = 0;
    for (int seed = 0; seed < 80; seed++) {
      Random random = new Random(seed);
      Paths.Builder builder = new Paths.Builder(List.of("a", "b"));
      for (int i = 0; i < 400; i++) {
        // One touch a path, P(a) = 0.5; a converts at 0.3, b at 0.1: a earns 3 of 4 purchases.
        boolean first = random.nextBoolean();
        builder.path(List.of(first ? "a" : "b"), random.nextDouble() < (first ? 0.3 : 0.1));
      }
      Attribution attribution =
          Attributor.attribute(builder.build(), new AttributionSettings(1, 200, 0.9, seed));
      Credit credit = attribution.model(Kind.MARKOV).orElseThrow().credits().get(0);
      inside += credit.low() <= 0.75 && 0.75 <= credit.high() ? 1 : 0;
      intervals++;
    }
    // Binomial(80, 0.9) is in 64..79 with probability above 0.999.
    assertThat(inside).isBetween(64, intervals);
  }

  @Test
  void shouldAnswer_withASinglePath() {
    Paths paths = new Paths.Builder(List.of("a", "b")).path(List.of("a"), true).build();

    Attribution attribution = Attributor.attribute(paths, AttributionSettings.DEFAULT);

    for (Model model : attribution.models()) {
      Credit credit = model.of("a").orElseThrow();
      assertThat(List.of(credit.share(), credit.low(), credit.high()))
          .as(model.kind().name())
          .containsOnly(1.0);
      assertThat(model.of("b").orElseThrow().share()).isZero();
      assertThat(model.of("c")).isEmpty();
    }
    assertThat(attribution.explanation().en()).contains("a single touch, so all models agree");
  }

  @Test
  void shouldGiveNothing_toAChannelThatNeverLeadsToAPurchase() {
    Paths paths =
        new Paths.Builder(List.of("a", "b", "c"))
            .path(List.of("a"), true)
            .path(List.of("b", "c", "b"), false)
            .build();

    Attribution attribution = Attributor.attribute(paths, AttributionSettings.DEFAULT);

    assertThat(attribution.models())
        .allSatisfy(m -> assertThat(m.of("a").orElseThrow().share()).isEqualTo(1));
    assertThat(attribution.explanation().en()).contains("resamples held none");
  }

  /** The chain leaves a state that loops 50,000 times with a probability of 1 in 50,000. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void shouldStayExact_whenStatesAreDisconnectedOrAPathOnlyLoops(int order) {
    List<String> loop = Collections.nCopies(50_000, "a");
    AttributionSettings settings = AttributionSettings.DEFAULT.withOrder(order);
    Attribution lost =
        Attributor.attribute(
            new Paths.Builder(List.of("a", "b", "c"))
                .path(loop, false)
                .path(List.of("b"), true)
                .build(),
            settings);
    Attribution bought =
        Attributor.attribute(
            new Paths.Builder(List.of("a", "b")).path(loop, true).build(), settings);
    // Two islands, each with half of the purchases.
    Attribution islands =
        Attributor.attribute(
            new Paths.Builder(List.of("a", "b", "c", "d"))
                .path(List.of("a", "b", "a", "b"), true)
                .path(List.of("c", "d", "c", "d"), true)
                .build(),
            settings);

    assertThat(lost.markov().conversionProbability()).isEqualTo(0.5, within(1e-14));
    assertThat(lost.models())
        .allSatisfy(
            m -> {
              assertThat(m.of("b").orElseThrow().share()).isEqualTo(1, within(1e-12));
              assertThat(m.of("a").orElseThrow().share()).isZero();
              assertThat(m.of("c").orElseThrow().share()).isZero();
            });
    assertThat(bought.markov().conversionProbability()).isEqualTo(1, within(1e-14));
    assertThat(bought.models())
        .allSatisfy(m -> assertThat(m.of("a").orElseThrow().share()).isEqualTo(1, within(1e-12)));
    assertThat(islands.model(Kind.MARKOV).orElseThrow().credits())
        .extracting(Credit::share)
        .allSatisfy(share -> assertThat(share).isEqualTo(0.25, within(1e-12)));
  }

  /** Who goes to and fro 500 times before the end earns what one who goes once does. */
  @Test
  void shouldHaveTheSameIntervals_howeverOftenPathsGoToAndFro() {
    List<List<Credit>> credits = new ArrayList<>();
    for (int rounds : new int[] {1, 500}) {
      List<String> toAndFro = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        toAndFro.addAll(List.of("a", "b"));
      }
      Paths.Builder builder = new Paths.Builder(List.of("a", "b", "c"));
      for (int i = 0; i < 100; i++) {
        builder.path(toAndFro, i % 2 == 0).path(List.of("c"), i % 10 == 0);
      }
      Attribution attribution =
          Attributor.attribute(builder.build(), AttributionSettings.DEFAULT.withOrder(1));
      credits.add(attribution.model(Kind.MARKOV).orElseThrow().credits());
    }

    // Effects 5/6, 5/6 and 1/6.
    for (int c = 0; c < 3; c++) {
      Credit once = credits.get(0).get(c);
      Credit often = credits.get(1).get(c);
      assertThat(once.share()).isEqualTo(c < 2 ? 5 / 11.0 : 1 / 11.0, within(1e-12));
      assertThat(often.share()).isEqualTo(once.share(), within(1e-12));
      assertThat(often.low()).isEqualTo(once.low(), within(1e-6));
      assertThat(often.high()).isEqualTo(once.high(), within(1e-6));
    }
  }

  @Test
  void shouldSayThatNothingWasBought() {
    Paths paths = new Paths.Builder(List.of("a")).path(List.of("a"), false).build();

    Attribution attribution = Attributor.attribute(paths, AttributionSettings.DEFAULT);

    assertThat(attribution.models()).isEmpty();
    assertThat(attribution.explanation().en())
        .isEqualTo(
            "None of 1 paths ended in a purchase, so there is nothing to attribute; bring events of"
                + " type purchase.");
    assertThat(
            Attributor.attribute(new Paths.Builder(List.of()).build(), AttributionSettings.DEFAULT))
        .extracting(Attribution::paths)
        .isEqualTo(0L);
  }

  @Test
  void shouldRefuse_settingsAndPathsThatMakeNoSense() {
    assertThatThrownBy(() -> new AttributionSettings(4, 1, 0.9, 1))
        .hasMessage("The order of the Markov chain is 4; it must be 1 to 3.");
    assertThatThrownBy(() -> new AttributionSettings(1, -1, 0.9, 1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new AttributionSettings(1, 1, Double.NaN, 1))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Paths.Builder(List.of("a", "a"))).hasMessageContaining("once");
    assertThatThrownBy(() -> new Paths.Builder(List.of("a")).touch("b"))
        .hasMessageContaining("Channel b is touched");
    assertThatThrownBy(() -> new Paths.Builder(List.of("a")).convert())
        .isInstanceOf(IllegalStateException.class);
  }
}
