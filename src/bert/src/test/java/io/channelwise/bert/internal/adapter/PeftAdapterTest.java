package io.channelwise.bert.internal.adapter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.internal.files.HostTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeftAdapterTest {
  @TempDir private Path folder;

  private static final Map<String, long[]> MODEL =
      Map.of(
          "encoder.query.weight", new long[] {4, 3},
          "encoder.LayerNorm.weight", new long[] {3},
          "classifier.weight", new long[] {2, 4});

  private static PeftAdapter adapter(Map<String, long[]> more) {
    Map<String, long[]> shapes = new HashMap<>(more);
    shapes.putIfAbsent("encoder.query.lora_A.weight", new long[] {2, 3});
    shapes.putIfAbsent("encoder.query.lora_B.weight", new long[] {4, 2});
    Map<String, HostTensor> tensors = new HashMap<>();
    shapes.forEach(
        (name, shape) -> {
          int size = (int) (shape[0] * shape[1]);
          tensors.put(name, new HostTensor(shape, FloatBuffer.allocate(size)));
        });
    return new PeftAdapter(new LoraSettings(2, 4, List.of("query")), tensors);
  }

  private void check(Map<String, long[]> more) {
    adapter(more).requireFits(folder, MODEL);
  }

  @BeforeEach
  void nameTheBase() throws IOException {
    Files.writeString(
        folder.resolve("adapter_config.json"), "{\"base_model_name_or_path\": \"the-base\"}");
  }

  @Test
  void shouldAcceptWhatTheModelHas_andWhatNobodyReads() {
    assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
    assertThatCode(
            () ->
                check(
                    Map.of(
                        "classifier.weight", new long[] {2, 4},
                        "embeddings.position_ids", new long[] {1, 9})))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldListWhatItWouldLeaveOut_orCannotUse() {
    assertThatThrownBy(() -> check(Map.of("score.weight", new long[] {2, 4})))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("1 tensors")
        .hasMessageContaining("called the-base")
        .hasMessageContaining("score.weight");
    assertThatThrownBy(() -> check(Map.of("classifier.weight", new long[] {3, 4})))
        .hasMessageContaining("classifier.weight");
    assertThatThrownBy(() -> check(Map.of("encoder.query.lora_A.weight", new long[] {2, 9})))
        .hasMessageContaining("encoder.query.lora_A.weight");
    assertThatThrownBy(
            () ->
                check(
                    Map.of(
                        "encoder.LayerNorm.lora_A.weight", new long[] {2, 3},
                        "encoder.LayerNorm.lora_B.weight", new long[] {3, 2})))
        .hasMessageContaining("2 tensors")
        .hasMessageContaining("encoder.LayerNorm.lora_A.weight");
  }
}
