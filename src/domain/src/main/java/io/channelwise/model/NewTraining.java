package io.channelwise.model;

import java.util.Map;

/**
 * What a round of training is asked to do.
 *
 * @param campaignKey null when the run was started on its own
 * @param settings base, epochs, learningRate, batchSize, maxLength, seed
 */
public record NewTraining(
    String runId,
    int round,
    String modelName,
    String campaignKey,
    String datasetId,
    String datasetSha256,
    Map<String, Object> settings) {

  public NewTraining {
    settings = Map.copyOf(settings);
  }
}
