package io.channelwise.bert.internal.training;

/**
 * Learning rate by step: up linearly through the warm-up, then down linearly to zero.
 *
 * @param peak highest rate
 * @param steps steps of the whole run
 * @param warmupSteps steps until the peak
 */
public record Schedule(double peak, long steps, long warmupSteps) {

  /** A schedule that warms up for a share of all steps. */
  public static Schedule of(double peak, long steps, double warmupShare) {
    return new Schedule(peak, steps, Math.round(steps * warmupShare));
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
    return peak * Math.max(0, steps - step) / Math.max(1, steps - warmupSteps);
  }
}
