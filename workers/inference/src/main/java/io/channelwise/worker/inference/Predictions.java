package io.channelwise.worker.inference;

import io.channelwise.bert.Prediction;
import java.util.List;

/**
 * Answers of one version.
 *
 * @param predictions one a text, in the same order
 */
public record Predictions(String model, int version, List<Prediction> predictions) {

  public Predictions {
    predictions = List.copyOf(predictions);
  }
}
