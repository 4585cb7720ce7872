package io.channelwise.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.bert.internal.files.BertConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseModelsTest {
  @TempDir Path folder;

  @Test
  void shouldReadSizesFromTheGraph_whenPackagedModelsAreImported() {
    BertConfig english = BertConfig.read(TestModels.base("minilm"));
    assertThat(english.layers()).isEqualTo(6);
    assertThat(english.heads()).isEqualTo(12);
    assertThat(english.layerNormEps()).isEqualTo(1e-12);
    BertConfig chinese = BertConfig.read(TestModels.base("bge-small-zh"));
    assertThat(chinese.vocabSize()).isEqualTo(21128);
    assertThat(chinese.heads()).isEqualTo(8);
  }

  @Test
  void shouldNameWhatThereIs_whenTheBaseIsUnknown() throws IOException {
    assertThatThrownBy(() -> BaseModels.resolve("bert-huge", folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("bge-small-zh, minilm");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> BaseModels.resolve(empty.toString(), folder))
        .hasMessageContaining("has no config.json");
  }

  @Test
  void shouldRefuseAnotherArchitectureByName() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"roberta\"}");
    assertThatThrownBy(() -> BertConfig.read(folder))
        .hasMessageContaining("model_type roberta; only bert is supported");
  }

  @Test
  void shouldKeepWhatIsThere_whenAnImportWouldReplaceAnotherFolder() throws IOException {
    Path precious = Files.writeString(folder.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> BaseModels.importPackaged("minilm", folder))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("thesis.txt");
    assertThat(precious).hasContent("years of work");
  }

  @Test
  void shouldSaySo_whenAFileIsNoOnnxModel() throws IOException {
    Path file = Files.writeString(folder.resolve("x.onnx"), "not a model");
    Path out = folder.resolve("out");
    assertThatThrownBy(() -> BaseModels.importOnnx(file, file, out))
        .isInstanceOf(ModelFormatException.class);
    assertThat(out).doesNotExist();
    assertThatThrownBy(() -> BaseModels.importOnnx(folder.resolve("no.onnx"), file, out))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("no.onnx");
  }
}
