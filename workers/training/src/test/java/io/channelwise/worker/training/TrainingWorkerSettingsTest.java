package io.channelwise.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrainingWorkerSettingsTest {
  private static final Path STORE = Path.of("store");

  @Test
  void shouldTakeDefaultsAndFullSettings() {
    assertThat(TrainingWorkerSettings.of(STORE).device()).isEqualTo("auto");
    assertThat(
            new TrainingWorkerSettings(STORE, "gpu", 2, 10, Duration.ofSeconds(5))
                .checkpointSteps())
        .isEqualTo(10);
  }

  @Test
  void shouldNameKeyValueAndRange_whenWrong() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> TrainingWorkerSettings.of(null))
        .hasMessageContaining("channelwise.model-store is missing");
    assertThatThrownBy(() -> new TrainingWorkerSettings(STORE, "tpu", 0, 1, second))
        .hasMessageContaining("channelwise.training.device is tpu; expected auto, cpu or gpu");
    assertThatThrownBy(() -> new TrainingWorkerSettings(STORE, "cpu", -1, 1, second))
        .hasMessageContaining("channelwise.training.threads is -1");
    assertThatThrownBy(() -> new TrainingWorkerSettings(STORE, "cpu", 0, 0, second))
        .hasMessageContaining("channelwise.training.checkpoint-steps is 0");
    assertThatThrownBy(() -> new TrainingWorkerSettings(STORE, "cpu", 0, 1, Duration.ofHours(1)))
        .hasMessageContaining("channelwise.training.progress-interval is PT1H");
  }
}
