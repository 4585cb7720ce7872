package io.channelwise.model;

import java.util.Map;

/**
 * What a round of training is asked to do.
 *
 * @param campaignKey null when the run was started on its own
 * @param cycle the campaign's cycle that asked for the run, from 1; null when started on its own
 * @param settings base, epochs, learningRate, batchSize, maxLength, seed
 */
public record NewTraining(
    String runId,
    int round,
    String modelName,
    String campaignKey,
    Integer cycle,
    String datasetId,
    String datasetSha256,
    Map<String, Object> settings) {

  public NewTraining {
    settings = Map.copyOf(settings);
  }
}
