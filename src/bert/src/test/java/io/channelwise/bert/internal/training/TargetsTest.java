package io.channelwise.bert.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Sums by hand over the log-probabilities ln 1/2, ln 1/4, ln 1/4 of three classes. */
class TargetsTest {
  private static final double[] LOGS = {Math.log(0.5), Math.log(0.25), Math.log(0.25)};

  @Test
  void shouldBeMeanCrossEntropy_whenNothingIsAsked() {
    Targets targets = new Targets(3, new int[][] {{0}, {1}, {2}}, 0, false);
    // (ln 2 + ln 4) / 2
    assertThat(loss(targets, 0, 1)).isEqualTo((Math.log(2) + Math.log(4)) / 2, within(1e-7));
    assertThat(targets.of(new int[] {1}, new int[] {1}, 1).array()).containsExactly(0, -1, 0);
  }

  @Test
  void shouldSpreadAShareOverAllClasses_whenSmoothed() {
    Targets targets = new Targets(3, new int[][] {{0}, {1}, {2}}, 0.3, false);
    // 0.7 ln 2 + 0.1 (ln 2 + ln 4 + ln 4)
    assertThat(loss(targets, 0))
        .isEqualTo(0.7 * Math.log(2) + 0.1 * (Math.log(2) + 2 * Math.log(4)), within(1e-7));
  }

  /** Six texts, four of class 0, one each of the others: weights 6 / (3 × 4) and 6 / (3 × 1). */
  @Test
  void shouldWeighRareClassesMore_whenBalanced() {
    int[][] truths = {{0}, {0}, {0}, {0}, {1}, {2}};
    Targets targets = new Targets(3, truths, 0, true);
    // PyTorch divides by the sum of the weights: (0.5 ln 2 + 2 ln 4) / 2.5
    assertThat(loss(targets, 0, 4))
        .isEqualTo((0.5 * Math.log(2) + 2 * Math.log(4)) / 2.5, within(1e-7));
    Targets both = new Targets(3, truths, 0.3, true);
    // Smoothing carries the weight of the class it is spread to.
    assertThat(loss(both, 0))
        .isEqualTo(
            (0.7 * 0.5 * Math.log(2) + 0.1 * (0.5 * Math.log(2) + 2 * 2 * Math.log(4))) / 0.5,
            within(1e-6));
  }

  @Test
  void shouldAddUpToTheMeanOfTheStep_whenTheStepGoesInParts() {
    Targets targets = new Targets(3, new int[][] {{0}, {1}, {2}}, 0, false);
    int[] step = {0, 1, 2};
    assertThat(targets.of(new int[] {0, 1}, step, 1).array())
        .containsExactly(-1 / 3f, 0, 0, 0, -1 / 3f, 0);
    assertThat(targets.of(new int[] {2}, step, 1).array()).containsExactly(0, 0, -1 / 3f);
  }

  /** Two sentences of three and one tokens; two tokens of the first have no class. */
  @Test
  void shouldCountTokensWithAClassOnly_whenEachTokenMayHaveOne() {
    int none = Targets.NONE;
    Targets targets = new Targets(2, new int[][] {{none, 1, none}, {0}}, 0, false);
    int[] step = {0, 1};
    assertThat(targets.of(step, step, 3).array())
        .containsExactly(0, 0, 0, -0.5f, 0, 0, -0.5f, 0, 0, 0, 0, 0);
    Targets unreadable = new Targets(2, new int[][] {{none}}, 0, true);
    assertThat(unreadable.of(new int[] {0}, new int[] {0}, 1).array()).containsExactly(0, 0);
  }

  private static double loss(Targets targets, int... batch) {
    float[] factors = targets.of(batch, batch, 1).array();
    double sum = 0;
    for (int i = 0; i < factors.length; i++) {
      sum += factors[i] * LOGS[i % 3];
    }
    return sum;
  }
}
