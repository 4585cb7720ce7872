package io.channelwise.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.allocation.AllocationAnswer.Binding;
import io.channelwise.allocation.AllocationAnswer.Limit;
import io.channelwise.campaign.Text;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expected values by hand, or by SciPy where it says so. */
class AllocatorTest {

  /** A problem of channels A, B, … and segments u0, u1, …; r by segment, then channel. */
  static AllocationProblem.Builder problem(double budget, double[] weights, double[][] r) {
    AllocationProblem.Builder builder = AllocationProblem.withBudget(budget);
    for (int u = 0; u < weights.length; u++) {
      builder.segment("u" + u, weights[u]);
      for (int c = 0; c < r[u].length; c++) {
        builder.attraction(name(c), "u" + u, r[u][c]);
      }
    }
    return builder;
  }

  static String name(int channel) {
    return Character.toString((char) ('A' + channel));
  }

  private static AllocationProblem.Builder free(AllocationProblem.Builder builder, int channels) {
    for (int c = 0; c < channels; c++) {
      builder.channel(ChannelTerms.of(name(c)));
    }
    return builder;
  }

  /** Each segment has a channel of its own: Kelly's horse race, where b = P. */
  private static AllocationProblem horses(ChannelTerms... terms) {
    AllocationProblem.Builder builder =
        problem(
            1000, new double[] {2, 3, 5}, new double[][] {{0.9, 0, 0}, {0, 0.1, 0}, {0, 0, 0.4}});
    AllocationProblem built = free(builder, 3).build();
    for (ChannelTerms changed : terms) {
      built = built.terms(changed);
    }
    return built;
  }

  static Map<String, Double> shares(AllocationAnswer answer) {
    Map<String, Double> shares = new LinkedHashMap<>();
    answer.shares().forEach(s -> shares.put(s.channel(), s.share()));
    return shares;
  }

  private static Binding only(AllocationAnswer answer, Limit limit) {
    assertThat(answer.binding()).filteredOn(b -> b.limit() == limit).hasSize(1);
    return answer.binding().stream().filter(b -> b.limit() == limit).findFirst().orElseThrow();
  }

  @Test
  void shouldFindTheClosedForm_withTwoChannelsAndTwoSegments() {
    // f(b) = ½ ln(0.2 + 0.6 b) + ½ ln(0.7 − 0.4 b); f' = 0 at
    // 0.3 (0.7 − 0.4 b) = 0.2 (0.2 + 0.6 b), that is b = 0.17 / 0.24.
    AllocationAnswer answer =
        Allocator.solve(
            free(problem(1000, new double[] {0.5, 0.5}, new double[][] {{0.8, 0.2}, {0.3, 0.7}}), 2)
                .build());

    double b = 0.17 / 0.24;
    assertThat(answer.of("A").orElseThrow().share()).isEqualTo(b, within(1e-12));
    assertThat(answer.of("B").orElseThrow().share()).isEqualTo(1 - b, within(1e-12));
    assertThat(answer.objective())
        .isEqualTo(0.5 * Math.log(0.2 + 0.6 * b) + 0.5 * Math.log(0.7 - 0.4 * b), within(1e-14));
    assertThat(answer.dualityGap()).isLessThan(1e-12);
    assertThat(answer.proven()).isTrue();
    // 708.333…: the cent left over goes to B, 291.666….
    assertThat(answer.shares())
        .extracting(AllocationAnswer.Share::amount)
        .containsExactly(new BigDecimal("708.33"), new BigDecimal("291.67"));
    // f(t b) = f(b) + ln t: all of 1 / 1000 nats a unit of money; one per cent is e^0.01 − 1.
    assertThat(only(answer, Limit.BUDGET).shadowPrice()).isEqualTo(0.001, within(1e-12));
    assertThat(only(answer, Limit.BUDGET).onePerCent()).isEqualTo(Math.expm1(0.01), within(1e-9));
  }

  @Test
  void shouldShareLikeTheSegments_whenEachChannelHasItsOwn() {
    AllocationAnswer answer = Allocator.solve(horses());

    assertThat(shares(answer).values())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
        .containsExactly(0.2, 0.3, 0.5);
    assertThat(answer.dualityGap()).isLessThan(1e-12);
  }

  @Test
  void shouldPriceACap() {
    // C stops at 0.4; A and B share 0.6 as 2 : 3. λ = P_A / b_A = 0.2 / 0.24 a share; the cap's
    // price is P_C / 0.4 − λ = 1.25 − 0.8333.
    AllocationAnswer answer = Allocator.solve(horses(ChannelTerms.of("C").withCap(400)));

    assertThat(answer.shares())
        .extracting(AllocationAnswer.Share::amount)
        .containsExactly(
            new BigDecimal("240.00"), new BigDecimal("360.00"), new BigDecimal("400.00"));
    assertThat(only(answer, Limit.BUDGET).shadowPrice())
        .isEqualTo(0.2 / 0.24 / 1000, within(1e-12));
    Binding cap = only(answer, Limit.CAP);
    assertThat(cap.channel()).isEqualTo("C");
    assertThat(cap.money()).isEqualTo(400);
    assertThat(cap.shadowPrice()).isEqualTo((1.25 - 0.2 / 0.24) / 1000, within(1e-12));
    // exp(4 · 0.41667 / 1000) − 1 = 0.1668 %.
    assertThat(answer.sentences())
        .contains(
            new Text(
                "Spending on C stays at 400.00 because its cap binds; one per cent more would add 0.167 %.",
                "C 的支出停在 400.00，因为已达上限；上限提高 1 % 可提高 0.167 %。"));
  }

  @Test
  void shouldPriceAFloor() {
    // A has at least 0.4; the others share 0.6 as 3 : 5. λ = 0.3 / 0.225; price λ − 0.2 / 0.4.
    AllocationAnswer answer = Allocator.solve(horses(ChannelTerms.of("A").withFloor(400)));

    assertThat(answer.shares())
        .extracting(AllocationAnswer.Share::amount)
        .containsExactly(
            new BigDecimal("400.00"), new BigDecimal("225.00"), new BigDecimal("375.00"));
    assertThat(only(answer, Limit.FLOOR).shadowPrice())
        .isEqualTo((0.3 / 0.225 - 0.5) / 1000, within(1e-12));
    assertThat(answer.explanation().en())
        .contains("Spending on A stays at 400.00 because its floor binds");
  }

  @Test
  void shouldSayWhatIsLeft_whenCapsCannotMeetTheBudget() {
    AllocationAnswer answer =
        Allocator.solve(
            horses(
                ChannelTerms.of("A").withCap(100),
                ChannelTerms.of("B").withCap(100),
                ChannelTerms.of("C").withCap(150.005)));

    assertThat(answer.shares())
        .extracting(AllocationAnswer.Share::amount)
        .containsExactly(
            new BigDecimal("100.00"), new BigDecimal("100.00"), new BigDecimal("150.00"));
    assertThat(answer.unspent()).isEqualTo(new BigDecimal("650.00"));
    assertThat(answer.dualityGap()).isLessThan(1e-12);
    assertThat(answer.binding()).extracting(Binding::limit).containsOnly(Limit.CAP).hasSize(3);
    assertThat(answer.explanation().en()).contains("650.00 of the budget stay unspent");
    assertThat(answer.explanation().zh()).contains("预算中有 650.00 未使用");
  }

  @Test
  void shouldNotSpendOnChannelsThatReachNobody() {
    AllocationProblem problem =
        free(problem(100, new double[] {1}, new double[][] {{0.5, 0}}), 2).build();
    AllocationAnswer all = Allocator.solve(problem);
    AllocationAnswer capped = Allocator.solve(problem.terms(ChannelTerms.of("A").withCap(30)));

    assertThat(shares(all)).containsExactly(entry("A", 1.0), entry("B", 0.0));
    assertThat(all.explanation().en()).contains("B gets nothing: it reaches no segment.");
    assertThat(shares(capped)).containsExactly(entry("A", 0.3), entry("B", 0.0));
    assertThat(capped.unspent()).isEqualTo(new BigDecimal("70.00"));
  }

  @Test
  void shouldGiveAllToOneChannel_whenItIsBestAtEveryMixture() {
    // At b = (1, 0): g = (1, 0.9 · 0.2 / 0.8 + 0.1 · 0.7 / 0.3) = (1, 0.458).
    AllocationAnswer answer =
        Allocator.solve(
            free(problem(70, new double[] {0.9, 0.1}, new double[][] {{0.8, 0.2}, {0.3, 0.7}}), 2)
                .build());

    assertThat(shares(answer)).containsExactly(entry("A", 1.0), entry("B", 0.0));
    assertThat(answer.sentences())
        .extracting(Text::en)
        .contains(
            "B gets nothing: its first unit of money would add 54.2 % less than a unit elsewhere.");
  }

  @Test
  void shouldLeaveOutSegmentsThatNobodyReaches() {
    AllocationAnswer answer =
        Allocator.solve(
            free(problem(9, new double[] {0.5, 0.5}, new double[][] {{0, 0}, {0, 0.3}}), 2)
                .build());

    assertThat(shares(answer)).containsExactly(entry("A", 0.0), entry("B", 1.0));
    assertThat(answer.objective()).isEqualTo(Math.log(0.3), within(1e-12));
    assertThat(answer.leftOut()).containsExactly("u0");
    assertThat(answer.explanation().zh()).contains("没有渠道触达的用户群不计入：u0。");
  }

  @Test
  void shouldSaturate() {
    // One segment, r = 1 each: maximise h_A + h_B with h = (1 + κ) x / (x + κ), κ = 0.1 and 0.4:
    // (1.1 · 0.1) / (x + 0.1)² = (1.4 · 0.4) / (1.4 − x)², so
    // 1.4 − x = (x + 0.1) s, s = √(0.56 / 0.11).
    AllocationAnswer answer =
        Allocator.solve(
            problem(200, new double[] {1}, new double[][] {{1, 1}})
                .channel(ChannelTerms.of("A").withHalfSaturation(20))
                .channel(ChannelTerms.of("B").withHalfSaturation(80))
                .build());

    double s = Math.sqrt(0.56 / 0.11);
    double x = (1.4 - 0.1 * s) / (1 + s);
    assertThat(answer.of("A").orElseThrow().share()).isEqualTo(x, within(1e-10));
    assertThat(answer.objective())
        .isEqualTo(Math.log(1.1 * x / (x + 0.1) + 1.4 * (1 - x) / (1.4 - x)), within(1e-12));
  }

  @Test
  void shouldAgreeWithSciPy() {
    // python3-scipy 1.17.1, minimize(method="SLSQP", ftol=1e-15) of the same function from the
    // same start; shares to 6 digits, objective to 10.
    AllocationAnswer answer = Allocator.solve(SciPyCase.problem());

    assertThat(shares(answer).values())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 2e-6 ? 0 : 1)
        .containsExactlyElementsOf(SciPyCase.SHARES);
    assertThat(answer.objective()).isEqualTo(SciPyCase.OBJECTIVE, within(1e-10));
  }

  @Test
  void shouldMaximiseTheLowerBound_whenCautious() {
    // Expected: A is better everywhere. Its lower bound is below B's.
    AllocationProblem problem =
        AllocationProblem.withBudget(100)
            .segment("u", 1)
            .channel(ChannelTerms.of("A"))
            .channel(ChannelTerms.of("B"))
            .attraction("A", "u", 0.6, 0.2)
            .attraction("B", "u", 0.5, 0.4)
            .build();

    assertThat(shares(Allocator.solve(problem))).containsEntry("A", 1.0);
    AllocationAnswer cautious = Allocator.solve(problem.cautious());
    assertThat(shares(cautious)).containsEntry("B", 1.0);
    assertThat(cautious.objective()).isEqualTo(Math.log(0.4), within(1e-12));
    assertThat(cautious.explanation().en()).contains("at the lower credible bounds");
  }

  @Test
  void shouldTreatAlikeWhatIsAlike() {
    AllocationAnswer answer =
        Allocator.solve(
            free(
                    problem(
                        100,
                        new double[] {1, 2},
                        new double[][] {{0.2, 0.2, 0.2}, {0.3, 0.3, 0.3}}),
                    3)
                .build());

    assertThat(answer.shares())
        .extracting(AllocationAnswer.Share::amount)
        .containsExactly(new BigDecimal("33.34"), new BigDecimal("33.33"), new BigDecimal("33.33"));
  }

  @Test
  void shouldAnswerOneChannelAndOneSegment() {
    AllocationAnswer answer =
        Allocator.solve(free(problem(0.01, new double[] {7}, new double[][] {{0.25}}), 1).build());

    assertThat(answer.shares())
        .extracting(AllocationAnswer.Share::amount)
        .containsExactly(new BigDecimal("0.01"));
    assertThat(answer.objective()).isEqualTo(Math.log(0.25), within(1e-12));
    assertThat(List.of(answer.unspent(), answer.fixedCosts())).containsOnly(new BigDecimal("0.00"));
  }
}
