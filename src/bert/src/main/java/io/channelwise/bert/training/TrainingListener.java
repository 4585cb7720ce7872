package io.channelwise.bert.training;

/** Follows a training and can stop it. Called on the training thread: return quickly. */
public interface TrainingListener {

  /** Hears nothing, cancels nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /** After every optimiser step. */
  default void onStep(StepReport report) {}

  /** After every epoch and its evaluation. */
  default void onEpoch(EpochReport report) {}

  /**
   * Something a person should know happened: the device ran out of memory and smaller batches are
   * used, or weights of an earlier epoch are kept.
   *
   * @param message one sentence without a full stop
   */
  default void onNotice(String message) {}

  /**
   * Asked before every step, every batch of an evaluation, and the writing of the model. When true,
   * a checkpoint is saved and the training ends with {@link TrainingCancelledException}.
   */
  default boolean isCancelled() {
    return false;
  }
}
