package io.channelwise.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule and edge of {@code retraining-needed}. */
class RetrainingNeededTest extends DecisionTest {

  @ParameterizedTest
  @CsvSource({"0, false, true", "200, false, true", "50, true, true", "49, true, false"})
  void shouldRetrain_whenNoModelIsLiveOrThereIsEnoughNews(
      int newExamples, boolean hasLiveModel, boolean retrain) {
    assertThat(
            ask(
                "retraining-needed",
                vars("newExamples", newExamples, "hasLiveModel", hasLiveModel)))
        .isEqualTo(retrain);
  }
}
