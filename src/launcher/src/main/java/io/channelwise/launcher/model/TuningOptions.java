package io.channelwise.launcher.model;

import io.channelwise.bert.training.TrainingSettings;
import picocli.CommandLine.Mixin;
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

  @Mixin private DeviceOptions device = new DeviceOptions();

  TrainingSettings.Builder applyTo(TrainingSettings.Builder builder) {
    if (!classWeights.equals("none") && !classWeights.equals("balanced")) {
      throw new IllegalArgumentException(
          "--class-weights is " + classWeights + "; expected none or balanced.");
    }
    return builder
        .balancedClasses(classWeights.equals("balanced"))
        .seed(seed)
        .threads(device.threads())
        .device(device.name());
  }
}
