package io.channelwise.bert.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.training.Decay;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void shouldRiseToThePeakAndFallToZero_whenTheRateIsScheduled() {
    Schedule schedule = Schedule.of(1e-3, 100, 0.1, Decay.LINEAR);

    assertThat(schedule.warmupSteps()).isEqualTo(10);
    assertThat(schedule.at(0)).isEqualTo(1e-3 / 11, within(1e-12));
    assertThat(schedule.at(9)).isLessThan(1e-3);
    assertThat(schedule.at(10)).isEqualTo(1e-3);
    assertThat(schedule.at(55)).isEqualTo(0.5e-3, within(1e-12));
    assertThat(schedule.at(99)).isPositive().isLessThan(2e-5);
    assertThat(Schedule.of(1, 4, 0, Decay.LINEAR).at(0)).isEqualTo(1);
  }

  /** The formula of Hugging Face's get_cosine_schedule_with_warmup: 0.5 (1 + cos(pi progress)). */
  @Test
  void shouldFallAlongHalfACosine_whenAsked() {
    Schedule schedule = Schedule.of(0.01, 8, 0.25, Decay.COSINE);
    double[] rates = {0.0033333333, 0.0066666667, 0.01, 0.009330127, 0.0075, 0.005, 0.0025};
    for (int step = 0; step < rates.length; step++) {
      assertThat(schedule.at(step)).isEqualTo(rates[step], within(1e-9));
    }
  }
}
