package io.channelwise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreTest {
  @TempDir Path folder;

  private Path model(String weights) throws IOException {
    Path model = Files.createTempDirectory(folder, "model");
    Files.createDirectories(model.resolve("onnx"));
    Files.writeString(model.resolve("config.json"), "{}");
    Files.writeString(model.resolve("onnx/weights.bin"), weights);
    return model;
  }

  @Test
  void shouldStoreWholeDirectories_andReplaceThem() throws IOException {
    ModelStore store = new ModelStore(folder.resolve("store"));

    String first = store.put("ticket-intent/run-1", model("a"));
    assertThat(store.sha256("ticket-intent/run-1")).isEqualTo(first).hasSize(64);
    assertThat(store.put("ticket-intent/run-1", model("a"))).isEqualTo(first);
    String second = store.put("ticket-intent/run-1", model("b"));

    assertThat(second).isNotEqualTo(first);
    assertThat(store.resolve("ticket-intent/run-1").resolve("onnx/weights.bin")).hasContent("b");
    try (Stream<Path> left = Files.list(store.root())) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("ticket-intent");
    }
    store.delete("ticket-intent/run-1");
    store.delete("ticket-intent/run-1");
    assertThat(store.resolve("ticket-intent/run-1")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc", "a/../../x", "", ".", "a/.."})
  void shouldRefusePathsOutside(String path) {
    ModelStore store = new ModelStore(folder.resolve("store"));

    assertThatThrownBy(() -> store.resolve(path).resolve("x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not inside the model store");
  }
}
