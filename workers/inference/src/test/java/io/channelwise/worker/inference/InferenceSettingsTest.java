package io.channelwise.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InferenceSettingsTest {
  private static final Path STORE = Path.of("store");
  private static final String TOKEN = "0123456789abcdef";

  @Test
  void shouldTakeDefaults_andHideTheToken() {
    InferenceSettings settings = InferenceSettings.of(STORE, 8090, TOKEN);

    assertThat(settings.device()).isEqualTo("auto");
    assertThat(settings.backend()).isEqualTo("auto");
    assertThat(settings.toString()).doesNotContain(TOKEN).contains("token=***");
  }

  @Test
  void shouldNameKeyValueAndRange_whenWrong() {
    assertThatThrownBy(() -> InferenceSettings.of(null, 1, TOKEN))
        .hasMessageContaining("channelwise.model-store is missing");
    assertThatThrownBy(() -> InferenceSettings.of(STORE, 70_000, TOKEN))
        .hasMessageContaining("channelwise.inference-port is 70000; expected 0 to 65535");
    assertThatThrownBy(() -> InferenceSettings.of(STORE, 1, "short"))
        .hasMessageContaining("channelwise.inference-token has 5 bytes; expected at least 16");
    assertThatThrownBy(() -> new InferenceSettings(STORE, " ", 1, TOKEN, "cpu", 0, "auto"))
        .hasMessageContaining("channelwise.inference-host is empty");
    assertThatThrownBy(() -> new InferenceSettings(STORE, "127.0.0.1", 1, TOKEN, "tpu", 0, "auto"))
        .hasMessageContaining("channelwise.inference.device is tpu");
    assertThatThrownBy(() -> new InferenceSettings(STORE, "127.0.0.1", 1, TOKEN, "cpu", -1, "auto"))
        .hasMessageContaining("channelwise.inference.threads is -1");
    assertThatThrownBy(() -> new InferenceSettings(STORE, "127.0.0.1", 1, TOKEN, "cpu", 0, "tf"))
        .hasMessageContaining("channelwise.inference.backend is tf; expected auto, djl, onnx");
    assertThatThrownBy(() -> new InferenceSettings(STORE, "127.0.0.1", 1, TOKEN, "gpu", 0, "onnx"))
        .hasMessageContaining("backend onnx runs on the CPU");
  }
}
