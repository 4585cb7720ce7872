package io.channelwise.model;

import java.time.Instant;
import java.util.Map;

/**
 * One round of a training run.
 *
 * @param runId id of the {@code model-training} process instance
 * @param campaignKey null when the run was started on its own
 * @param settings base, epochs, learningRate, batchSize, maxLength, seed
 * @param state {@code running}, {@code trained}, {@code evaluated}, {@code released}, {@code
 *     discarded} or {@code failed}
 * @param attempt number of the delivery that owns the run; every write names it
 * @param steps null until trained
 * @param trainingLoss mean loss of the last epoch, in nats; null until trained
 * @param seconds time spent training; null until trained
 * @param problem what ended a failed or discarded run; null when nothing did
 */
public record TrainingRun(
    String runId,
    int round,
    String modelName,
    String campaignKey,
    String datasetId,
    String datasetSha256,
    Map<String, Object> settings,
    String state,
    int attempt,
    Long steps,
    Double trainingLoss,
    Double seconds,
    String problem,
    Instant startedAt,
    Instant updatedAt,
    Instant finishedAt) {

  /** Whether the weights are in the store. */
  public boolean isTrained() {
    return steps != null;
  }
}
