package io.channelwise.bert.internal.fewshot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.bert.internal.training.TrainingLog;
import io.channelwise.bert.training.TrainingDivergedException;
import io.channelwise.bert.training.TrainingListener;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
  @TempDir Path folder;

  /** The rate of the step, on its way up or down, is no setting. */
  @Test
  void shouldNameTheRateThatWasChosen_whenTheLossIsNoNumber() {
    Progress progress =
        new Progress(TrainingListener.NONE, new TrainingLog(folder, 0), 1, 5e-5, 10, 1);
    progress.check(1, 1);
    assertThatThrownBy(() -> progress.check(Double.NaN, 1))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("at step 1: loss NaN")
        .hasMessageContaining("below 5.0E-5");
  }
}
