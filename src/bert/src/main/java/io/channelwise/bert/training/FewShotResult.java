package io.channelwise.bert.training;

import java.util.List;

/**
 * A finished training on few examples, and why the model is as it is.
 *
 * @param training the model, as of any training; its final loss is the head's mean cross-entropy on
 *     the training examples, in nats
 * @param folds parts of the cross-validation
 * @param candidates everything that was tried
 * @param chosen one of them: the encoder with the higher accuracy, the frozen one where they are
 *     equal, and for it the strength with the lowest log loss
 */
public record FewShotResult(
    TrainingResult training, int folds, List<Candidate> candidates, Candidate chosen) {
  public FewShotResult {
    candidates = List.copyOf(candidates);
  }

  /** What became of the pretrained encoder. */
  public enum Encoder {
    /** It stayed as it was. */
    FROZEN,
    /** It was tuned to bring texts of one class together. */
    TUNED
  }

  /**
   * What one candidate reached on examples that it was not trained on. Spreads are standard
   * deviations over the folds.
   *
   * @param strength of the data against the head's penalty, scikit-learn's {@code C}
   * @param accuracy mean over the folds, 0..1
   * @param logLoss mean over the folds, in nats
   */
  public record Candidate(
      Encoder encoder,
      double strength,
      double accuracy,
      double accuracySpread,
      double logLoss,
      double logLossSpread) {}
}
