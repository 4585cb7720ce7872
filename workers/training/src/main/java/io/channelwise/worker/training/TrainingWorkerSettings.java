package io.channelwise.worker.training;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * Where and how this process trains.
 *
 * @param modelStore folder of models and checkpoints; shared by every worker of one database
 * @param device {@code auto}, {@code cpu} or {@code gpu}
 * @param threads of the CPU kernels; 0 takes one a processor. The last bits of a run depend on it
 * @param checkpointSteps steps between two checkpoints: what a kill may cost
 * @param progressInterval time between two writes of progress rows
 */
public record TrainingWorkerSettings(
    Path modelStore, String device, int threads, int checkpointSteps, Duration progressInterval) {

  public TrainingWorkerSettings {
    Objects.requireNonNull(modelStore, "channelwise.model-store is missing; expected a folder.");
    if (device == null || !Set.of("auto", "cpu", "gpu").contains(device)) {
      throw new IllegalArgumentException(
          "channelwise.training.device is %s; expected auto, cpu or gpu.".formatted(device));
    }
    if (threads < 0 || threads > 1024) {
      throw new IllegalArgumentException(
          "channelwise.training.threads is %d; expected 0 to 1024.".formatted(threads));
    }
    if (checkpointSteps < 1 || checkpointSteps > 1_000_000) {
      throw new IllegalArgumentException(
          "channelwise.training.checkpoint-steps is %d; expected 1 to 1000000."
              .formatted(checkpointSteps));
    }
    if (progressInterval.isNegative() || progressInterval.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException(
          "channelwise.training.progress-interval is %s; expected PT0S to PT10M."
              .formatted(progressInterval));
    }
  }

  /** The GPU if there is one, a checkpoint every 50 steps, progress every second. */
  public static TrainingWorkerSettings of(Path modelStore) {
    return new TrainingWorkerSettings(modelStore, "auto", 0, 50, Duration.ofSeconds(1));
  }
}
