package io.channelwise.launcher.model;

import io.channelwise.bert.training.TrainingSettings;
import picocli.CommandLine.Option;

/** How a compressed model is trained. */
final class RecipeOptions {
  @Option(
      names = "--batch-size",
      defaultValue = "16",
      description = "Examples a step. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--learning-rate",
      defaultValue = "1e-4",
      description = "Highest learning rate. Default: ${DEFAULT-VALUE}.")
  private double learningRate;

  @Option(
      names = "--warmup",
      defaultValue = "0.1",
      paramLabel = "SHARE",
      description =
          "Share of the steps in which the rate rises, 0 to 1. Default: ${DEFAULT-VALUE}.")
  private double warmup;

  @Option(
      names = "--weight-decay",
      defaultValue = "0.01",
      description = "Decoupled weight decay. Default: ${DEFAULT-VALUE}.")
  private double weightDecay;

  @Option(
      names = "--dropout",
      defaultValue = "0.1",
      description = "Share of activations dropped while training. Default: ${DEFAULT-VALUE}.")
  private double dropout;

  TrainingSettings.Builder applyTo(TrainingSettings.Builder builder) {
    return builder
        .batchSize(batchSize)
        .learningRate(learningRate)
        .warmupShare(warmup)
        .weightDecay(weightDecay)
        .dropout(dropout);
  }
}
