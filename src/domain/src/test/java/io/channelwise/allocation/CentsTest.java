package io.channelwise.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected values by hand. */
class CentsTest {
  private static final BigDecimal ZERO = new BigDecimal("0.00");

  private static BigDecimal money(String text) {
    return new BigDecimal(text);
  }

  private static BigDecimal sum(BigDecimal[] parts) {
    return Arrays.stream(parts).reduce(ZERO, BigDecimal::add);
  }

  @Test
  void shouldSplitToTheCent() {
    // 33.33… each; the cent left over goes to the first.
    assertThat(Cents.split(money("100.00"), new double[] {1, 1, 1}))
        .containsExactly(money("33.34"), money("33.33"), money("33.33"));
    // 0.05 · (0.5, 0.3, 0.2) = 2.5, 1.5, 1 cents: one cent left, first of equal fractions.
    assertThat(Cents.split(money("0.05"), new double[] {0.5, 0.3, 0.2}))
        .containsExactly(money("0.03"), money("0.01"), money("0.01"));
    assertThat(Cents.split(money("1.00"), new double[] {0, 0}))
        .containsExactly(money("0.50"), money("0.50"));
  }

  @Test
  void shouldRoundWithinBounds() {
    // 33.334, 33.333, 33.333 with the first capped at 33.33: its cent goes to the second.
    assertThat(
            Cents.round(
                money("100.00"),
                new double[] {33.334, 33.333, 33.333},
                new BigDecimal[] {ZERO, ZERO, ZERO},
                new BigDecimal[] {money("33.33"), money("100.00"), money("100.00")}))
        .containsExactly(money("33.33"), money("33.34"), money("33.33"));
    // A floor of 30.01 for what is 30.004: the cent comes from the other.
    assertThat(
            Cents.round(
                money("100.00"),
                new double[] {69.996, 30.004},
                new BigDecimal[] {ZERO, money("30.01")},
                new BigDecimal[] {money("100.00"), money("100.00")}))
        .containsExactly(money("69.99"), money("30.01"));
  }

  @Test
  void shouldSumToTheWhole_whateverTheWeights() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int parts = 1 + random.nextInt(9);
      BigDecimal total = BigDecimal.valueOf(random.nextLong(100_000_000_000L), 2);
      double[] weights = random.doubles(parts).map(x -> x < 0.2 ? 0 : x * x * x).toArray();

      BigDecimal[] split = Cents.split(total, weights);

      assertThat(sum(split)).isEqualByComparingTo(total);
      assertThat(split).allMatch(part -> part.signum() >= 0);
    }
  }

  @Test
  void shouldKeepBounds_whateverTheyAre() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int parts = 1 + random.nextInt(9);
      BigDecimal total = BigDecimal.valueOf(random.nextLong(100_000_000L), 2);
      BigDecimal[] near = Cents.split(total, random.doubles(parts).toArray());
      double[] exact =
          Arrays.stream(near)
              .mapToDouble(m -> m.doubleValue() + random.nextDouble() / 100)
              .toArray();
      BigDecimal[] least =
          Arrays.stream(near).map(m -> random.nextBoolean() ? m : ZERO).toArray(BigDecimal[]::new);
      BigDecimal[] most =
          Arrays.stream(near).map(m -> random.nextBoolean() ? m : total).toArray(BigDecimal[]::new);

      BigDecimal[] rounded = Cents.round(total, exact, least, most);

      assertThat(sum(rounded)).isEqualByComparingTo(total);
      assertThat(IntStream.range(0, parts))
          .allMatch(i -> rounded[i].compareTo(least[i]) >= 0 && rounded[i].compareTo(most[i]) <= 0);
    }
  }

  @Test
  void shouldTakeAmountsDownToTheCent_andRefuseOthers() {
    assertThat(Cents.of(60000)).isEqualTo(money("60000.00"));
    assertThat(Cents.of(0.019)).isEqualTo(money("0.01"));
    assertThat(Cents.of(0.01)).isEqualTo(money("0.01"));
    for (double bad :
        new double[] {0, 0.009, 1e-308, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e14, 1e308}) {
      assertThatThrownBy(() -> Cents.of(bad))
          .hasMessageContaining("an amount of at least 0.01 and up to 10000000000000 is expected");
    }
  }
}
