package io.channelwise.bert.training;

/**
 * What one optimiser step did.
 *
 * @param step steps done since the start of the run, from 1, resumed steps counted
 * @param steps steps of the whole run
 * @param epoch running epoch, from 1
 * @param epochs epochs of the whole run
 * @param loss what the step made smaller, in nats: the mean cross-entropy of its texts, with label
 *     smoothing, class weights and a teacher's part where asked for; few-shot tuning's contrastive
 *     loss
 * @param learningRate the rate of this step
 * @param gradientNorm global norm before clipping
 * @param tokens tokens of the batch without padding
 * @param tokensPerSecond of this session up to now, without padding
 */
public record StepReport(
    long step,
    long steps,
    int epoch,
    int epochs,
    double loss,
    double learningRate,
    double gradientNorm,
    int tokens,
    double tokensPerSecond) {}
