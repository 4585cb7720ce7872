package io.channelwise.launcher.model;

import io.channelwise.bert.training.TrainingSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every training is told: its steps, its regularisation, its seed and where it runs. */
final class RecipeOptions {
  /** How classes of unequal size weigh. */
  enum ClassWeights {
    NONE,
    BALANCED
  }

  @Option(
      names = "--batch-size",
      defaultValue = "16",
      paramLabel = "EXAMPLES",
      description = "Examples that go through the model at once. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--learning-rate",
      defaultValue = "1e-4",
      paramLabel = "RATE",
      description = "Highest learning rate. Default: ${DEFAULT-VALUE}.")
  private double learningRate;

  @Option(
      names = "--warmup",
      defaultValue = "0.1",
      paramLabel = "SHARE",
      description =
          "Share of the steps in which the learning rate rises, 0 to 1. Default:"
              + " ${DEFAULT-VALUE}.")
  private double warmup;

  @Option(
      names = "--weight-decay",
      defaultValue = "0.01",
      paramLabel = "RATE",
      description =
          "Decoupled weight decay, not on biases and LayerNorms. Default: ${DEFAULT-VALUE}.")
  private double weightDecay;

  @Option(
      names = "--dropout",
      defaultValue = "0.1",
      paramLabel = "SHARE",
      description = "Share of activations dropped while training. Default: ${DEFAULT-VALUE}.")
  private double dropout;

  @Option(
      names = "--class-weights",
      defaultValue = "none",
      paramLabel = "none|balanced",
      description =
          "balanced: each class weighs the same in the loss, however few examples it has. Default:"
              + " ${DEFAULT-VALUE}.")
  private ClassWeights classWeights;

  @Option(
      names = "--seed",
      defaultValue = "42",
      paramLabel = "NUMBER",
      description = "Same seed, data and threads: same result. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private DeviceOptions device = new DeviceOptions();

  /** Settings to be completed by a command. */
  TrainingSettings.Builder settings() {
    return TrainingSettings.builder()
        .batchSize(batchSize)
        .learningRate(learningRate)
        .warmupShare(warmup)
        .weightDecay(weightDecay)
        .dropout(dropout)
        .balancedClasses(classWeights == ClassWeights.BALANCED)
        .seed(seed)
        .threads(device.threads())
        .device(device.name());
  }
}
