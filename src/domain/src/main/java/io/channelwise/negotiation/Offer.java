package io.channelwise.negotiation;

/**
 * The two issues that are bargained over.
 *
 * @param revenueShare share (0..1) of the revenue that the channel keeps
 * @param fixedFee what we pay the channel once, in the campaign's currency, 0 to 1e12
 */
public record Offer(double revenueShare, double fixedFee) {
  /**
   * @throws NegotiationException when a figure is out of its range or not a number
   */
  public Offer {
    NegotiationException.requireBetween(revenueShare, 0, 1, "The revenue share", "分成");
    NegotiationException.requireBetween(fixedFee, 0, Prospect.MONEY_MAX, "The fixed fee", "固定费用");
  }
}
