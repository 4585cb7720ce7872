package io.channelwise.bert.internal.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.Calibration;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.TensorFiles;
import io.channelwise.bert.internal.files.TokenizerFile;
import io.channelwise.bert.internal.task.Marks;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a file says of itself, so that it can be served alone: {@code task}, {@code labels} (a JSON
 * list in the order of the logits), {@code weights} (SHA-256 of the files it was made of), {@code
 * max_length} (tokens, markers included), {@code tokenizer} (the whole {@code tokenizer.json}),
 * {@code temperature} and {@code reject_below} where the model is calibrated, {@code threshold}
 * where any number of labels is given.
 */
public final class Metadata {
  /** SHA-256 of the weights that the graph was made of. */
  public static final String WEIGHTS = "weights";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Metadata() {}

  static Map<String, String> of(Path modelDir, BertConfig config, Optional<Calibration> known) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(WEIGHTS, TensorFiles.sha256(modelDir));
    entries.put("max_length", Integer.toString(config.maxLength()));
    entries.put("tokenizer", TokenizerFile.read(modelDir));
    if (config.labels().isEmpty()) {
      return entries;
    }
    entries.put("task", config.task().key());
    entries.put("labels", json(config));
    known.ifPresent(
        calibration -> {
          entries.put("temperature", Double.toString(calibration.temperature()));
          entries.put("reject_below", Double.toString(calibration.reject().threshold()));
        });
    if (config.task() == Task.MULTI_LABEL) {
      entries.put("threshold", Double.toString(Marks.THRESHOLD));
    }
    return entries;
  }

  private static String json(BertConfig config) {
    try {
      return JSON.writeValueAsString(config.labels());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Labels cannot be written as JSON", e);
    }
  }
}
