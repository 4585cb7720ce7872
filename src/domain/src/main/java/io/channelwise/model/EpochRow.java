package io.channelwise.model;

/**
 * One pass over the training data.
 *
 * @param trainingLoss mean loss of its steps, in nats
 * @param accuracy on the evaluation split, 0..1; null when there is none
 * @param macroF1 on the evaluation split, 0..1; null when there is none
 */
public record EpochRow(int epoch, double trainingLoss, Double accuracy, Double macroF1) {}
