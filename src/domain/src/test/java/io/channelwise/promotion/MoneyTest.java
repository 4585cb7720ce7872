package io.channelwise.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.allocation.Cents;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Steering: money is never lost and never made. */
class MoneyTest {
  private static final BigDecimal ZERO = new BigDecimal("0.00");

  private static BigDecimal money(String text) {
    return new BigDecimal(text);
  }

  private static BigDecimal sum(BigDecimal[] parts) {
    return Arrays.stream(parts).reduce(ZERO, BigDecimal::add);
  }

  @Test
  void shouldReleaseTheSecondHalf_evenlyOverThreeQuartersOfTheTime() {
    BigDecimal budget = money("1000.00");
    Duration time = Duration.ofDays(8);

    // After 3 of 8 days: half of 6 days; 500 + 250.
    assertThat(Steering.due(budget, money("500.00"), Duration.ofDays(3), time))
        .isEqualTo(money("250.00"));
    assertThat(Steering.due(budget, money("500.00"), Duration.ofDays(7), time))
        .isEqualTo(money("500.00"));
    assertThat(Steering.due(budget, money("900.00"), Duration.ofDays(3), time)).isEqualTo(ZERO);
    assertThat(Steering.due(budget, money("500.00"), Duration.ofDays(8), time)).isEqualTo(ZERO);
  }

  @Test
  void shouldSteerToWhatConverts_upToTheLimit() {
    var weak = new Steering.State("weak", 0.5, money("100.00"), money("50.00"), 80, 0);
    var strong = new Steering.State("strong", 0.5, money("100.00"), money("50.00"), 80, 9);

    // Weights 0.5 · 1 / 100 and 0.5 · 10 / 100: 1 : 10.
    assertThat(weak.weight()).isEqualTo(0.005, within(1e-15));
    assertThat(Steering.split(money("22.00"), List.of(weak, strong)))
        .containsExactly(money("2.00"), money("20.00"));
    // 110 would go 10 : 100; the strong one may have 150 − 50 = 100 more, and no more later.
    var full = new Steering.State("strong", 0.5, money("100.00"), money("145.00"), 80, 9);
    assertThat(Steering.split(money("22.00"), List.of(weak, full)))
        .containsExactly(money("17.00"), money("5.00"));
    assertThat(Steering.split(money("22.00"), List.of())).isEmpty();
  }

  @Test
  void shouldNeverReleaseMoreThanTheBudget_whateverComesIn() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int channels = 1 + random.nextInt(6);
      BigDecimal budget = BigDecimal.valueOf(1 + random.nextInt(10_000_000), 2);
      double[] shares = random.doubles(channels).toArray();
      BigDecimal[] approved = Cents.split(budget, shares);
      BigDecimal[] spent = new BigDecimal[channels];
      Arrays.fill(spent, ZERO);
      for (int day = 0; day <= 16; day++) {
        List<Steering.State> states = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
          int clicks = random.nextInt(50);
          states.add(
              new Steering.State(
                  "c" + c, shares[c], approved[c], spent[c], clicks, random.nextInt(clicks + 1)));
        }
        BigDecimal due =
            Steering.due(budget, sum(spent), Duration.ofDays(day), Duration.ofDays(14));
        BigDecimal[] parts = Steering.split(due, states);
        for (int c = 0; c < channels; c++) {
          assertThat(parts[c]).isGreaterThanOrEqualTo(ZERO);
          spent[c] = spent[c].add(parts[c]);
          assertThat(spent[c])
              .isLessThanOrEqualTo(approved[c].multiply(Steering.LIMIT).add(money("0.01")));
        }
        assertThat(sum(spent)).isLessThanOrEqualTo(budget);
      }
    }
  }
}
