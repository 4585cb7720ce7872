package io.channelwise.server.model;

import io.channelwise.server.web.ApiException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * What to train, on what, how.
 *
 * @param datasetId an existing dataset; null to build one from the campaign's feedback or events
 * @param campaignKey whose feedback or events; needed when there is no datasetId
 * @param cycle feedback up to this cycle; 1 when null
 */
record NewTrainingRun(
    @Schema(example = "ticket-intent") String modelName,
    String datasetId,
    String campaignKey,
    Integer cycle,
    @Schema(allowableValues = {"bge-small-zh", "minilm"}) String base,
    @Schema(example = "3") Integer epochs,
    @Schema(example = "0.0001") Double learningRate,
    @Schema(example = "16") Integer batchSize,
    @Schema(example = "64") Integer maxLength,
    @Schema(example = "42") Integer seed) {

  private static final List<String> BASES = List.of("bge-small-zh", "minilm");

  /** The process variables of the settings given; those left out have defaults in the model. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    if (base != null && !BASES.contains(base)) {
      throw wrong("base", base, "one of " + String.join(", ", BASES));
    }
    settings.put("base", base);
    settings.put("epochs", between("epochs", epochs, 1, 100));
    settings.put("batchSize", between("batchSize", batchSize, 1, 512));
    settings.put("maxLength", between("maxLength", maxLength, 8, 512));
    settings.put("seed", between("seed", seed, 0, Integer.MAX_VALUE));
    if (learningRate != null && !(learningRate >= 1e-7 && learningRate <= 0.1)) {
      throw wrong("learningRate", learningRate, "a number from 1e-7 to 0.1");
    }
    settings.put("learningRate", learningRate);
    settings.values().removeIf(value -> value == null);
    return settings;
  }

  private static Integer between(String field, Integer value, int min, int max) {
    if (value != null && (value < min || value > max)) {
      throw wrong(field, value, "a number from " + min + " to " + max);
    }
    return value;
  }

  static ApiException wrong(String field, Object found, String expected) {
    return new ApiException(
        HttpStatus.UNPROCESSABLE_ENTITY, "wrong-field", field, String.valueOf(found), expected);
  }
}
