package io.channelwise.bert.internal.training;

import ai.djl.ndarray.NDArray;
import io.channelwise.bert.training.TrainingListener;
import java.util.Map;
import java.util.Optional;

/** What a fine-tuning does otherwise than usual; for distillation and pruning. One thread. */
public interface Variation {

  /** A fine-tuning as usual: a new head, the loss of the task. */
  Variation NONE = new Variation() {};

  /** Whether the base is a trained model whose head and labels are kept. */
  default boolean keepsHead() {
    return false;
  }

  /** What the model was made from, where that is not the base of the settings. */
  default Optional<String> origin() {
    return Optional.empty();
  }

  /**
   * The loss to train on.
   *
   * @param usual of the task
   * @param listener asked whether to stop when the making takes long
   */
  default Objective objective(Objective usual, TrainingData data, TrainingListener listener) {
    return usual;
  }

  /** Told once, before the first step, also of a resumed training. */
  default void onStart(Map<String, NDArray> weights) {}

  /** After each optimiser step; may change the weights in place. */
  default void afterStep(Map<String, NDArray> weights) {}

  /** Adds what distinguishes this training to what a checkpoint must have in common with it. */
  default void identify(Map<String, String> identity) {}
}
