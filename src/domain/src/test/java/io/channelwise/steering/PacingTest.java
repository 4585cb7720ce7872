package io.channelwise.steering;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacingTest {
  private static BigDecimal money(String text) {
    return new BigDecimal(text);
  }

  @Test
  void shouldReleaseTheSecondHalf_evenlyOverThreeQuartersOfTheTime() {
    BigDecimal budget = money("1000.00");
    Duration time = Duration.ofDays(8);

    // After 3 of 8 days: half of 6 days; 500 + 250.
    assertThat(Pacing.due(budget, money("500.00"), Duration.ofDays(3), time))
        .isEqualTo(money("250.00"));
    assertThat(Pacing.due(budget, money("500.00"), Duration.ofDays(7), time))
        .isEqualTo(money("500.00"));
    assertThat(Pacing.due(budget, money("900.00"), Duration.ofDays(3), time))
        .isEqualTo(money("0.00"));
    assertThat(Pacing.due(budget, money("500.00"), Duration.ofDays(8), time))
        .isEqualTo(money("0.00"));
    assertThat(Pacing.due(budget, money("500.00"), Duration.ofDays(-1), time))
        .isEqualTo(money("0.00"));
  }
}
