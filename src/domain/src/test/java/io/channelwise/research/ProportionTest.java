package io.channelwise.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProportionTest {
  @Test
  void shouldGiveWilsonsInterval() {
    Proportion eight = Proportion.of(8, 10);

    // The formula in numpy with scipy.stats.norm.ppf(0.975); R's binom::binom.wilson(8, 10) too.
    assertThat(eight.low()).isCloseTo(0.49016247153664183, within(1e-12));
    assertThat(eight.high()).isCloseTo(0.9433178485456247, within(1e-12));
  }

  @Test
  void shouldCloseExactlyAtTheEnds() {
    assertThat(Proportion.of(0, 7).low()).isZero();
    assertThat(Proportion.of(7, 7).high()).isEqualTo(1);
  }

  @Test
  void shouldCountWeightedAnswersByTheirEffectiveNumber() {
    // Segments of 90 % and 10 % of the market, five answers each: weights 1.8 and 0.2.
    Proportion need =
        Proportion.weighted(new double[] {1.8, 0.2}, new long[] {5, 5}, new long[] {5, 3});

    // (1.8·5 + 0.2·3) / 10; effective 10² / (5·1.8² + 5·0.2²); Wilson by numpy.
    assertThat(need.share()).isCloseTo(0.96, within(1e-12));
    assertThat(need.effective()).isCloseTo(6.097560975609755, within(1e-12));
    assertThat(need.low()).isCloseTo(0.5666827433277479, within(1e-12));
    assertThat(need.high()).isCloseTo(0.9977346954670845, within(1e-12));
  }

  @Test
  void shouldEqualTheUnweightedInterval_whenAllWeighTheSame() {
    assertThat(Proportion.weighted(new double[] {1, 1}, new long[] {4, 6}, new long[] {2, 6}))
        .isEqualTo(Proportion.of(8, 10));
  }

  @Test
  void shouldHoldTheShare_andNarrowWithMoreAnswers() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2000; i++) {
      long answers = 1 + random.nextInt(500);
      long hits = random.nextLong(answers + 1);
      Proportion few = Proportion.of(hits, answers);
      Proportion many = Proportion.of(10 * hits, 10 * answers);
      assertThat(few.share()).isBetween(few.low(), few.high());
      assertThat(many.high() - many.low()).isLessThan(few.high() - few.low());
    }
  }

  @Test
  void shouldRefuseNoAnswers() {
    assertThatThrownBy(() -> Proportion.of(0.5, 0)).hasMessageContaining("expected more than 0");
  }
}
