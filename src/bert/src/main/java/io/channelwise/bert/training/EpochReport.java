package io.channelwise.bert.training;

/**
 * What one pass over the training data reached.
 *
 * @param epoch the finished epoch, from 1
 * @param epochs epochs of the whole run
 * @param trainingLoss mean loss of the epoch's steps, those before a resume counted
 * @param accuracy on the evaluation examples, 0..1; NaN when there are none
 * @param microF1 on the evaluation examples, 0..1: entity F1 of tagged words; NaN when there are
 *     none
 * @param macroF1 on the evaluation examples, 0..1; NaN when there are none
 */
public record EpochReport(
    int epoch, int epochs, double trainingLoss, double accuracy, double microF1, double macroF1) {}
