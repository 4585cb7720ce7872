package io.channelwise.worker.inference;

import io.channelwise.bert.Backend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * Where the inference worker finds models and where it answers.
 *
 * @param modelStore folder of models, the one that the training worker writes
 * @param host address to listen on; {@code 127.0.0.1} unless the server runs on another machine
 * @param port of the prediction API; 0 takes a free one
 * @param token what callers of the prediction API must bring, at least 16 bytes
 * @param device {@code auto}, {@code cpu} or {@code gpu}
 * @param threads of the CPU kernels; 0 takes one a processor
 * @param backend {@code auto}, {@code djl}, {@code onnx} or {@code onnx-int8}, as {@link Backend}
 *     says
 */
public record InferenceSettings(
    Path modelStore,
    String host,
    int port,
    String token,
    String device,
    int threads,
    String backend) {
  public static final String LOOPBACK = "127.0.0.1";

  private static final int TOKEN_BYTES_MIN = 16;

  public InferenceSettings {
    Objects.requireNonNull(modelStore, "channelwise.model-store is missing; expected a folder.");
    if (host == null || host.isBlank()) {
      throw new IllegalArgumentException(
          "channelwise.inference-host is empty; expected an address such as 127.0.0.1.");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "channelwise.inference-port is %d; expected 0 to 65535.".formatted(port));
    }
    int bytes = token == null ? 0 : token.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < TOKEN_BYTES_MIN) {
      throw new IllegalArgumentException(
          "channelwise.inference-token has %d bytes; expected at least %d."
              .formatted(bytes, TOKEN_BYTES_MIN));
    }
    if (device == null || !Set.of("auto", "cpu", "gpu").contains(device)) {
      throw new IllegalArgumentException(
          "channelwise.inference.device is %s; expected auto, cpu or gpu.".formatted(device));
    }
    if (threads < 0 || threads > 1024) {
      throw new IllegalArgumentException(
          "channelwise.inference.threads is %d; expected 0 to 1024.".formatted(threads));
    }
    if (backend == null || !Set.of("auto", "djl", "onnx", "onnx-int8").contains(backend)) {
      throw new IllegalArgumentException(
          "channelwise.inference.backend is %s; expected auto, djl, onnx or onnx-int8."
              .formatted(backend));
    }
    if (device.equals("gpu") && backend.startsWith("onnx")) {
      throw new IllegalArgumentException(
          "channelwise.inference.backend %s runs on the CPU; channelwise.inference.device is gpu. Set the backend to auto or djl."
              .formatted(backend));
    }
  }

  /** The GPU if there is one, all processors, the faster backend. */
  public static InferenceSettings of(Path modelStore, int port, String token) {
    return new InferenceSettings(modelStore, LOOPBACK, port, token, "auto", 0, "auto");
  }

  @Override
  public String toString() {
    return "InferenceSettings[modelStore=%s, host=%s, port=%d, token=***, device=%s, threads=%d, backend=%s]"
        .formatted(modelStore, host, port, device, threads, backend);
  }
}
