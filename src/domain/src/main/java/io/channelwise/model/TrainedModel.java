package io.channelwise.model;

/**
 * The result of a round of training.
 *
 * @param trainingLoss mean loss of the last epoch, in nats
 * @param path folder relative to the model store
 * @param sha256 of its files
 */
public record TrainedModel(
    long steps, double trainingLoss, double seconds, String path, String sha256) {}
