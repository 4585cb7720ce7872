package io.channelwise.plan;

import java.util.List;

/**
 * Everything the plan model computes with; kept with the search, so that each figure can be traced
 * and a single plan evaluated again later. Money is in the campaign's currency.
 *
 * @param rivals competitors of the target market in its latest period
 * @param willingnessToPay mean of the respondents with the need; null when nobody named a price
 * @param willingnessSpread standard deviation of it; null when fewer than two named a price
 * @param unitCost cost of serving one customer at an ordinary service level
 * @param technicalStandard least technical quality, 0..1
 * @param channelsMax most channels of a plan
 * @param capacity customers that can be served in one period; null when unlimited
 * @param channels channels with a signed deal, by name
 */
record PlanInputs(
    String targetMarket,
    List<Rival> rivals,
    Double willingnessToPay,
    Double willingnessSpread,
    double unitCost,
    double technicalStandard,
    int channelsMax,
    Double capacity,
    List<SignedChannel> channels) {

  PlanInputs {
    rivals = List.copyOf(rivals);
    channels = List.copyOf(channels);
  }

  /**
   * @param share 0..1
   */
  record Rival(String name, double share, double price) {}

  /**
   * @param attraction share of all clicks that the channel is expected to draw, 0..1
   * @param customers expected from the channel in one period at the market's usual price
   * @param revenueShare of the customers' payments that the partner keeps, 0..1
   * @param fixedFee paid to the partner once
   */
  record SignedChannel(
      String channel, double attraction, double customers, double revenueShare, double fixedFee) {}
}
