package io.channelwise.bert.internal.compress;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.bert.TestModels;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.TensorFiles;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PruningTest {
  @TempDir Path folder;

  @Test
  void shouldZeroTheSmallest_andTheFirstOfEquals() {
    assertThat(pruned(0.5, 3, -1, 0.5f, -4, 2, 0.1f)).containsExactly(3, 0, 0, -4, 2, 0);
    assertThat(pruned(0.5, 1, -1, 1, 1)).containsExactly(0, 0, 1, 1);
    assertThat(pruned(0, 3, -1)).containsExactly(3, -1);
    // Zeros of before count.
    assertThat(pruned(0.5, 0, 0, 5, 6)).containsExactly(0, 0, 5, 6);
  }

  private static float[] pruned(double sparsity, float... values) {
    HostTensor tensor = new HostTensor(new long[] {values.length}, FloatBuffer.wrap(values));
    return floats(MagnitudePruning.pruned(tensor, sparsity));
  }

  private static float[] floats(HostTensor tensor) {
    float[] result = new float[tensor.values().remaining()];
    tensor.values().get(result);
    return result;
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch_dtype", "dtype"})
  void shouldSayThatTensorsAreFloats_whateverTheyWere(String key) throws IOException {
    Path half = Files.createDirectory(folder.resolve("half"));
    Folders.copy(TestModels.tiny(), half);
    Path config = half.resolve("config.json");
    String halved =
        Files.readString(config)
            .replaceAll("\"torch_dtype\" : \"float32\"", "\"" + key + "\": \"float16\"");
    Files.writeString(config, halved);
    Path out = Files.createDirectory(folder.resolve("pruned"));
    MagnitudePruning.write(half, 0.3, out);
    assertThat(out.resolve("config.json"))
        .content()
        .contains("\"" + key + "\" : \"float32\"")
        .doesNotContain("float16");
  }

  @Test
  void shouldCopyFoldersInFolders() throws IOException {
    Path from = Files.createDirectories(folder.resolve("from"));
    Files.createDirectories(from.resolve("a/b"));
    Files.writeString(from.resolve("a/b/file"), "x");
    Files.writeString(from.resolve("top"), "y");
    Path to = Files.createDirectory(folder.resolve("to"));
    Folders.copy(from, to);
    assertThat(to.resolve("a/b/file")).hasContent("x");
    assertThat(to.resolve("top")).hasContent("y");
  }

  @Test
  void shouldZeroTheSameShareOfEachMatrix_andNothingElse() throws IOException {
    Path model = TestModels.tiny();
    Path out = Files.createDirectory(folder.resolve("pruned"));
    MagnitudePruning.write(model, 0.3, out);
    try (TensorFiles before = TensorFiles.open(model);
        TensorFiles after = TensorFiles.open(out)) {
      assertThat(after.names()).isEqualTo(before.names());
      int matrices = 0;
      for (String name : before.names()) {
        float[] old = floats(before.read(name));
        float[] now = floats(after.read(name));
        if (name.contains("encoder.layer") && name.endsWith("weight") && !name.contains("Norm")) {
          int zeros = 0;
          for (float value : now) {
            zeros += value == 0 ? 1 : 0;
          }
          assertThat(zeros).as(name).isEqualTo(Math.round(0.3f * now.length));
          matrices++;
        } else {
          assertThat(now).as(name).isEqualTo(old);
        }
      }
      assertThat(matrices).isEqualTo(2 * 6);
    }
  }

  @Test
  void shouldKeepTheMostImportantNeuronsInTheirOrder() throws IOException {
    assertThat(NeuronPruning.best(new double[] {0.2, 0.9, 0.1, 0.9, 0.5}, 3))
        .containsExactly(1, 3, 4);
    assertThat(NeuronPruning.kept(1536, 0.25)).isEqualTo(1152);
    assertThat(NeuronPruning.kept(4, 0.99)).isEqualTo(1);

    // Of 64 neurons the 16 with the highest numbers matter in layer 0, the lowest in layer 1.
    double[] rising = new double[64];
    double[] falling = new double[64];
    Arrays.setAll(rising, i -> i);
    Arrays.setAll(falling, i -> -i);
    Path model = TestModels.tiny();
    Path out = Files.createDirectory(folder.resolve("narrow"));
    NeuronPruning.write(model, List.of(rising, falling), 0.75, out);
    assertThat(BertConfig.read(out).intermediateSize()).isEqualTo(16);
    try (TensorFiles before = TensorFiles.open(model);
        TensorFiles after = TensorFiles.open(out)) {
      String name = "bert.encoder.layer.0.output.dense.weight";
      float[] old = floats(before.read(name)); // (32, 64)
      float[] now = floats(after.read(name)); // (32, 16)
      assertThat(after.shape(name)).containsExactly(32, 16);
      assertThat(now[0]).isEqualTo(old[48]);
      assertThat(now[16 * 5 + 3]).isEqualTo(old[64 * 5 + 51]);
      String wide = "bert.encoder.layer.1.intermediate.dense.weight"; // (64, 32) to (16, 32)
      assertThat(floats(after.read(wide)))
          .isEqualTo(Arrays.copyOf(floats(before.read(wide)), 16 * 32));
      assertThat(after.shape("bert.encoder.layer.1.intermediate.dense.bias")).containsExactly(16);
    }
  }

  @Test
  void shouldSilenceTheLeastImportantHeadsOfAllLayers_butNeverAWholeLayer() throws IOException {
    List<double[]> importance =
        List.of(new double[] {0.1, 0.2, 0.3, 0.4}, new double[] {0.5, 0.9, 0.6, 0.15});
    assertThat(HeadPruning.worst(importance, 0.25)).isEqualTo(Map.of(0, set(0), 1, set(3)));
    // Half would take four of the first layer's; its best stays and the next worst goes.
    assertThat(HeadPruning.worst(importance, 0.625))
        .isEqualTo(Map.of(0, set(0, 1, 2), 1, set(0, 3)));
    assertThat(HeadPruning.worst(importance, 0)).isEqualTo(Map.of(0, set(), 1, set()));

    Path model = TestModels.tiny();
    Path out = Files.createDirectory(folder.resolve("quiet"));
    HeadPruning.write(model, importance, 0.25, out);
    try (TensorFiles before = TensorFiles.open(model);
        TensorFiles after = TensorFiles.open(out)) {
      // Head 3 of layer 1 are the rows 24 to 31 of the query and these columns of the output.
      String query = "bert.encoder.layer.1.attention.self.query.weight";
      String output = "bert.encoder.layer.1.attention.output.dense.weight";
      float[] rows = floats(after.read(query));
      float[] columns = floats(after.read(output));
      float[] oldRows = floats(before.read(query));
      float[] oldColumns = floats(before.read(output));
      for (int i = 0; i < 32; i++) {
        for (int j = 0; j < 32; j++) {
          assertThat(rows[32 * i + j]).isEqualTo(i < 24 ? oldRows[32 * i + j] : 0);
          assertThat(columns[32 * i + j]).isEqualTo(j < 24 ? oldColumns[32 * i + j] : 0);
        }
      }
    }
  }

  private static TreeSet<Integer> set(Integer... values) {
    return new TreeSet<>(List.of(values));
  }

  @Test
  void shouldTakeEvenlySpacedLayers_asDistilBertDoes() throws IOException {
    // The layers that the initialisation of DistilBERT takes from 12 (scripts/extract_distilbert).
    assertThat(Layers.chosen(12, 6)).containsExactly(0, 2, 4, 7, 9, 11);
    assertThat(Layers.chosen(6, 3)).containsExactly(0, 3, 5);
    assertThat(Layers.chosen(4, 4)).containsExactly(0, 1, 2, 3);
    assertThat(Layers.chosen(6, 1)).containsExactly(0);

    Path model = TestModels.tiny();
    Path out = Files.createDirectory(folder.resolve("student"));
    Layers.write(model, List.of(1), out);
    assertThat(BertConfig.read(out).layers()).isEqualTo(1);
    try (TensorFiles before = TensorFiles.open(model);
        TensorFiles after = TensorFiles.open(out)) {
      assertThat(after.names()).hasSize(before.names().size() - 16);
      assertThat(floats(after.read("bert.encoder.layer.0.output.dense.bias")))
          .isEqualTo(floats(before.read("bert.encoder.layer.1.output.dense.bias")));
      assertThat(after.names()).noneMatch(name -> name.contains("layer.1."));
    }
  }
}
