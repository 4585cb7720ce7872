package io.channelwise.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Expected values: scipy.stats.theilslopes 1.17. */
class TheilSenTest {
  private static final double[] TIMES = {0, 1, 2, 3, 5, 6, 7, 9};
  private static final double[] VALUES = {10.0, 11.2, 10.9, 13.1, 12.4, 30.0, 14.8, 15.1};

  @Test
  void shouldFitTheLineOfScipy_pastAnOutlier() {
    TheilSen line = TheilSen.fit(TIMES, VALUES);

    assertThat(line.slope()).isCloseTo(0.6, within(1e-12));
    assertThat(line.intercept()).isCloseTo(10.35, within(1e-12));
    assertThat(line.slopeLow()).isCloseTo(0.3, within(1e-12));
    assertThat(line.slopeHigh()).isCloseTo(2.2, within(1e-12));
  }

  @Test
  void shouldCorrectTheIntervalForTies() {
    TheilSen line =
        TheilSen.fit(new double[] {0, 1, 2, 3, 4, 5, 6, 7}, new double[] {3, 3, 4, 4, 4, 5, 7, 6});

    assertThat(line.slope()).isEqualTo(0.5);
    assertThat(line.intercept()).isEqualTo(2.25);
    assertThat(line.slopeLow()).isCloseTo(0.25, within(1e-12));
    assertThat(line.slopeHigh()).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void shouldWidenThePredictionWithDistance() {
    TheilSen line = TheilSen.fit(TIMES, VALUES);

    // t(6, 0.975) · 6.589 · √(1 + 1/8 + (10 − 4.125)² / Σ(t − 4.125)²), by numpy and scipy.
    assertThat(line.halfWidth(10)).isCloseTo(20.560078495841335, within(1e-9));
    assertThat(line.halfWidth(12)).isGreaterThan(line.halfWidth(10));
  }

  @Test
  void shouldHaveNoWidth_onALineOrWithTwoPoints() {
    assertThat(TheilSen.fit(new double[] {0, 1}, new double[] {4, 6}).halfWidth(5)).isZero();
    TheilSen constant = TheilSen.fit(new double[] {0, 1, 2, 3}, new double[] {5, 5, 5, 5});
    assertThat(constant.slope()).isZero();
    assertThat(constant.halfWidth(9)).isZero();
    assertThat(constant.at(9)).isEqualTo(5);
  }

  @Test
  void shouldRefuseASinglePoint() {
    assertThatThrownBy(() -> TheilSen.fit(new double[] {1}, new double[] {1}))
        .hasMessageContaining("bring at least 2");
  }
}
