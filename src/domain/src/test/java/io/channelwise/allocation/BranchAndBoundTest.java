package io.channelwise.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.allocation.AllocationAnswer.Limit;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values by hand and by trying every choice. */
class BranchAndBoundTest {

  private static AllocationProblem twoChannels(double feeOfA) {
    return AllocatorTest.problem(1000, new double[] {1}, new double[][] {{1, 0.9}})
        .currency("CNY")
        .channel(ChannelTerms.of("A").withFixedCost(feeOfA))
        .channel(ChannelTerms.of("B").withFixedCost(50))
        .build();
  }

  @Test
  void shouldLeaveOutWhatCostsMoreThanItBrings() {
    // A alone: ln(0.8 · 1); B alone: ln(0.95 · 0.9) = ln 0.855, better.
    AllocationAnswer answer = Allocator.solve(twoChannels(200));

    assertThat(answer.objective()).isEqualTo(Math.log(0.855), within(1e-12));
    assertThat(answer.proven()).isTrue();
    assertThat(answer.shares())
        .extracting(AllocationAnswer.Share::amount)
        .containsExactly(new BigDecimal("0.00"), new BigDecimal("950.00"));
    assertThat(answer.fixedCosts()).isEqualTo(new BigDecimal("50.00"));
    // Both: 0.75 · 1, and 0.75 / 0.855 = 1 − 0.1228.
    assertThat(answer.explanation().en())
        .contains(
            "A is left out: its fixed cost of 200.00 CNY is more than it brings; with it the mean attraction would be 12.3 % lower.");
    assertThat(answer.explanation().zh())
        .contains("未选用 A：其固定成本 200.00 CNY 超过其收益；加入后平均吸引度将降低 12.3 %。");
  }

  @Test
  void shouldTurn_whereTheFixedCostIsWorthIt() {
    // A alone gives ln(1 − F), worth more than ln 0.855 below F = 0.145.
    assertThat(Allocator.solve(twoChannels(144)).of("A").orElseThrow().chosen()).isTrue();
    assertThat(Allocator.solve(twoChannels(146)).of("A").orElseThrow().chosen()).isFalse();
  }

  @Test
  void shouldPayForWhatMustBeIn() {
    // A has spent 100: it is in, its fee of 200 is paid, B is not worth its own any more.
    AllocationAnswer answer =
        Allocator.solve(
            twoChannels(200).terms(ChannelTerms.of("A").withFixedCost(200).withFloor(100)));

    assertThat(answer.fixedCosts()).isEqualTo(new BigDecimal("200.00"));
    assertThat(answer.of("A").orElseThrow().amount()).isEqualTo(new BigDecimal("800.00"));
  }

  @Test
  void shouldUseAtLeastTheLeastAmount_orNothing() {
    // Kelly at 0.9 : 0.1 with the second at 0.3 or nothing; nothing would leave u1 unreached.
    AllocationProblem problem =
        AllocatorTest.problem(100, new double[] {9, 1}, new double[][] {{1, 0}, {0, 1}})
            .channel(ChannelTerms.of("A"))
            .channel(ChannelTerms.of("B").withLeastIfChosen(30))
            .build();
    AllocationAnswer answer = Allocator.solve(problem);

    assertThat(answer.of("B").orElseThrow().amount()).isEqualTo(new BigDecimal("30.00"));
    assertThat(answer.binding())
        .filteredOn(b -> b.limit() == Limit.LEAST_IF_CHOSEN)
        .singleElement()
        // λ − g_B = 0.9 / 0.7 − 0.1 / 0.3 a share.
        .satisfies(
            b ->
                assertThat(b.shadowPrice())
                    .isEqualTo((0.9 / 0.7 - 0.1 / 0.3) / 100, within(1e-12)));
    assertThat(answer.explanation().en()).contains("B gets 30.00, the least it can be used with");
  }

  @Test
  void shouldRefuse_whenNoChoiceFits() {
    assertThatThrownBy(
            () ->
                Allocator.solve(
                    AllocatorTest.problem(100, new double[] {1}, new double[][] {{1}})
                        .channel(ChannelTerms.of("A").withFixedCost(100))
                        .build()))
        .isInstanceOf(AllocationException.class)
        .hasMessageContaining("no choice of channels whose fixed costs")
        .satisfies(e -> assertThat(((AllocationException) e).text().zh()).contains("100.00 的预算"));
  }

  @ParameterizedTest
  @CsvSource({"2, 3, 30", "4, 5, 30", "6, 4, 20", "8, 6, 8", "12, 4, 1"})
  void shouldEqualExhaustiveSearch(int channels, int segments, int seeds) {
    for (int seed = 0; seed < seeds; seed++) {
      AllocationProblem problem = RandomProblems.choice(seed, channels, segments);
      double best = exhaustive(problem);
      if (best == Double.NEGATIVE_INFINITY) {
        assertThatThrownBy(() -> Allocator.solve(problem)).isInstanceOf(AllocationException.class);
        continue;
      }

      AllocationAnswer answer = Allocator.solve(problem);

      assertThat(answer.objective()).as("seed %d", seed).isEqualTo(best, within(1e-8));
      assertThat(answer.dualityGap()).isLessThanOrEqualTo(Allocator.GAP_WANTED);
    }
  }

  /** Every set of channels as a problem of its own, without anything left to choose. */
  private static double exhaustive(AllocationProblem problem) {
    List<ChannelTerms> terms = problem.channels();
    double best = Double.NEGATIVE_INFINITY;
    for (int set = 0; set < 1 << terms.size(); set++) {
      double left = problem.budget();
      double floors = 0;
      AllocationProblem fixed = problem;
      for (int c = 0; c < terms.size(); c++) {
        ChannelTerms t = terms.get(c);
        boolean in = (set >> c & 1) == 1 || t.floor() > 0;
        double least = in ? t.least() : 0;
        fixed =
            fixed.terms(
                new ChannelTerms(t.channel(), least, 0, in ? t.cap() : 0, 0, t.halfSaturation()));
        left -= in ? t.fixedCost() : 0;
        floors += least;
      }
      if (left > 0 && floors <= left) {
        best = Math.max(best, value(fixed.budget(left)));
      }
    }
    return best;
  }

  private static double value(AllocationProblem problem) {
    try {
      AllocationAnswer answer = Allocator.solve(problem);
      return answer.leftOut().isEmpty() ? answer.objective() : Double.NEGATIVE_INFINITY;
    } catch (AllocationException e) {
      return Double.NEGATIVE_INFINITY;
    }
  }
}
