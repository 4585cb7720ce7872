package io.channelwise.allocation;

/**
 * What binds a channel's amount. Money is in one currency throughout a problem.
 *
 * @param channel name, unique in a problem
 * @param floor it gets at least this, ≥ 0; above 0 the channel is chosen in any case
 * @param leastIfChosen it gets at least this or nothing, ≥ 0
 * @param cap it gets at most this; {@link Double#POSITIVE_INFINITY} for no cap
 * @param fixedCost taken from the budget as soon as it gets anything, beside its amount; ≥ 0
 * @param halfSaturation the spend k at which half of the channel's attraction is reached (see
 *     {@link AllocationProblem}); {@link Double#POSITIVE_INFINITY} for a channel that does not
 *     saturate
 */
public record ChannelTerms(
    String channel,
    double floor,
    double leastIfChosen,
    double cap,
    double fixedCost,
    double halfSaturation) {

  /** A channel that nothing binds. */
  public static ChannelTerms of(String channel) {
    return new ChannelTerms(channel, 0, 0, Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY);
  }

  public ChannelTerms withFloor(double money) {
    return new ChannelTerms(channel, money, leastIfChosen, cap, fixedCost, halfSaturation);
  }

  public ChannelTerms withLeastIfChosen(double money) {
    return new ChannelTerms(channel, floor, money, cap, fixedCost, halfSaturation);
  }

  public ChannelTerms withCap(double money) {
    return new ChannelTerms(channel, floor, leastIfChosen, money, fixedCost, halfSaturation);
  }

  public ChannelTerms withFixedCost(double money) {
    return new ChannelTerms(channel, floor, leastIfChosen, cap, money, halfSaturation);
  }

  public ChannelTerms withHalfSaturation(double money) {
    return new ChannelTerms(channel, floor, leastIfChosen, cap, fixedCost, money);
  }

  /** Whether choosing the channel is a decision of its own. */
  boolean optional() {
    return floor <= 0 && (fixedCost > 0 || leastIfChosen > 0);
  }

  /** The least amount once it is chosen. */
  double least() {
    return Math.max(floor, leastIfChosen);
  }
}
