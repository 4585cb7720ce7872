package io.channelwise.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.allocation.AllocationAnswer.Binding;
import io.channelwise.allocation.AllocationAnswer.Limit;
import io.channelwise.allocation.AllocationAnswer.Share;
import java.math.BigDecimal;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for every problem; own loops over seeds. */
class AllocationPropertiesTest {
  private static final int SEEDS = 300;

  /** f as it stands in the documentation of the problem, written again. */
  private static double objective(AllocationProblem problem, double[] amounts) {
    double[] p = problem.weights();
    double whole = 0;
    double sum = 0;
    for (int u = 0; u < p.length; u++) {
      double z = 0;
      for (int c = 0; c < amounts.length; c++) {
        double k = problem.channels().get(c).halfSaturation();
        double b = problem.reference();
        double h =
            Double.isInfinite(k) ? amounts[c] / b : amounts[c] / (amounts[c] + k) * ((b + k) / b);
        z += problem.attraction()[c][u] * h;
      }
      sum += p[u] * Math.log(z);
      whole += p[u];
    }
    return sum / whole;
  }

  /** Somewhere allowed: floors, and a random part of what is left, caps kept. */
  private static double[] anywhere(AllocationProblem problem, SplittableRandom random) {
    int n = problem.channels().size();
    double[] amounts = problem.channels().stream().mapToDouble(ChannelTerms::floor).toArray();
    double left = problem.budget() - IntStream.range(0, n).mapToDouble(c -> amounts[c]).sum();
    for (int round = 0; round < 4 * n; round++) {
      int c = random.nextInt(n);
      double room = problem.channels().get(c).cap() - amounts[c];
      double more = Math.min(room, left * random.nextDouble());
      amounts[c] += more;
      left -= more;
    }
    return amounts;
  }

  @Test
  void shouldBeCertified_andKeepEveryLimit() {
    for (int seed = 0; seed < SEEDS; seed++) {
      AllocationProblem problem = RandomProblems.continuous(seed);

      AllocationAnswer answer = Allocator.solve(problem);

      assertThat(answer.dualityGap()).as("seed %d", seed).isLessThanOrEqualTo(1e-11);
      double[] optimum =
          answer.shares().stream().mapToDouble(s -> s.share() * problem.budget()).toArray();
      Map<String, Double> amounts =
          answer.shares().stream()
              .collect(Collectors.toMap(Share::channel, s -> s.share() * problem.budget()));
      assertThat(problem.objective(amounts)).isEqualTo(answer.objective(), within(1e-10));
      assertThat(objective(problem, optimum)).isEqualTo(answer.objective(), within(1e-10));
      SplittableRandom random = new SplittableRandom(seed + 1_000_000L);
      for (int other = 0; other < 20; other++) {
        assertThat(objective(problem, anywhere(problem, random)))
            .as("seed %d", seed)
            .isLessThanOrEqualTo(answer.objective() + answer.dualityGap() + 1e-14);
      }
      keepsLimits(problem, answer);
    }
  }

  private static void keepsLimits(AllocationProblem problem, AllocationAnswer answer) {
    BigDecimal sum = answer.fixedCosts().add(answer.unspent());
    for (int c = 0; c < answer.shares().size(); c++) {
      Share share = answer.shares().get(c);
      ChannelTerms terms = problem.channels().get(c);
      sum = sum.add(share.amount());
      double amount = share.amount().doubleValue();
      assertThat(share.share()).isBetween(0.0, 1.0);
      assertThat(amount).isLessThanOrEqualTo(terms.cap());
      if (share.chosen() && problem.budget() > 1) {
        assertThat(amount).isGreaterThanOrEqualTo(terms.least() - 1e-6);
      }
      assertThat(share.chosen() || share.amount().signum() == 0).isTrue();
    }
    assertThat(sum).isEqualByComparingTo(answer.budget());
    assertThat(answer.unspent().signum()).isNotNegative();
    assertThat(answer.budget().doubleValue()).isLessThanOrEqualTo(problem.budget());
    answer
        .binding()
        .forEach(
            b -> {
              assertThat(b.shadowPrice()).isPositive();
              assertThat(b.onePerCent()).isPositive();
            });
  }

  @Test
  void shouldNotDependOnTheOrder() {
    for (int seed = 0; seed < 60; seed++) {
      AllocationProblem problem =
          seed % 2 == 0
              ? RandomProblems.continuous(seed)
              : RandomProblems.choice(seed, 2 + seed % 5, 4);

      // Equal to the last bit: the records compare every number.
      assertThat(Allocator.solve(RandomProblems.shuffled(problem, seed)))
          .isEqualTo(Allocator.solve(problem));
    }
  }

  @Test
  void shouldNeverBeWorse_withMoreMoney() {
    for (int seed = 0; seed < 60; seed++) {
      AllocationProblem problem =
          seed % 2 == 0
              ? RandomProblems.continuous(seed)
              : RandomProblems.choice(seed, 2 + seed % 6, 4);
      double before = Allocator.solve(problem).objective();
      for (double factor : new double[] {1.000001, 1.01, 1.5, 4}) {
        double after = Allocator.solve(problem.budget(problem.budget() * factor)).objective();
        assertThat(after).as("seed %d", seed).isGreaterThanOrEqualTo(before - 1e-8);
        before = after;
      }
    }
  }

  @Test
  void shouldNotBeLessThanCautious() {
    for (int seed = 0; seed < 30; seed++) {
      AllocationProblem problem = RandomProblems.continuous(seed);
      assertThat(Allocator.solve(problem.cautious()).objective())
          .isEqualTo(Allocator.solve(problem).objective());
    }
  }

  /** Moves each limit a little and solves again: the gain is the price. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldPriceLimitsLikeFiniteDifferences(boolean choice) {
    int checked = 0;
    for (int seed = 0; seed < (choice ? 40 : 120); seed++) {
      AllocationProblem problem =
          choice ? RandomProblems.choice(seed, 5, 4) : RandomProblems.continuous(seed);
      AllocationAnswer answer = Allocator.solve(problem);
      for (Binding binding : answer.binding()) {
        double step = 1e-5 * binding.money();
        double up = Allocator.solve(moved(problem, binding, step)).objective();
        double down = Allocator.solve(moved(problem, binding, -step)).objective();
        double difference = (up - down) / (2 * step);
        // A kink between the two sides shows in one-sided differences: the price lies between.
        double left = (answer.objective() - down) / step;
        double right = (up - answer.objective()) / step;
        double sign = binding.limit() == Limit.BUDGET || binding.limit() == Limit.CAP ? 1 : -1;
        double price = sign * binding.shadowPrice();
        double error = 1e-4 * Math.abs(price) + 1e-9 / step;
        assertThat(price)
            .as("seed %d %s, difference %s", seed, binding, difference)
            .isBetween(Math.min(left, right) - error, Math.max(left, right) + error);
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(60);
  }

  private static AllocationProblem moved(AllocationProblem problem, Binding binding, double step) {
    double money = binding.money() + step;
    if (binding.limit() == Limit.BUDGET) {
      return problem.budget(money);
    }
    ChannelTerms terms =
        problem.channels().stream()
            .filter(t -> t.channel().equals(binding.channel()))
            .findFirst()
            .orElseThrow();
    return problem.terms(
        switch (binding.limit()) {
          case CAP -> terms.withCap(money);
          case FLOOR -> terms.withFloor(money);
          case LEAST_IF_CHOSEN -> terms.withLeastIfChosen(money);
          case BUDGET -> terms;
        });
  }
}
