package io.channelwise.bert.internal.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.Calibration;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.RejectRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The temperature and the reject threshold in a model's folder. */
public final class CalibrationFile {
  public static final String FILE = "calibration.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private CalibrationFile() {}

  /**
   * Reads it, when the model has one.
   *
   * @throws ModelFormatException when it holds no usable numbers
   */
  public static Optional<Calibration> read(Path folder) {
    Path path = folder.resolve(FILE);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(path.toFile());
      double temperature = node.path("temperature").asDouble();
      double threshold = node.path("reject_below").asDouble();
      if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)
          || !(threshold >= 0 && threshold <= 1)) {
        throw new ModelFormatException(
            "File %s has temperature %s and reject_below %s; expected a number above 0 and one from 0 to 1. Calibrate the model again, or delete the file."
                .formatted(path, node.path("temperature"), node.path("reject_below")));
      }
      return Optional.of(
          new Calibration(
              temperature,
              node.path("examples").asInt(),
              node.path("expected_calibration_error_before").asDouble(),
              node.path("expected_calibration_error_after").asDouble(),
              new RejectRule(
                  node.path("wanted_precision").asDouble(),
                  threshold,
                  node.path("precision").asDouble(),
                  node.path("coverage").asDouble())));
    } catch (IOException e) {
      throw new ModelFormatException("File " + path + " is no JSON: " + e.getMessage(), e);
    }
  }

  /** Writes it; readers see the old file or the new one. */
  public static void write(Path folder, Calibration calibration) {
    ObjectNode node = JSON.createObjectNode();
    node.put("temperature", calibration.temperature());
    node.put("reject_below", calibration.reject().threshold());
    node.put("wanted_precision", calibration.reject().wantedPrecision());
    node.put("precision", calibration.reject().precision());
    node.put("coverage", calibration.reject().coverage());
    node.put("examples", calibration.examples());
    node.put("expected_calibration_error_before", calibration.errorBefore());
    node.put("expected_calibration_error_after", calibration.errorAfter());
    AtomicFile.write(folder.resolve(FILE), node.toPrettyString() + "\n");
  }
}
