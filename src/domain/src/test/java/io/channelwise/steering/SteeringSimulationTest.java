package io.channelwise.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.steering.SteeringSimulation.Policy;
import io.channelwise.steering.SteeringSimulation.Result;
import io.channelwise.steering.SteeringSimulation.Truth;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SteeringSimulationTest {
  private static final int SEEDS = 20;

  private static List<Truth> truths(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Truth> truths = new ArrayList<>();
    for (int c = 0; c < 5; c++) {
      BigDecimal approved = BigDecimal.valueOf(50_000 + random.nextInt(100_000), 2);
      BigDecimal cap =
          c == 2 ? approved.multiply(new BigDecimal("1.2")).setScale(2, RoundingMode.DOWN) : null;
      truths.add(
          new Truth(
              "c" + c,
              approved,
              cap,
              0.2 + random.nextDouble(),
              0.01 + 0.09 * random.nextDouble()));
    }
    return truths;
  }

  @Test
  void shouldKeepBudgetAndLimits_underEveryPolicy_andLoseLessThanUniform() {
    double steering = 0;
    double uniform = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      List<Truth> truths = truths(seed);
      BigDecimal budget =
          truths.stream().map(Truth::approved).reduce(BigDecimal.ZERO, BigDecimal::add);
      Map<Policy, Result> results = new SteeringSimulation(truths).run(seed);
      for (Result result : results.values()) {
        assertThat(result.spent().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
            .isLessThanOrEqualTo(budget);
        assertThat(result.regret()).isGreaterThan(-1e-9);
        for (int c = 0; c < truths.size(); c++) {
          Arm arm =
              new Arm("c", truths.get(c).approved(), truths.get(c).cap(), BigDecimal.ZERO, 0, 0);
          assertThat(result.spent().get(c)).isLessThanOrEqualTo(arm.limit());
        }
      }
      steering += results.get(Policy.STEERING).regret();
      uniform += results.get(Policy.UNIFORM).regret();
      assertThat(new SteeringSimulation(truths).run(seed)).isEqualTo(results);
    }
    assertThat(steering).isLessThan(uniform);
  }

  @Test
  void shouldFindTheClairvoyantByHand() {
    List<Truth> truths =
        List.of(
            new Truth("a", new BigDecimal("100.00"), null, 1, 0.5),
            new Truth("b", new BigDecimal("100.00"), null, 1, 0.1));
    Map<Policy, Result> results = new SteeringSimulation(truths).run(1);

    // 50 each go out first; a takes the other 100 up to its limit of 150, b keeps 50.
    assertThat(results.get(Policy.CLAIRVOYANT).purchases()).isEqualTo(150 * 0.5 + 5, within(1e-9));
    assertThat(results.get(Policy.FIXED).purchases()).isEqualTo(60, within(0.1));
    assertThat(results.get(Policy.UNIFORM).regret()).isEqualTo(20, within(0.2));
    assertThat(results.get(Policy.STEERING).regret()).isBetween(0.0, 6.0);
  }

  @Test
  void shouldRefuse_withoutAnyChannel() {
    assertThatThrownBy(() -> new SteeringSimulation(List.of()))
        .hasMessageContaining("There is no channel to simulate");
  }
}
