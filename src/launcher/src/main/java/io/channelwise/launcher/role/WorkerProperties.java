package io.channelwise.launcher.role;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code channelwise.*} of a worker process. Secrets may be given as text or, with {@code -file},
 * as the path of a file that holds them. Wrong values stop the start.
 *
 * @param engineUrl the engine's REST root, e.g. {@code http://127.0.0.1:8080/engine-rest}
 * @param domain the database, as {@code channelwise_app}
 * @param modelStore folder of the model files; the same for training and inference workers
 * @param baseUrl where partners reach the server
 * @param inferenceHost address of the prediction API; 127.0.0.1 when left out
 * @param inferencePort its port; 0 picks a free one
 * @param workerThreads tasks worked on at once
 * @param training of the training worker
 * @param inference of the inference worker
 */
@ConfigurationProperties("channelwise")
public record WorkerProperties(
    URI engineUrl,
    String workerToken,
    Path workerTokenFile,
    Domain domain,
    Path modelStore,
    String linkSecret,
    Path linkSecretFile,
    URI baseUrl,
    Delivery delivery,
    String inferenceHost,
    Integer inferencePort,
    String inferenceToken,
    Path inferenceTokenFile,
    Integer workerThreads,
    Training training,
    Inference inference) {

  /** How this process answers. */
  public record Inference(String device, Integer threads, String backend) {}

  /** How this process trains; what is left out has a default. */
  public record Training(
      String device, Integer threads, Integer checkpointSteps, Duration progressInterval) {}

  /** Where our tables are. */
  public record Domain(String jdbcUrl, String username, String password, Path passwordFile) {}

  /** How messages leave. */
  public record Delivery(Path outbox, Smtp smtp, Webhook webhook, Duration linkValidity) {}

  /** A mail server; absent: mail goes to the outbox. */
  public record Smtp(
      String host,
      Integer port,
      Boolean startTls,
      String username,
      String password,
      Path passwordFile,
      String from,
      Duration timeout) {}

  /** Signed webhooks; absent: they go to the outbox. */
  public record Webhook(String secret, Path secretFile, Duration timeout) {}

  public WorkerProperties {
    List<String> missing = new ArrayList<>();
    require(missing, "engine-url", engineUrl);
    require(missing, "domain.jdbc-url", domain == null ? null : domain.jdbcUrl());
    require(missing, "model-store", modelStore);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "These settings are missing: %s. Set them in the file of --config, or in the environment"
                  .formatted(String.join(", ", missing))
              + " (channelwise.engine-url is CHANNELWISE_ENGINEURL).");
    }
    workerThreads = workerThreads == null ? 4 : workerThreads;
    inferencePort = inferencePort == null ? 0 : inferencePort;
    inferenceHost = inferenceHost == null ? "127.0.0.1" : inferenceHost;
    inference = inference == null ? new Inference(null, null, null) : inference;
    training = training == null ? new Training(null, null, null, null) : training;
  }

  private static void require(List<String> missing, String key, Object value) {
    if (value == null || value.toString().isBlank()) {
      missing.add("channelwise." + key);
    }
  }

  /**
   * The secret itself, or the content of its file.
   *
   * @param key name in messages, e.g. {@code channelwise.worker-token}
   */
  public static String secret(String key, String value, Path file) {
    if (value != null && !value.isBlank()) {
      return value;
    }
    if (file == null) {
      throw new IllegalArgumentException(
          "%s is missing; set it, or %s-file to a file that holds it.".formatted(key, key));
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s-file %s cannot be read: %s".formatted(key, file, e.getMessage()), e);
    }
  }
}
