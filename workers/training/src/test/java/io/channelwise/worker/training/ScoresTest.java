package io.channelwise.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {

  /** Expected by hand: a: P=2/3 R=1 F1=0.8; b: P=1 R=1/2 F1=2/3; c: never answered, F1=0. */
  @Test
  void shouldCountAnswersOutsideTheClassesAsWrong() {
    Scores scores =
        Scores.of(
            List.of("a", "b", "c"),
            List.of("a", "a", "b", "b", "c"),
            List.of("a", "a", "a", "b", "old-class"));

    assertThat(scores.accuracy()).isEqualTo(0.6);
    assertThat(scores.macroF1()).isCloseTo((0.8 + 2.0 / 3) / 3, within(1e-12));
    assertThat(scores.weightedF1()).isCloseTo((2 * 0.8 + 2 * 2.0 / 3) / 5, within(1e-12));
    assertThat(scores.classes().get(2).support()).isEqualTo(1);
    assertThat(scores.classes().get(2).precision()).isZero();
  }
}
