package io.channelwise.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule and edge of {@code release-gate}. */
class ReleaseGateTest extends DecisionTest {

  @ParameterizedTest
  @CsvSource({
    "0.6, , true, propose",
    "0.6, , false, propose",
    "0.6, 0, true, propose",
    "0.8, 0.81, true, propose",
    "0.7, 0.71, false, propose",
    "1, 0.2, true, propose",
    "0.8, 0.811, true, retry",
    "0.8, 0.811, false, review",
    "0.6, 0.9, true, retry",
    "0.599, , true, retry",
    "0.599, , false, review",
    "0.4, 0, true, retry",
    "0.4, 0.9, false, review",
    "0.399, , true, reject",
    "0.3, 0.9, false, reject",
    "0, 0, true, reject",
  })
  void shouldJudgeByQualityAndByTheLiveVersion(
      double score, Double liveScore, boolean longerTrainingHelps, String gate) {
    assertThat(
            ask(
                "release-gate",
                vars(
                    "score",
                    score,
                    "liveScore",
                    liveScore,
                    "longerTrainingHelps",
                    longerTrainingHelps)))
        .isEqualTo(gate);
  }
}
