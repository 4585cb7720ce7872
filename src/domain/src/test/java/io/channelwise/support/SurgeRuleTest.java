package io.channelwise.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.support.SurgeRule.Counts;
import org.junit.jupiter.api.Test;

/** Expected values by hand. */
class SurgeRuleTest {

  @Test
  void shouldAlarm_whenEightOfTheFirstTwentyAreNegative() {
    // Nothing before the window: baseline (0 + 1) / (0 + 10) = 0.1; 8 / 20 = 0.4 > 0.2.
    Counts counts = new Counts(20, 8, 8, null);

    assertThat(counts.longRunShare()).isEqualTo(0.1);
    assertThat(counts.windowShare()).isEqualTo(0.4);
    assertThat(SurgeRule.surge(counts)).isTrue();
  }

  @Test
  void shouldStayQuiet_whenSevenAreNegative() {
    assertThat(SurgeRule.surge(new Counts(20, 7, 7, null))).isFalse();
  }

  @Test
  void shouldStayQuiet_whenTheCampaignWasAlwaysThisNegative() {
    // Before the window 24 of 80: (24 + 1) / (80 + 10) = 0.2778; 10 / 20 = 0.5 is below 0.5556.
    Counts usual = new Counts(100, 34, 10, null);
    assertThat(usual.longRunShare()).isEqualTo(25.0 / 90, within(1e-12));
    assertThat(SurgeRule.surge(usual)).isFalse();

    // 12 / 20 = 0.6 is above.
    assertThat(SurgeRule.surge(new Counts(100, 36, 12, null))).isTrue();
  }

  @Test
  void shouldLookAtTheTicketsThereAre_whenTheyAreFewerThanTheWindow() {
    Counts young = new Counts(9, 8, 8, null);

    assertThat(young.windowShare()).isEqualTo(8.0 / 9);
    assertThat(SurgeRule.surge(young)).isTrue();
  }

  @Test
  void shouldAlarmOnceAWindow() {
    assertThat(SurgeRule.surge(new Counts(39, 20, 12, 20L))).isFalse();
    // 20 tickets later; before the window 8 of 20: 9 / 30 = 0.3; 13 / 20 = 0.65 > 0.6.
    assertThat(SurgeRule.surge(new Counts(40, 21, 13, 20L))).isTrue();
  }
}
