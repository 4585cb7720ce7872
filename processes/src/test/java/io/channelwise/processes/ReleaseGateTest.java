package io.channelwise.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule and edge of {@code release-gate}. */
class ReleaseGateTest extends DecisionTest {

  @ParameterizedTest
  @CsvSource({
    "0.6, 0, propose",
    "0.8, 0.81, propose",
    "0.7, 0.71, propose",
    "1, 0.2, propose",
    "0.8, 0.811, retry",
    "0.6, 0.9, retry",
    "0.599, 0, retry",
    "0.4, 0, retry",
    "0.399, 0, reject",
    "0.3, 0.9, reject",
    "0, 0, reject",
  })
  void shouldJudgeByQualityAndByTheLiveVersion(double macroF1, double liveMacroF1, String gate) {
    assertThat(ask("release-gate", vars("macroF1", macroF1, "liveMacroF1", liveMacroF1)))
        .isEqualTo(gate);
  }
}
