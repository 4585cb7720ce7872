package io.channelwise.bert.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.channelwise.bert.BertException;
import io.channelwise.bert.Task;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.inference.OnnxScorer;
import io.channelwise.bert.internal.inference.Scorer;
import io.channelwise.bert.internal.model.WeightFile;
import io.channelwise.bert.internal.text.TokenIds;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxFileTest {
  private static final List<TokenIds> INPUT = List.of(TokenIds.single(new int[] {101, 7, 102}));

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"STANDARD", "INT8"})
  void shouldSayOpsetAndKeepToStandardOperators_whenWrittenForOthers(GraphForm form) {
    ModelProto model = graph(form);
    assertThat(model.getOpsetImportList())
        .extracting(OperatorSetIdProto::getDomain, OperatorSetIdProto::getVersion)
        .containsExactly(tuple("", 17L));
    assertThat(model.getGraph().getNodeList()).allMatch(node -> node.getDomain().isEmpty());
    assertThat(model.getGraph().getInputList())
        .allSatisfy(
            input ->
                assertThat(input.getType().getTensorType().getShape().getDimList())
                    .extracting(dimension -> dimension.getDimParam())
                    .containsExactly("batch", "sequence"));
  }

  @Test
  void shouldPutWeightsBeside_whenTheyDoNotFitIntoOneFile() throws IOException {
    Path inline = folder.resolve("inline.onnx");
    Path split = folder.resolve("split.onnx");
    long bytes = OnnxFile.write(graph(GraphForm.STANDARD), inline);
    long splitBytes = OnnxFile.write(graph(GraphForm.STANDARD), split, 10_000);

    assertThat(bytes).isEqualTo(Files.size(inline));
    assertThat(Files.size(split)).isLessThan(bytes / 10);
    assertThat(splitBytes).isGreaterThanOrEqualTo(bytes);
    assertThat(logits(split)).isEqualTo(logits(inline));
  }

  @Test
  void shouldLeaveNoOldWeights_whenReplaced() throws IOException {
    Path file = folder.resolve("model.onnx");
    OnnxFile.write(graph(GraphForm.STANDARD), file, 10_000);
    OnnxFile.write(graph(GraphForm.STANDARD), file, 10_000);
    assertThat(names()).hasSize(2).contains("model.onnx");

    OnnxFile.write(graph(GraphForm.STANDARD), file);
    assertThat(names()).containsExactly("model.onnx");
  }

  @Test
  void shouldKeepTheNewWeights_whenOldOnesCannotBeDeleted() throws IOException {
    Path file = folder.resolve("model.onnx");
    // A folder that is not empty stands where old weights would.
    Path old = Files.createDirectory(folder.resolve("model.onnx.0123abcd.data"));
    Files.createFile(old.resolve("file"));
    assertThatThrownBy(() -> OnnxFile.write(graph(GraphForm.STANDARD), file, 10_000))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("0123abcd");
    assertThat(logits(file)).hasSize(3);
  }

  @Test
  void shouldNameTheFolder_whenItIsMissing() throws IOException {
    Path target = folder.resolve("no").resolve("model.onnx");
    ModelProto model = graph(GraphForm.STANDARD);
    assertThatThrownBy(() -> OnnxFile.write(model, target))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("Folder " + target.getParent() + " of output")
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> OnnxFile.write(model, folder)).hasMessageContaining("is a folder");
    assertThat(names()).isEmpty();
  }

  /** Expected bytes by hand: 127 * value / largest magnitude of the row, rounded. */
  @Test
  void shouldScaleEachRowByItsLargestMagnitude() {
    float[] values = {0.5f, -1f, 0.25f, 0, 0, 0};
    EightBits bits = EightBits.of(new HostTensor(new long[] {2, 3}, FloatBuffer.wrap(values)));
    assertThat(bits.rows()).containsExactly(64, -127, 32, 0, 0, 0);
    assertThat(bits.transposed()).containsExactly(64, 0, -127, 0, 32, 0);
    assertThat(bits.scales().values().get(0)).isEqualTo(1f / 127);
    assertThat(bits.scales().values().get(1)).isEqualTo(1);
  }

  private static ModelProto graph(GraphForm form) {
    Path model = TestModels.tiny(Task.SEQUENCE, Pooling.MEAN, 3);
    try (WeightFile weights = new WeightFile(model)) {
      return BertGraph.of(BertConfig.read(model), weights, form, Map.of());
    }
  }

  private static float[] logits(Path file) {
    try (Scorer scorer = OnnxScorer.load("onnx", file, 1)) {
      return scorer.logits(INPUT)[0];
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
