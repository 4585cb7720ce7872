package io.channelwise.bert.internal.training;

import io.channelwise.bert.training.Decay;

/**
 * Learning rate by step: up linearly through the warm-up, then down to zero.
 *
 * @param peak highest rate
 * @param steps steps of the whole run
 * @param warmupSteps steps until the peak
 * @param decay how it falls
 */
public record Schedule(double peak, long steps, long warmupSteps, Decay decay) {

  /** A schedule that warms up for a share of all steps and falls in a straight line. */
  public static Schedule of(double peak, long steps, double warmupShare) {
    return of(peak, steps, warmupShare, Decay.LINEAR);
  }

  /** A schedule that warms up for a share of all steps. */
  public static Schedule of(double peak, long steps, double warmupShare, Decay decay) {
    return new Schedule(peak, steps, Math.round(steps * warmupShare), decay);
  }

  /**
   * The rate of a step.
   *
   * @param step counted from 0
   */
  public double at(long step) {
    if (step < warmupSteps) {
      return peak * (step + 1) / (warmupSteps + 1);
    }
    double left = (double) Math.max(0, steps - step) / Math.max(1, steps - warmupSteps);
    return peak
        * switch (decay) {
          case LINEAR -> left;
          // As get_cosine_schedule_with_warmup of Hugging Face transformers.
          case COSINE -> 0.5 * (1 + Math.cos(Math.PI * (1 - left)));
        };
  }
}
