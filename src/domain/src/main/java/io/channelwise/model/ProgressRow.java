package io.channelwise.model;

import java.time.Instant;

/**
 * One logged optimiser step.
 *
 * @param steps steps of the whole round
 * @param loss mean cross-entropy of the batch, in nats
 * @param recordedAt set by the service when it stores the row; null before
 */
public record ProgressRow(
    long step,
    long steps,
    int epoch,
    double loss,
    double learningRate,
    double tokensPerSecond,
    Instant recordedAt) {}
