package io.channelwise.channel;

/**
 * A way to reach users, as brought in {@code channels.csv}.
 *
 * @param channel name, unique in the campaign
 * @param market the market it serves; null when it serves any
 * @param kind e.g. {@code partner}, {@code marketplace}, {@code community}
 * @param reach people it can reach in one cycle
 * @param fixedCost listed cost of being on it for one cycle, in the campaign's currency
 * @param revenueShare listed share (0..1) of the revenue that the channel keeps
 * @param parent the channel it resells for; null when it deals with us directly
 * @param contact {@code mailto:…}, {@code https://…} or free text; null when unknown
 * @param halfSaturation spend in one cycle that brings half of what the channel can bring; null
 *     when not given, and then estimated from its days
 */
public record Channel(
    String channel,
    String market,
    String kind,
    double reach,
    double fixedCost,
    double revenueShare,
    String parent,
    String contact,
    Double halfSaturation) {

  /** Whether users of the market can be reached through it. */
  public boolean serves(String targetMarket) {
    return market == null || market.equals(targetMarket);
  }
}
