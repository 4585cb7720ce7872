package io.channelwise.attribution;

/**
 * How attribution is done.
 *
 * @param order how many touches the Markov chain remembers, 1 to 3
 * @param replications resamples of the bootstrap; 0 for none, then intervals are the points
 * @param level of the intervals, e.g. 0.95, above 0 and below 1
 * @param seed of the bootstrap and of sampled Shapley values
 */
public record AttributionSettings(int order, int replications, double level, long seed) {
  private static final int ORDER_MAX = 3;
  private static final int REPLICATIONS_MAX = 100_000;

  /** A chain of order 2, 200 resamples, 95 per cent, seed 42. */
  public static final AttributionSettings DEFAULT = new AttributionSettings(2, 200, 0.95, 42);

  /**
   * @throws IllegalArgumentException when a value is out of its range
   */
  public AttributionSettings {
    if (order < 1 || order > ORDER_MAX) {
      throw new IllegalArgumentException(
          "The order of the Markov chain is %d; it must be 1 to %d.".formatted(order, ORDER_MAX));
    }
    if (replications < 0 || replications > REPLICATIONS_MAX) {
      throw new IllegalArgumentException(
          "There are %d bootstrap resamples; it must be 0 to %d."
              .formatted(replications, REPLICATIONS_MAX));
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "The level of the intervals is %s; it must be above 0 and below 1.".formatted(level));
    }
  }

  public AttributionSettings withOrder(int other) {
    return new AttributionSettings(other, replications, level, seed);
  }

  public AttributionSettings withReplications(int other) {
    return new AttributionSettings(order, other, level, seed);
  }
}
