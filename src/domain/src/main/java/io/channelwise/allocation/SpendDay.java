package io.channelwise.allocation;

/**
 * What a channel cost and brought on one day.
 *
 * @param spend ≥ 0, in one currency throughout a series
 * @param clicks ≥ 0
 */
public record SpendDay(double spend, long clicks) {

  /**
   * @throws IllegalArgumentException when a number is negative, infinite or none
   */
  public SpendDay {
    if (!(spend >= 0 && spend < Double.POSITIVE_INFINITY) || clicks < 0) {
      throw new IllegalArgumentException(
          "A day has a spend of %s and %d clicks; finite numbers from 0 on are expected."
              .formatted(spend, clicks));
    }
  }
}
