package io.channelwise.bert.internal.training;

import io.channelwise.bert.training.TrainingDivergedException;

/** Stops a training whose loss is no number or has run away. One thread. */
final class DivergenceGuard {
  private static final double SMOOTHING = 0.95;
  private static final int STEPS_BEFORE_JUDGING = 20;

  /** Guessing costs ln(classes); a smoothed loss this many times higher is beyond repair. */
  private static final double TIMES_GUESSING = 3;

  private final double guessing;
  private final double learningRate;
  private double smoothed;
  private int seen;

  /**
   * Watches a run.
   *
   * @param guessing loss of a model that knows nothing
   */
  DivergenceGuard(double guessing, double learningRate) {
    this.guessing = guessing;
    this.learningRate = learningRate;
  }

  /** Goes on from a checkpoint. */
  void resume(double smoothedBefore, int seenBefore) {
    smoothed = smoothedBefore;
    seen = seenBefore;
  }

  double smoothed() {
    return smoothed;
  }

  int seen() {
    return seen;
  }

  void check(long step, double loss, double gradientNorm) {
    if (!Double.isFinite(loss) || !Double.isFinite(gradientNorm)) {
      throw diverged(step, "loss %s, gradient norm %s".formatted(loss, gradientNorm));
    }
    smoothed = seen == 0 ? loss : SMOOTHING * smoothed + (1 - SMOOTHING) * loss;
    seen++;
    if (seen >= STEPS_BEFORE_JUDGING && smoothed > TIMES_GUESSING * guessing + 1) {
      throw diverged(step, "loss %.3f, where guessing costs %.3f".formatted(smoothed, guessing));
    }
  }

  private TrainingDivergedException diverged(long step, String found) {
    return new TrainingDivergedException(
        "Training diverged at step %d: %s. Try a learning rate below %s, or a longer warm-up."
            .formatted(step, found, learningRate));
  }
}
