package io.channelwise.deal;

/**
 * Terms of a deal.
 *
 * @param revenueShare share (0..1) of the revenue that the channel keeps
 * @param fixedFee what we pay the channel once, in the campaign's currency, at least 0
 */
public record Terms(double revenueShare, double fixedFee) {
  /** Beyond any fee anyone would pay; keeps sums finite. */
  static final double FEE_MAX = 1e12;

  public Terms {
    if (!(revenueShare >= 0 && revenueShare <= 1)) {
      throw new IllegalArgumentException(
          "Revenue share is %s; it must be between 0 and 1.".formatted(revenueShare));
    }
    if (!(fixedFee >= 0 && fixedFee < FEE_MAX)) {
      throw new IllegalArgumentException(
          "Fixed fee is %s; it must be 0 or more, below 1e12.".formatted(fixedFee));
    }
  }

  /** What the terms cost us when the revenue comes as expected: share × revenue + fee. */
  public double cost(double expectedRevenue) {
    return revenueShare * expectedRevenue + fixedFee;
  }

  /** What is left for us: expected revenue − {@link #cost}. */
  public double value(double expectedRevenue) {
    return expectedRevenue - cost(expectedRevenue);
  }
}
