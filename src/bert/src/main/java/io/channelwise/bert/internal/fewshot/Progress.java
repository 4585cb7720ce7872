package io.channelwise.bert.internal.fewshot;

import io.channelwise.bert.internal.training.TrainingLog;
import io.channelwise.bert.training.EpochReport;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingDivergedException;
import io.channelwise.bert.training.TrainingListener;

/** Counts the steps of all tunings of a run and tells them to listener and log. One thread. */
final class Progress {
  private final TrainingListener listener;
  private final TrainingLog log;
  private final int logSteps;
  private final double learningRate;
  private final long steps;
  private final int passes;
  private final long startNanos = System.nanoTime();
  private long step;
  private int pass;
  private long tokens;
  private double lossSum;
  private int lossCount;

  /**
   * A run that is to come.
   *
   * @param steps of all tunings together
   * @param passes of all tunings together
   * @param logSteps steps between two lines of the log
   * @param learningRate the peak of each tuning
   */
  Progress(
      TrainingListener listener,
      TrainingLog log,
      int logSteps,
      double learningRate,
      long steps,
      int passes) {
    this.listener = listener;
    this.log = log;
    this.logSteps = logSteps;
    this.learningRate = learningRate;
    this.steps = steps;
    this.passes = passes;
  }

  void stopIfCancelled() {
    if (listener.isCancelled()) {
      throw new TrainingCancelledException(
          "Few-shot training was cancelled after step %d of %d; started again, it goes on after the last finished fold."
              .formatted(step, steps));
    }
  }

  /** To be called before a step is taken: it must not be taken with what is no number. */
  void check(double loss, double norm) {
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      throw new TrainingDivergedException(
          "Contrastive tuning diverged at step %d: loss %s, gradient norm %s. Try a learning rate below %s, or a longer warm-up."
              .formatted(step + 1, loss, norm, learningRate));
    }
  }

  void step(double loss, double rate, double norm, int batchTokens) {
    step++;
    tokens += batchTokens;
    lossSum += loss;
    lossCount++;
    StepReport report =
        new StepReport(
            step, steps, pass + 1, passes, loss, rate, norm, batchTokens, tokens / seconds());
    if (step % logSteps == 0 || step == 1 || step == steps) {
      log.append(report);
    }
    listener.onStep(report);
  }

  void endPass() {
    pass++;
    listener.onEpoch(
        new EpochReport(pass, passes, lossSum / lossCount, Double.NaN, Double.NaN, Double.NaN));
    lossSum = 0;
    lossCount = 0;
  }

  /** Goes on as if a tuning had been done: its result was found. */
  void skip(long tuningSteps, int tuningPasses) {
    step += tuningSteps;
    pass += tuningPasses;
  }

  /** Steps done, those of earlier sessions counted. */
  long steps() {
    return step;
  }

  long tokens() {
    return tokens;
  }

  double seconds() {
    return Math.max(1e-9, (System.nanoTime() - startNanos) / 1e9);
  }
}
