package io.channelwise.bert;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What computes a model's answers. Its key stands on the command line and in configurations. */
public enum Backend {
  /**
   * The faster one of {@link #DJL} and {@link #ONNX}, timed when the model is loaded; onnxruntime
   * only where its answers are the same.
   */
  AUTO("auto"),
  /** PyTorch through DJL, on the CPU or a GPU. */
  DJL("djl"),
  /** onnxruntime in 32 bits, on the CPU. */
  ONNX("onnx"),
  /** onnxruntime with 8-bit weights, on the CPU: faster, and its answers differ a little. */
  ONNX_INT8("onnx-int8");

  private final String key;

  Backend(String key) {
    this.key = key;
  }

  /** Its name for people and files. */
  public String key() {
    return key;
  }

  /**
   * The backend of that key.
   *
   * @throws BertException when there is none
   */
  public static Backend of(String key) {
    for (Backend backend : values()) {
      if (backend.key.equals(key)) {
        return backend;
      }
    }
    throw new BertException(
        "Backend %s is unknown; expected %s."
            .formatted(
                key, Arrays.stream(values()).map(Backend::key).collect(Collectors.joining(", "))));
  }
}
