package io.channelwise.bert.internal.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.CalibrationFile;
import io.channelwise.bert.internal.model.WeightFile;
import java.nio.file.Path;
import java.util.Map;

/** From a model's folder to a graph in a file. */
public final class GraphWriter {

  private GraphWriter() {}

  /**
   * Writes a graph for others, with all that a server needs in its metadata.
   *
   * @return bytes written
   */
  public static long export(Path modelDir, BertConfig config, GraphForm form, Path file) {
    Map<String, String> metadata = Metadata.of(modelDir, config, CalibrationFile.read(modelDir));
    return OnnxFile.write(graph(modelDir, config, form, metadata), file);
  }

  /** Writes a graph for a session of our own. */
  public static void bare(Path modelDir, BertConfig config, GraphForm form, Path file) {
    OnnxFile.write(graph(modelDir, config, form, Map.of()), file);
  }

  private static ModelProto graph(
      Path modelDir, BertConfig config, GraphForm form, Map<String, String> metadata) {
    try (WeightFile weights = new WeightFile(modelDir)) {
      weights.require(modelDir, config, !config.labels().isEmpty());
      return BertGraph.of(config, weights, form, metadata);
    }
  }
}
