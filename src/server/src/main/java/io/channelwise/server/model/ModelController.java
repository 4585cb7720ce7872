package io.channelwise.server.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelVersion;
import io.channelwise.server.web.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Models, their versions, and predictions from the released one. */
@RestController
@RequestMapping(path = "/api/models", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Models")
class ModelController {
  private static final int TEXTS_MAX = 256;
  private static final int PAIRS_MAX = 128;
  private static final int ROWS_MAX = 256;
  private static final int COLUMNS_MAX = 500;
  private static final int TEXT_CHARS_MAX = 10_000;

  private final ModelRegistry models;
  private final InferenceClient inference;

  ModelController(ModelRegistry models, InferenceClient inference) {
    this.models = models;
    this.inference = inference;
  }

  /**
   * @param live the released version; null before the first release
   */
  record ModelView(String name, ModelVersion live, int versions) {}

  /** One of them. */
  record Inputs(
      @Schema(example = "[\"Where is my invoice?\"]") List<String> texts,
      @Schema(
              description = "for a model that reads two texts together, such as material-fit",
              example = "[]")
          List<List<String>> pairs,
      @Schema(
              description =
                  "for a model of purchases: what users did, every column that the model reads,"
                      + " null where unknown",
              example = "[]")
          List<Map<String, Object>> rows) {}

  @Operation(summary = "The models that have a version")
  @GetMapping
  List<ModelView> list() {
    return models.models().stream()
        .map(
            name ->
                new ModelView(name, models.live(name).orElse(null), models.versions(name).size()))
        .toList();
  }

  @Operation(summary = "All versions of a model, the newest first: stage, metrics, hash, approver")
  @GetMapping("/{name}/versions")
  List<ModelVersion> versions(@PathVariable("name") String name) {
    List<ModelVersion> versions = models.versions(name);
    if (versions.isEmpty()) {
      throw new ApiException(HttpStatus.NOT_FOUND, "unknown-model", name);
    }
    return versions;
  }

  @Operation(
      summary =
          "Predict labels of texts or pairs of texts, or how likely users buy, with the released"
              + " version",
      description =
          "Send texts (at most 256) or, for a model that reads two texts together, pairs (at most"
              + " 128); each text has at most 10000 characters. For a model of purchases send rows"
              + " (at most 256, of at most 500 columns), {\"rows\":[{\"clicks\":3,…}]}; each is"
              + " answered with its probability. 400 says what the model reads when it is something"
              + " else; 503 when no inference worker answers.")
  @PostMapping(path = "/{name}/predictions", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<JsonNode> predict(@PathVariable("name") String name, @RequestBody Inputs body) {
    check(body);
    if (models.live(name).isEmpty()) {
      throw new ApiException(HttpStatus.NOT_FOUND, "no-released-version", name);
    }
    return inference.predict(name, body);
  }

  private static void check(Inputs body) {
    if (body.rows() != null) {
      if (body.texts() != null || body.pairs() != null) {
        throw NewTrainingRun.wrong("rows", "texts as well", "one of texts, pairs and rows");
      }
      count("rows", body.rows().size(), ROWS_MAX);
      body.rows().forEach(ModelController::check);
      return;
    }
    if (body.pairs() == null) {
      count("texts", body.texts() == null ? 0 : body.texts().size(), TEXTS_MAX);
      body.texts().forEach(text -> check("texts", text));
      return;
    }
    if (body.texts() != null) {
      throw NewTrainingRun.wrong("pairs", "texts as well", "either texts or pairs");
    }
    count("pairs", body.pairs().size(), PAIRS_MAX);
    for (List<String> pair : body.pairs()) {
      int texts = pair == null ? 0 : pair.size();
      if (texts != 2) {
        throw NewTrainingRun.wrong("pairs", texts + " texts in a pair", "two texts a pair");
      }
      pair.forEach(text -> check("pairs", text));
    }
  }

  private static void check(Map<String, Object> row) {
    int columns = row == null ? 0 : row.size();
    if (columns == 0 || columns > COLUMNS_MAX) {
      throw NewTrainingRun.wrong(
          "rows", columns + " columns in a row", "1 to %d columns a row".formatted(COLUMNS_MAX));
    }
  }

  private static void count(String field, int count, int max) {
    if (count == 0 || count > max) {
      throw NewTrainingRun.wrong(field, count + " " + field, "1 to %d %s".formatted(max, field));
    }
  }

  private static void check(String field, String text) {
    if (text == null || text.isBlank() || text.length() > TEXT_CHARS_MAX) {
      throw NewTrainingRun.wrong(
          field,
          text == null ? "null" : text.length() + " characters",
          "texts of 1 to " + TEXT_CHARS_MAX + " characters");
    }
  }
}
