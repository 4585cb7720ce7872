package io.channelwise.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.steering.SteeringAnswer.Shift;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SteererTest {
  private static final int CASES = 300;

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }

  private static Arm arm(
      String channel, String approved, String spent, long clicks, long conversions) {
    return new Arm(channel, money(approved), null, money(spent), clicks, conversions);
  }

  @Test
  void shouldFollowTheApprovedAllocation_untilSomethingIsBought() {
    SteeringAnswer answer =
        Steerer.steer(
            money("100.00"),
            List.of(arm("b", "400", "200", 9, 0), arm("a", "600", "300", 500, 0)),
            1);

    // Missing are 300 and 200 of the approved amounts.
    assertThat(answer.shifts()).extracting(Shift::channel).containsExactly("a", "b");
    assertThat(answer.shifts())
        .extracting(Shift::amount)
        .containsExactly(money("60.00"), money("40.00"));
    assertThat(answer.trust()).isZero();
    assertThat(answer.unplaced()).isEqualByComparingTo("0");
    assertThat(answer.shifts().get(0).reason().en())
        .isEqualTo(
            "a gets 60.00: no purchase was seen yet, so money follows the approved allocation.");
    assertThat(answer.shifts().get(0).reason().zh()).isEqualTo("a 获得 60.00：尚无购买记录，按批准的分配发放。");
  }

  @Test
  void shouldKnowEachChannel_asNumpyDoes() {
    List<Arm> arms = List.of(arm("a", "600", "300", 30, 6), arm("b", "400", "200", 40, 3));
    SteeringAnswer answer = Steerer.steer(money("50.00"), arms, 7);
    Shift a = answer.shifts().get(0);
    Shift b = answer.shifts().get(1);

    // Means in closed form: (1 + n) / (1/m + k) times (1 + k) / (1/λ + s), m = 10/90, λ = 70/500.
    assertThat(a.rate()).isEqualTo(7.0 / 39 * 31 / (500.0 / 70 + 300), within(0.001));
    assertThat(b.rate()).isEqualTo(4.0 / 49 * 41 / (500.0 / 70 + 200), within(0.001));
    // Eight million draws with numpy.random: P(a best) 0.5919; 1,000 of ours are 0.016 off at most.
    assertThat(a.best()).isEqualTo(0.5919, within(0.05));
    assertThat(a.best() + b.best()).isEqualTo(1, within(1e-12));
    assertThat(a.low()).isEqualTo(0.00715, within(0.001)).isLessThan(a.rate());
    assertThat(a.high()).isEqualTo(0.03432, within(0.004)).isGreaterThan(a.rate());
    // Nine purchases on two channels weigh 9 : 2; the limits are far, so the split is the mixture.
    assertThat(answer.trust()).isEqualTo(9.0 / 11, within(1e-12));
    double expected = 50 * (9.0 / 11 * a.best() + 2.0 / 11 * 0.6);
    assertThat(a.amount().doubleValue()).isEqualTo(expected, within(0.011));
    assertThat(a.moved().add(b.moved())).isEqualByComparingTo("0");
  }

  @Test
  void shouldStopAtTheCapOfTheAllocation_andSayWhichLimitItIs() {
    Arm capped = new Arm("a", money("600.00"), money("650.00"), money("300.00"), 1000, 200);
    Arm free = arm("b", "400.00", "200.00", 1000, 1);

    SteeringAnswer all = Steerer.steer(money("900.00"), List.of(capped, free), 1);

    assertThat(all.shifts())
        .extracting(Shift::amount)
        .containsExactly(money("350.00"), money("400.00"));
    assertThat(all.unplaced()).isEqualByComparingTo("150");
    assertThat(all.shifts().get(0).reason().en())
        .contains("200 purchases from 1000 clicks for 300.00")
        .endsWith("It is at its limit of 650.00, the cap of the approved allocation.");
    assertThat(all.shifts().get(1).reason().en())
        .endsWith("It is at its limit of 600.00, one and a half times its approved amount.");
    assertThat(all.shifts().get(1).reason().zh()).contains("点击 1000 次、购买 1 次、已支出 200.00");
  }

  @Test
  void shouldMoveMoneyToWhatSells() {
    SteeringAnswer answer =
        Steerer.steer(
            money("100.00"),
            List.of(arm("a", "500", "250", 400, 80), arm("b", "500", "250", 400, 4)),
            1);

    assertThat(answer.shifts().get(0).best()).isEqualTo(1);
    assertThat(answer.shifts().get(0).amount()).isGreaterThan(money("98.00"));
    assertThat(answer.shifts().get(0).reason().en()).contains("more than by the approved");
    assertThat(answer.shifts().get(1).reason().en()).contains("less than by the approved");
  }

  @Test
  void shouldAnswerAtTheEdges() {
    assertThat(Steerer.steer(money("10.00"), List.of(), 1).unplaced()).isEqualTo(money("10.00"));
    // One channel; purchases without clicks; nothing spent; nothing due; nothing approved.
    SteeringAnswer one = Steerer.steer(money("10.00"), List.of(arm("a", "40", "20", 0, 5)), 1);
    assertThat(one.shifts().get(0).amount()).isEqualTo(money("10.00"));
    assertThat(one.shifts().get(0).best()).isEqualTo(1);
    SteeringAnswer unspent = Steerer.steer(money("10.00"), List.of(arm("a", "40", "0", 9, 5)), 1);
    assertThat(unspent.trust()).isZero();
    assertThat(unspent.shifts().get(0).amount()).isEqualTo(money("10.00"));
    SteeringAnswer none = Steerer.steer(money("0.00"), List.of(arm("a", "40", "20", 9, 5)), 1);
    assertThat(none.shifts().get(0).amount()).isEqualTo(money("0.00"));
    SteeringAnswer nil = Steerer.steer(money("1.00"), List.of(arm("a", "0", "0", 9, 5)), 1);
    assertThat(nil.unplaced()).isEqualTo(money("1.00"));
    // Everything approved is spent, and more is due.
    SteeringAnswer over = Steerer.steer(money("8.00"), List.of(arm("a", "40", "45", 9, 0)), 1);
    assertThat(over.shifts().get(0).amount()).isEqualTo(money("8.00"));
  }

  @Test
  void shouldRefuse_whatCannotBe() {
    assertThatThrownBy(() -> arm("a", "-1", "0", 0, 0))
        .isInstanceOf(SteeringException.class)
        .hasMessageContaining("Channel a cannot be steered: approved -1");
    assertThatThrownBy(() -> arm("a", "1", "0", 0, -3)).hasMessageContaining("-3 purchases");
    assertThatThrownBy(() -> Steerer.steer(money("-0.01"), List.of(), 1))
        .hasMessageContaining("Money due is -0.01; 0 or more is expected");
    Arm arm = arm("a", "1", "0", 0, 0);
    assertThatThrownBy(() -> Steerer.steer(money("1.00"), List.of(arm, arm), 1))
        .hasMessageContaining("Channel a is named twice");
  }

  @Test
  void shouldKeepBudgetAndLimits_andOrderAndSeedDecideNothingElse() {
    for (int seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Arm> arms = new ArrayList<>();
      int channels = 1 + random.nextInt(8);
      for (int c = 0; c < channels; c++) {
        BigDecimal approved = BigDecimal.valueOf(random.nextInt(100_000), 2);
        BigDecimal cap =
            random.nextBoolean() ? null : BigDecimal.valueOf(random.nextInt(100_000), 2);
        BigDecimal spent = BigDecimal.valueOf(random.nextInt(100_000), 2);
        arms.add(new Arm("c" + c, approved, cap, spent, random.nextInt(1000), random.nextInt(50)));
      }
      BigDecimal due = BigDecimal.valueOf(random.nextInt(300_000), 2);
      SteeringAnswer answer = Steerer.steer(due, arms, seed);

      BigDecimal placed = BigDecimal.ZERO;
      BigDecimal rooms = BigDecimal.ZERO;
      for (int c = 0; c < channels; c++) {
        Arm arm = arms.get(c);
        BigDecimal amount = answer.shifts().get(c).amount();
        assertThat(amount.signum()).isNotNegative();
        assertThat(amount).as("seed %d", seed).isLessThanOrEqualTo(arm.room());
        if (amount.signum() > 0) {
          assertThat(arm.spent().add(amount)).isLessThanOrEqualTo(arm.limit());
        }
        placed = placed.add(amount);
        rooms = rooms.add(arm.room());
      }
      assertThat(placed).as("seed %d", seed).isEqualByComparingTo(due.min(rooms));
      assertThat(answer.unplaced()).isEqualByComparingTo(due.subtract(placed));
      List<Arm> shuffled = new ArrayList<>(arms);
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(Steerer.steer(due, shuffled, seed)).isEqualTo(answer);
    }
  }
}
