package io.channelwise.launcher.model;

import io.channelwise.bert.search.SearchListener;
import io.channelwise.bert.search.Trial;
import io.channelwise.bert.training.EpochReport;
import io.channelwise.bert.training.StepReport;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows a search: a line before and after each trial, and its training. */
final class SearchProgress implements SearchListener, AutoCloseable {
  private final PrintWriter out;
  private final int trials;
  private TrainingProgress training; // null between trials

  SearchProgress(PrintWriter out, int trials) {
    this.out = out;
    this.trials = trials;
  }

  @Override
  public void onTrialStart(Trial trial, int epochs) {
    close();
    training = TrainingProgress.of(out);
    out.printf(
        "trial %d of %d, to epoch %d of %d: %s%n",
        trial.number(), trials, epochs, trial.epochs(), trial.values());
    out.flush();
  }

  @Override
  public void onStep(StepReport report) {
    training.onStep(report);
  }

  @Override
  public void onEpoch(EpochReport report) {
    training.onEpoch(report);
  }

  @Override
  public void onTrialEnd(Trial trial) {
    close();
    out.printf(
        Locale.ROOT,
        "trial %d of %d: %s after epoch %d, score %.4f%n",
        trial.number(),
        trials,
        trial.state().name().toLowerCase(Locale.ROOT),
        trial.scores().size(),
        trial.score());
    out.flush();
  }

  @Override
  public void close() {
    if (training != null) {
      training.close();
      training = null;
    }
  }
}
