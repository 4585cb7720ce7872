package io.channelwise.bert;

import java.util.List;
import java.util.Map;

/**
 * The answer for one text or pair.
 *
 * @param text as given; of a pair both, with a blank between
 * @param label most likely class
 * @param score its probability, 0..1
 * @param scores probability of every class, in the model's order; they sum to 1 unless a text may
 *     have several labels
 */
public record Prediction(String text, String label, double score, Map<String, Double> scores) {

  /**
   * The labels of a text that may have several, in the model's order.
   *
   * @param threshold a label is given from this probability on
   */
  public List<String> labels(double threshold) {
    return scores.entrySet().stream()
        .filter(entry -> entry.getValue() >= threshold)
        .map(Map.Entry::getKey)
        .toList();
  }
}
