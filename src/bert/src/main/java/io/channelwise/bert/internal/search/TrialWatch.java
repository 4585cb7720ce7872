package io.channelwise.bert.internal.search;

import io.channelwise.bert.search.SearchSettings.Metric;
import io.channelwise.bert.training.EpochReport;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Follows one training of a trial and stops it at its rung or when the time is over. One thread.
 */
final class TrialWatch implements TrainingListener {
  private final TrainingListener listener;
  private final Metric metric;
  private final int epochsDone;
  private final int epochsWanted;
  private final int epochsInAll;
  private final BooleanSupplier timeIsOver;
  private final Consumer<TrialWatch> afterEpoch;
  private final List<Double> scores = new ArrayList<>();
  private long tokens;
  private boolean begun;
  private boolean stopped;

  /** A checkpoint lies behind an epoch whose score was never written down. */
  static final class ScoreLostException extends RuntimeException {}

  /**
   * @param epochsDone epochs whose scores are known
   * @param epochsWanted epochs to be done when the training stops
   * @param epochsInAll epochs of a whole training of the trial
   * @param afterEpoch writes the scores down
   */
  TrialWatch(
      TrainingListener listener,
      Metric metric,
      int epochsDone,
      int epochsWanted,
      int epochsInAll,
      BooleanSupplier timeIsOver,
      Consumer<TrialWatch> afterEpoch) {
    this.listener = listener;
    this.metric = metric;
    this.epochsDone = epochsDone;
    this.epochsWanted = epochsWanted;
    this.epochsInAll = epochsInAll;
    this.timeIsOver = timeIsOver;
    this.afterEpoch = afterEpoch;
  }

  @Override
  public void onStep(StepReport report) {
    if (!begun && report.epoch() > epochsDone + scores.size() + 1) {
      // Killed between the checkpoint at the end of an epoch and the end of its evaluation.
      throw new ScoreLostException();
    }
    begun = true;
    tokens += report.tokens();
    listener.onStep(report);
  }

  @Override
  public void onEpoch(EpochReport report) {
    if (report.epoch() <= epochsDone + scores.size()) {
      // A training that goes on judges the epoch again that its checkpoint was saved after.
      return;
    }
    scores.add(
        switch (metric) {
          case ACCURACY -> report.accuracy();
          case MICRO_F1 -> report.microF1();
          case MACRO_F1 -> report.macroF1();
        });
    afterEpoch.accept(this);
    listener.onEpoch(report);
  }

  @Override
  public void onNotice(String message) {
    listener.onNotice(message);
  }

  @Override
  public boolean isCancelled() {
    int epochs = epochsDone + scores.size();
    // After the last epoch only the model is still to be judged and written.
    if (epochs < epochsInAll && (epochs >= epochsWanted || timeIsOver.getAsBoolean())) {
      stopped = true;
      return true;
    }
    return listener.isCancelled();
  }

  /** Whether this watch asked for the stop, and not the user. */
  boolean stopped() {
    return stopped;
  }

  /** Scores of the epochs done in this training. */
  List<Double> scores() {
    return scores;
  }

  /** Tokens trained on in this training, without padding. */
  long tokens() {
    return tokens;
  }
}
