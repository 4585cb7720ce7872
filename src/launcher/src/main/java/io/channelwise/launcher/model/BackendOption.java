package io.channelwise.launcher.model;

import io.channelwise.bert.Backend;
import picocli.CommandLine.Option;

/** What computes the answers of a model. */
final class BackendOption {

  @Option(
      names = "--backend",
      defaultValue = "auto",
      paramLabel = "auto|djl|onnx|onnx-int8",
      description =
          "What computes: PyTorch (djl), onnxruntime (onnx), the same with 8-bit weights, faster and"
              + " not quite the same answers (onnx-int8), or the faster of the first two, timed"
              + " when the model is loaded. Default: ${DEFAULT-VALUE}.")
  private String key;

  Backend chosen() {
    return Backend.of(key);
  }
}
