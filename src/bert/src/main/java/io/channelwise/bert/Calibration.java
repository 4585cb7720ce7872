package io.channelwise.bert;

/**
 * What was learnt on held-out texts about a model's probabilities; stored with the model.
 *
 * @param temperature the logits are divided by it (Guo et al. 2017); above 1 where the model was
 *     too sure of itself
 * @param examples held-out texts
 * @param errorBefore expected calibration error without the temperature
 * @param errorAfter the same with one, each half of the texts judged with the temperature of the
 *     other half
 * @param reject which answers not to trust
 */
public record Calibration(
    double temperature, int examples, double errorBefore, double errorAfter, RejectRule reject) {}
