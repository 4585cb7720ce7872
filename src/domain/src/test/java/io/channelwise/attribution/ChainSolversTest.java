package io.channelwise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChainSolversTest {

  /** The chain of some paths. */
  private static MarkovChain chain(Paths paths, int order) {
    TransitionGraph graph = new TransitionGraph(paths, order);
    return MarkovChain.of(graph, graph.probabilities(Sample.all(paths)), null);
  }

  @Test
  void shouldAgree_directAndBracketed() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Paths paths = RandomPaths.of(random, 2 + random.nextInt(5), 300, 0.9);
      TransitionGraph graph = new TransitionGraph(paths, 1 + random.nextInt(3));
      double[] steps = graph.probabilities(Sample.all(paths));
      BracketSweeps sweeps = new BracketSweeps(graph, steps, null);
      for (int removed = -1; removed < paths.channels().size(); removed++) {
        double exact = StateElimination.conversion(graph, steps, null, removed);
        BracketSweeps.Bracket bracket = sweeps.conversion(removed, sweeps.room());

        assertThat(bracket.error()).isLessThan(1e-14);
        assertThat(bracket.value()).isEqualTo(exact, within(1e-13));
        assertThat(sweeps.warm(removed, sweeps.room())).isEqualTo(exact, within(1e-7));
      }
    }
  }

  @Test
  void shouldStayExact_whenPathsAreVeryLong() {
    // One channel touched on and on: 1 path of 100,000 touches converts, 3 of one touch are lost.
    Paths.Builder builder = new Paths.Builder(List.of("a", "b"));
    for (int i = 0; i < 100_000; i++) {
      builder.touch("a");
    }
    builder.convert();
    Paths paths = builder.path(List.of("a"), false).path(List.of("a"), false).build();
    TransitionGraph graph = new TransitionGraph(paths, 1);
    double[] steps = graph.probabilities(Sample.all(paths));

    assertThat(StateElimination.conversion(graph, steps, null, -1))
        .isEqualTo(1 / 3.0, within(1e-15));
    assertThat(StateElimination.conversion(graph, steps, null, 0)).isZero();
    assertThat(StateElimination.conversion(graph, steps, null, 1))
        .isEqualTo(1 / 3.0, within(1e-15));
  }

  @Test
  void shouldSolveLargeChains_withAProvenBound() {
    // 12 channels at order 3 have more states than are eliminated directly.
    Paths paths = RandomPaths.of(new Random(3), 12, 6_000, 0.8);
    TransitionGraph graph = new TransitionGraph(paths, 3);
    assertThat(graph.states()).isGreaterThan(StateElimination.STATES_MAX);

    MarkovChain chain = chain(paths, 3);

    assertThat(chain.errorBound()).isLessThan(1e-12);
    assertThat(chain.conversion())
        .isEqualTo((double) paths.conversions() / paths.count(), within(1e-12));
    double[] steps = graph.probabilities(Sample.all(paths));
    double without = StateElimination.conversion(graph, steps, null, 4);
    assertThat(chain.effects()[4]).isEqualTo(1 - without / chain.conversion(), within(1e-12));
  }

  @Test
  void shouldResampleToNearlyTheSameEffects_fromTheDataItself() {
    Paths paths = RandomPaths.of(new Random(4), 5, 500, 0.8);
    MarkovChain chain = chain(paths, 2);

    assertThat(chain.effects(new TransitionGraph(paths, 2).probabilities(Sample.all(paths)), null))
        .containsExactly(chain.effects(), within(1e-7));
  }

  @Test
  void shouldSampleShapleyValues_withinTheirErrors() {
    for (int seed = 0; seed < 5; seed++) {
      Paths paths = RandomPaths.of(new Random(seed), 10, 2_000, 0.8);
      TransitionGraph graph = new TransitionGraph(paths, 1);
      ChainGame game = new ChainGame(graph, graph.probabilities(Sample.all(paths)), null);
      double[] exact = game.exact();

      ChainGame.Values sampled = game.sampled(seed, 400);

      for (int c = 0; c < exact.length; c++) {
        assertThat(sampled.standardErrors()[c]).isPositive();
        assertThat(sampled.values()[c])
            .isEqualTo(exact[c], within(5 * sampled.standardErrors()[c]));
      }
      assertThat(Arrays.stream(sampled.values()).sum())
          .isEqualTo((double) paths.conversions() / paths.count(), within(1e-12));
    }
  }

  @Test
  void shouldSample_beyondFifteenChannels() {
    Paths paths = RandomPaths.of(new Random(1), 18, 3_000, 0.8);
    Attribution attribution =
        Attributor.attribute(paths, AttributionSettings.DEFAULT.withReplications(10));

    assertThat(attribution.model(Attribution.Kind.SHAPLEY_CHAIN).orElseThrow().credits())
        .allSatisfy(c -> assertThat(c.standardError()).isPositive().isLessThan(0.01));
    assertThat(attribution.model(Attribution.Kind.SHAPLEY).orElseThrow().credits())
        .allSatisfy(c -> assertThat(c.standardError()).isZero());
  }
}
