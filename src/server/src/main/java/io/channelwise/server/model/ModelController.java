package io.channelwise.server.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelVersion;
import io.channelwise.server.web.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
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

  record Texts(@Schema(example = "[\"Where is my invoice?\"]") List<String> texts) {}

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
      summary = "Predict labels of texts with the released version",
      description = "At most 256 texts of 10000 characters. 503 when no inference worker answers.")
  @PostMapping(path = "/{name}/predictions", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<JsonNode> predict(@PathVariable("name") String name, @RequestBody Texts body) {
    check(body);
    if (models.live(name).isEmpty()) {
      throw new ApiException(HttpStatus.NOT_FOUND, "no-released-version", name);
    }
    return inference.predict(name, body.texts());
  }

  private static void check(Texts body) {
    int count = body.texts() == null ? 0 : body.texts().size();
    if (count == 0 || count > TEXTS_MAX) {
      throw NewTrainingRun.wrong("texts", count + " texts", "1 to " + TEXTS_MAX + " texts");
    }
    for (String text : body.texts()) {
      if (text == null || text.isBlank() || text.length() > TEXT_CHARS_MAX) {
        throw NewTrainingRun.wrong(
            "texts",
            text == null ? "null" : text.length() + " characters",
            "texts of 1 to " + TEXT_CHARS_MAX + " characters");
      }
    }
  }
}
