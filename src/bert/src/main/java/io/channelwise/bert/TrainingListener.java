package io.channelwise.bert;

/** Follows a training and can stop it. Called on the training thread: return quickly. */
public interface TrainingListener {

  /** Hears nothing, cancels nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /** After every optimiser step. */
  default void onStep(StepReport report) {}

  /** After every epoch and its evaluation. */
  default void onEpoch(EpochReport report) {}

  /**
   * Asked before every step. When true, a checkpoint is saved and the training ends with {@link
   * TrainingCancelledException}.
   */
  default boolean isCancelled() {
    return false;
  }
}
