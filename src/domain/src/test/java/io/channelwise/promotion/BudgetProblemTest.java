package io.channelwise.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.channel.Attraction;
import io.channelwise.channel.ChannelEffects;
import io.channelwise.channel.ChannelEffects.Basis;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BudgetProblemTest {
  private static final Attraction NO_CLICKS = new Attraction(0, List.of(), List.of(), List.of());

  /** A sharing of the time when fees were taken from the budget. */
  private static SharingInputs recorded(double budget) {
    BigDecimal money = BigDecimal.valueOf(budget).setScale(2);
    return new SharingInputs(
        money,
        BigDecimal.ZERO,
        new BudgetProblem(
            money,
            "CNY",
            List.of(candidate("alpha", 500), candidate("beta", 300)),
            NO_CLICKS,
            new ChannelEffects(Basis.CLICKS, List.of(), Map.of())));
  }

  private static BudgetProblem.Candidate candidate(String channel, double reach) {
    return new BudgetProblem.Candidate(
        channel, reach, 600, null, BigDecimal.ZERO.setScale(2), null);
  }

  @Test
  void shouldReplayOldSharings_withTheFixedCostsTheyHad() {
    // Both fees are 1,200: alpha alone, with the larger reach, and 400 left for it.
    Sharing sharing = recorded(1_000).again(1, null, null);

    assertThat(sharing.fixedCosts()).isEqualByComparingTo("600");
    assertThat(sharing.of("alpha").orElseThrow().amount()).isEqualByComparingTo("400");
    assertThat(sharing.of("beta").orElseThrow().amount()).isEqualByComparingTo("0");
    assertThatThrownBy(() -> recorded(1_000).again(1, 500.0, null))
        .isInstanceOf(SharingRefusedException.class)
        .hasMessageContaining("raise the budget");
  }

  /** Plans of activities, money spent, nobody reached, tiny and large budgets, as they come. */
  @Test
  void shouldNeverExceedTheBudgetNorCaps_norDependOnTheOrder() {
    int shared = 0;
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      List<BudgetProblem.Candidate> candidates = candidates(random, true);
      double budget = Math.round(Math.pow(10, -2 + 9 * random.nextDouble()) * 100 + 1) / 100.0;
      Sharing sharing;
      try {
        sharing = sharing(candidates, budget);
      } catch (SharingRefusedException refused) {
        assertThat(refused.getMessage()).as("seed %d", seed).contains("budget");
        continue;
      }
      shared++;
      BigDecimal sum = sharing.unspent().add(sharing.fixedCosts());
      for (Sharing.Share share : sharing.shares()) {
        BudgetProblem.Candidate own =
            candidates.stream()
                .filter(c -> c.channel().equals(share.channel()))
                .findFirst()
                .orElseThrow();
        assertThat(share.amount()).as("seed %d", seed).isGreaterThanOrEqualTo(own.spent());
        assertThat(share.amount().doubleValue())
            .as("seed %d", seed)
            .isLessThanOrEqualTo(own.cap() + 1e-9);
        sum = sum.add(share.amount());
      }
      assertThat(sum).as("seed %d", seed).isEqualByComparingTo(sharing.budget());
      Collections.reverse(candidates);
      assertThat(sharing(candidates, budget)).as("seed %d", seed).isEqualTo(sharing);
    }
    assertThat(shared).isGreaterThan(75);
  }

  @Test
  void shouldNeverBeWorse_withMoreMoney() {
    for (int seed = 0; seed < 60; seed++) {
      List<BudgetProblem.Candidate> candidates = candidates(new Random(seed), seed % 2 == 0);
      SharingInputs inputs = inputs(candidates, 1_000);
      double before = Double.NEGATIVE_INFINITY;
      for (double budget : new double[] {500, 500.01, 510, 1_000, 9_999_999}) {
        Double objective = inputs.again(1, budget, null).objective();
        assertThat(objective).as("seed %d", seed).isGreaterThanOrEqualTo(before - 1e-8);
        before = objective;
      }
    }
  }

  @Test
  void shouldLowerLeastAmountsWithTheBudget() {
    // Plans of 100 and 200: of a budget of 60, a fifth of their sum, a fifth of 50 and of 100 is
    // the least, and shares by reach, 36 and 24, keep it. Half of the plans would leave one out.
    List<BudgetProblem.Candidate> candidates =
        List.of(
            new BudgetProblem.Candidate("a", 600, 0, 100.0, BigDecimal.ZERO, null),
            new BudgetProblem.Candidate("b", 400, 0, 200.0, BigDecimal.ZERO, null));

    assertThat(sharing(candidates, 60).shares())
        .extracting(share -> share.amount().doubleValue())
        .containsExactly(36.0, 24.0);
  }

  /**
   * @param planned whether activities plan budgets
   */
  private static List<BudgetProblem.Candidate> candidates(Random random, boolean planned) {
    List<BudgetProblem.Candidate> candidates = new ArrayList<>();
    int channels = 1 + random.nextInt(5);
    for (int c = 0; c < channels; c++) {
      double reach = random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000);
      Double plan = planned && random.nextBoolean() ? random.nextInt(100_000) / 7.0 : null;
      BigDecimal spent = BigDecimal.valueOf(random.nextInt(3) == 0 ? random.nextInt(9_000) : 0, 2);
      candidates.add(new BudgetProblem.Candidate("c" + c, reach, 0, plan, spent, null));
    }
    return candidates;
  }

  private static SharingInputs inputs(List<BudgetProblem.Candidate> candidates, double budget) {
    BigDecimal money = BigDecimal.valueOf(budget).setScale(2, RoundingMode.HALF_UP);
    return new SharingInputs(
        money,
        BigDecimal.ZERO,
        new BudgetProblem(
            money,
            "CNY",
            candidates,
            NO_CLICKS,
            new ChannelEffects(Basis.CLICKS, List.of(), Map.of())));
  }

  private static Sharing sharing(List<BudgetProblem.Candidate> candidates, double budget) {
    return inputs(candidates, budget).again(1, null, null);
  }
}
