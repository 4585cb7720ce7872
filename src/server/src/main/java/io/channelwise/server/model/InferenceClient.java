package io.channelwise.server.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.server.settings.ServerSettings;
import io.channelwise.server.web.ApiException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Asks the inference worker, whose address and token are settings. Thread-safe. */
@Component
class InferenceClient {
  private static final Logger LOG = LoggerFactory.getLogger(InferenceClient.class);
  private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

  private final ServerSettings settings;
  private final ObjectMapper json;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();

  InferenceClient(ServerSettings settings, ObjectMapper json) {
    this.settings = settings;
    this.json = json;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Question(
      String model, List<String> texts, List<List<String>> pairs, List<Map<String, Object>> rows) {}

  /**
   * The worker's answer, or its refusal of the request, as they are.
   *
   * @param inputs of one kind; the others are null
   * @throws ApiException 503 when no worker answers
   */
  ResponseEntity<JsonNode> predict(String modelName, ModelController.Inputs inputs) {
    URI root =
        settings
            .inferenceUrl()
            .orElseThrow(
                () -> new ApiException(HttpStatus.SERVICE_UNAVAILABLE, "no-inference", modelName));
    try {
      HttpRequest request =
          HttpRequest.newBuilder(root.resolve("/predictions"))
              .timeout(ANSWER_MAX)
              .header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
              .header("Authorization", "Bearer " + settings.inferenceToken())
              .POST(
                  BodyPublishers.ofByteArray(
                      json.writeValueAsBytes(
                          new Question(modelName, inputs.texts(), inputs.pairs(), inputs.rows()))))
              .build();
      return answer(modelName, http.send(request, BodyHandlers.ofByteArray()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(HttpStatus.SERVICE_UNAVAILABLE, "no-inference", modelName);
    } catch (IOException e) {
      LOG.warn("inference worker does not answer url={} cause={}", root, e.toString());
      throw new ApiException(HttpStatus.SERVICE_UNAVAILABLE, "no-inference", modelName);
    }
  }

  private ResponseEntity<JsonNode> answer(String modelName, HttpResponse<byte[]> response)
      throws IOException {
    HttpStatus status = HttpStatus.resolve(response.statusCode());
    boolean refusedUs = status == HttpStatus.UNAUTHORIZED || status == HttpStatus.FORBIDDEN;
    if (status == null || status.is5xxServerError() || refusedUs) {
      LOG.warn(
          "inference worker failed model={} status={}: check its log and both tokens",
          modelName,
          response.statusCode());
      throw new ApiException(HttpStatus.SERVICE_UNAVAILABLE, "no-inference", modelName);
    }
    try {
      return ResponseEntity.status(status)
          .contentType(
              status.is2xxSuccessful()
                  ? MediaType.APPLICATION_JSON
                  : MediaType.APPLICATION_PROBLEM_JSON)
          .body(json.readTree(response.body()));
    } catch (JsonProcessingException e) {
      throw new IOException("The inference worker's answer is not JSON", e);
    }
  }
}
