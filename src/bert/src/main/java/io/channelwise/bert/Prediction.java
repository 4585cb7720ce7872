package io.channelwise.bert;

import java.util.Map;

/**
 * The answer for one text.
 *
 * @param text as given
 * @param label most likely class
 * @param score its probability, 0..1
 * @param scores probability of every class, in the model's order
 */
public record Prediction(String text, String label, double score, Map<String, Double> scores) {}
