package io.channelwise.bert.search;

import io.channelwise.bert.training.TrainingListener;

/** Follows a hyperparameter search and its trainings, and can stop it. */
public interface SearchListener extends TrainingListener {

  /** Hears nothing, cancels nothing. */
  SearchListener NONE = new SearchListener() {};

  /**
   * Before a trial is trained.
   *
   * @param trial as it stands
   * @param epochs how many of its epochs are to be done when it stops
   */
  default void onTrialStart(Trial trial, int epochs) {}

  /** After a trial was trained to its end or to a rung. */
  default void onTrialEnd(Trial trial) {}
}
