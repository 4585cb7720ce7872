package io.channelwise.launcher.model;

import io.channelwise.bert.training.TrainingSettings;
import picocli.CommandLine.Option;

/** Where and from which seed a compressed model is trained, and how its classes weigh. */
final class TuningOptions {
  @Option(
      names = "--class-weights",
      defaultValue = "none",
      paramLabel = "none|balanced",
      description =
          "balanced: each class weighs the same in the loss, however few texts it has. Default:"
              + " ${DEFAULT-VALUE}.")
  private String classWeights;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Same seed, data and threads: same result. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--threads",
      defaultValue = "0",
      description = "CPU threads; 0 takes one a processor. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "auto|cpu|gpu",
      description = "Where to train. Default: ${DEFAULT-VALUE}, a GPU if PyTorch sees one.")
  private String device;

  TrainingSettings.Builder applyTo(TrainingSettings.Builder builder) {
    if (!classWeights.equals("none") && !classWeights.equals("balanced")) {
      throw new IllegalArgumentException(
          "--class-weights is " + classWeights + "; expected none or balanced.");
    }
    return builder
        .balancedClasses(classWeights.equals("balanced"))
        .seed(seed)
        .threads(threads)
        .device(device);
  }
}
