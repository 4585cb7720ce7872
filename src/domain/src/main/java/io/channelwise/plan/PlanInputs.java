package io.channelwise.plan;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Everything the plan model computes with; kept with the search, so that each figure can be traced
 * and a single plan evaluated again later. Money is in the campaign's currency. Rivals and channels
 * are held by name, so that the order of rows never matters.
 *
 * @param rivals competitors of the target market in its latest period
 * @param willingnessToPay mean of the respondents with the need; null when nobody named a price
 * @param willingnessSpread standard deviation of it; null when fewer than two named a price
 * @param willingnessRespondents how many named a price; null when not known
 * @param unitCost cost of serving one customer at an ordinary service level
 * @param technicalStandard least technical quality, 0..1
 * @param channelsMax most channels of a plan
 * @param capacity customers that can be served in one period; null when unlimited
 * @param clicks that the channels' attraction was measured on; null when not known
 * @param channels channels with a signed deal, by name
 * @param parameters what is taken as given; null for {@link PlanParameters#DEFAULT}
 */
public record PlanInputs(
    String targetMarket,
    List<Rival> rivals,
    Double willingnessToPay,
    Double willingnessSpread,
    Long willingnessRespondents,
    double unitCost,
    double technicalStandard,
    int channelsMax,
    Double capacity,
    Long clicks,
    List<SignedChannel> channels,
    PlanParameters parameters) {

  /**
   * @throws IllegalArgumentException that names the value that no plan can be computed with
   */
  public PlanInputs {
    rivals = rivals.stream().sorted(Comparator.comparing(Rival::name)).toList();
    channels = channels.stream().sorted(Comparator.comparing(SignedChannel::channel)).toList();
    parameters = parameters == null ? PlanParameters.DEFAULT : parameters;
    atLeastZero("The unit cost", unitCost);
    atLeastZero("The technical standard", technicalStandard);
    if (capacity != null) {
      atLeastZero("The capacity", capacity);
    }
    if (willingnessToPay != null) {
      atLeastZero("The willingness to pay", willingnessToPay);
    }
    if (willingnessSpread != null) {
      atLeastZero("The spread of the willingness to pay", willingnessSpread);
    }
    if (channelsMax < 1) {
      throw new IllegalArgumentException(
          "At most %d channels may be used; the limit must be 1 or more.".formatted(channelsMax));
    }
    unique("Competitor", rivals, Rival::name);
    unique("Channel", channels, SignedChannel::channel);
  }

  /**
   * A competitor in the target market.
   *
   * @param share of the customers, 0..1
   * @param price per customer and period
   */
  public record Rival(String name, double share, double price) {
    public Rival {
      part("The market share of competitor " + name, share);
      atLeastZero("The price of competitor " + name, price);
    }
  }

  /**
   * A channel that a plan may use.
   *
   * @param attraction share of all clicks that the channel is expected to draw, 0..1
   * @param customers expected from the channel in one period at the market's usual price
   * @param revenueShare of the customers' payments that the partner keeps, and the tiers of resale
   *     above it, 0..1
   * @param fixedFee paid to the partner once
   */
  public record SignedChannel(
      String channel, double attraction, double customers, double revenueShare, double fixedFee) {
    public SignedChannel {
      part("The attraction of channel " + channel, attraction);
      atLeastZero("The customers expected of channel " + channel, customers);
      part("The revenue share of channel " + channel, revenueShare);
      atLeastZero("The fixed fee of channel " + channel, fixedFee);
    }
  }

  PlanInputs with(PlanParameters other) {
    return new PlanInputs(
        targetMarket,
        rivals,
        willingnessToPay,
        willingnessSpread,
        willingnessRespondents,
        unitCost,
        technicalStandard,
        channelsMax,
        capacity,
        clicks,
        channels,
        other);
  }

  PlanInputs withConstraints(double standard, int mostChannels, Double mostCustomers) {
    return new PlanInputs(
        targetMarket,
        rivals,
        willingnessToPay,
        willingnessSpread,
        willingnessRespondents,
        unitCost,
        standard,
        mostChannels,
        mostCustomers,
        clicks,
        channels,
        parameters);
  }

  PlanInputs withDemand(
      Double willingness, Double spread, double cost, List<SignedChannel> otherChannels) {
    return new PlanInputs(
        targetMarket,
        rivals,
        willingness,
        spread,
        willingnessRespondents,
        cost,
        technicalStandard,
        channelsMax,
        capacity,
        clicks,
        otherChannels,
        parameters);
  }

  private static void atLeastZero(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "%s is %s; it must be a number of 0 or more.".formatted(what, value));
    }
  }

  private static void part(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "%s is %s; it must be between 0 and 1.".formatted(what, value));
    }
  }

  private static <T> void unique(String what, List<T> items, Function<T, String> name) {
    Set<String> seen = new HashSet<>();
    for (T item : items) {
      if (!seen.add(name.apply(item))) {
        throw new IllegalArgumentException(
            "%s %s is there twice; keep one row of it.".formatted(what, name.apply(item)));
      }
    }
  }
}
