package io.channelwise.bert.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.bert.Calibration;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Example;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.RejectRule;
import io.channelwise.bert.Task;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.internal.files.CalibrationFile;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.inference.OnnxScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExporterTest {
  @TempDir Path folder;

  @Test
  void shouldSayWhatAServerNeeds_inTheFileAlone() throws IOException {
    Path model = copy(TestModels.tiny(Task.MULTI_LABEL, Pooling.MEAN, 4));
    RejectRule rule = new RejectRule(0.9, 0.4, 0.95, 0.8);
    CalibrationFile.write(model, new Calibration(1.5, 40, 0.1, 0.02, rule));
    Path file = folder.resolve("model.onnx");

    OnnxExport export = OnnxExporter.export(model, file, false);

    assertThat(export.opset()).isEqualTo(17);
    assertThat(export.bytes()).isEqualTo(Files.size(file));
    try (OnnxScorer scorer = OnnxScorer.load("onnx", file, 1)) {
      Map<String, String> metadata = scorer.metadata();
      assertThat(metadata)
          .containsEntry("task", "multi-label")
          .containsEntry("labels", "[\"a\",\"b\",\"c\",\"d\"]")
          .containsEntry("max_length", "64")
          .containsEntry("temperature", "1.5")
          .containsEntry("reject_below", "0.4")
          .containsEntry("threshold", "0.5");
      assertThat(metadata.get("tokenizer")).contains("\"vocab\"");
    }
  }

  @Test
  void shouldBeAQuarterOfTheSize_andAgreeMostly_in8Bits() throws IOException {
    Path model = TestModels.tiny(Task.TOKENS, Pooling.NONE, 3);
    Path file = folder.resolve("int8.onnx");
    OnnxExport export = OnnxExporter.export(model, file, true);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      examples.add(Example.tagged(List.of("card", "not", "arrived" + i), List.of("a", "b", "c")));
    }

    QuantizationReport report = OnnxExporter.compare(model, file, examples, 1);

    assertThat(report.smallBytes()).isEqualTo(export.bytes());
    long tokenizer = Files.size(model.resolve("tokenizer.json"));
    assertThat((report.wholeBytes() - tokenizer) / (double) (report.smallBytes() - tokenizer))
        .isBetween(3.0, 4.5);
    assertThat(report.agreement()).isBetween(0.8, 1.0);
    assertThat(report.largestDifference()).isBetween(1e-6, 0.1);
    assertThat(report.whole().examples()).isEqualTo(20);
    assertThat(report.text()).contains("20 examples", "accuracy", "examples/s");
  }

  @Test
  void shouldRefuseToCompare_whenTheFileIsOfAnotherModel() throws IOException {
    Path model = TestModels.tiny(Task.SEQUENCE, Pooling.MEAN, 3);
    List<Example> examples = List.of(new Example("where is my card", "a"));
    Path fewer = folder.resolve("fewer.onnx");
    OnnxExporter.export(TestModels.tiny(Task.SEQUENCE, Pooling.MEAN, 2), fewer, true);
    assertThatThrownBy(() -> OnnxExporter.compare(model, fewer, examples, 1))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("fewer.onnx is not of model " + model)
        .hasMessageContaining("the labels [\"a\",\"b\"], the model [\"a\",\"b\",\"c\"]");

    // The same labels, trained again.
    Path again = copy(model);
    Path weights = again.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    Path other = folder.resolve("other.onnx");
    OnnxExporter.export(again, other, true);
    assertThatThrownBy(() -> OnnxExporter.compare(model, other, examples, 1))
        .hasMessageContaining("is not of model " + model + ": its metadata has the weights ");
  }

  @Test
  void shouldExplainItself_whenSomethingIsMissing() throws IOException {
    Path file = folder.resolve("model.onnx");
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> OnnxExporter.export(none, file, false))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("has no config.json");
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("config.json"), "{\"model_type\":\"roberta\"}");
    assertThatThrownBy(() -> OnnxExporter.export(other, file, false))
        .hasMessageContaining("model_type roberta; only bert is supported");
    assertThat(file).doesNotExist();

    Path model = TestModels.tiny(Task.SEQUENCE, Pooling.MEAN, 3);
    List<Example> unknown = List.of(new Example("where is my card", "z"));
    assertThatThrownBy(() -> OnnxExporter.compare(model, file, unknown, 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("does not know: {z=1} (label = rows). The model knows [a, b, c].");
  }

  private Path copy(Path model) throws IOException {
    Path target = Files.createDirectory(folder.resolve("model"));
    try (Stream<Path> files = Files.list(model)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }
}
