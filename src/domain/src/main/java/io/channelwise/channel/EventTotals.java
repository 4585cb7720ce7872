package io.channelwise.channel;

/**
 * What happened on a channel, or on all of them, in a span of time.
 *
 * @param revenue of the purchases, in the campaign's currency
 * @param cost of the views and clicks, in the campaign's currency
 */
public record EventTotals(long views, long clicks, long purchases, double revenue, double cost) {

  /** Purchases a click; 0 without clicks. */
  public double conversion() {
    return clicks == 0 ? 0 : (double) purchases / clicks;
  }

  /** Revenue a purchase; 0 without purchases. */
  public double revenuePerPurchase() {
    return purchases == 0 ? 0 : revenue / purchases;
  }
}
