package io.channelwise.negotiation;

/**
 * What two reasonable sides would agree on, as cost to us, never above the limit.
 *
 * <p>With w the channel's walk-away, b ours and l ≤ b the limit, the sides share S = b − w, of
 * which the channel can get at most L = l − w. <b>Nash</b> (1950) maximises the product of the
 * gains: w + min(S / 2, L). <b>Kalai–Smorodinsky</b> (1975) gives each side the same part of the
 * most that it could have, S and L: w + S L / (S + L). The second is the reference, as it follows
 * the limit smoothly: a strict limit moves it, though the limit itself does not bind.
 *
 * @param nash cost of the Nash solution
 * @param kalaiSmorodinsky cost of the Kalai–Smorodinsky solution
 */
public record Reference(double nash, double kalaiSmorodinsky) {
  /**
   * @param theirWalkAway w, as cost to us
   * @param ourWalkAway b; a limit above it is taken as it
   * @param limit l
   */
  public static Reference of(double theirWalkAway, double ourWalkAway, double limit) {
    double most = Math.min(limit, ourWalkAway);
    double room = most - theirWalkAway;
    if (!(room > 0)) {
      // No zone of agreement is expected: all there is to offer is the most.
      return new Reference(most, most);
    }
    double surplus = ourWalkAway - theirWalkAway;
    return new Reference(
        theirWalkAway + Math.min(surplus / 2, room),
        theirWalkAway + surplus * room / (surplus + room));
  }
}
