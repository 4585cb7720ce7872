package io.channelwise.deal;

import io.channelwise.channel.Attraction;
import io.channelwise.channel.Channel;
import io.channelwise.negotiation.DealValue;
import io.channelwise.negotiation.Offer;
import io.channelwise.negotiation.Prospect;
import java.util.List;

/**
 * What it would take to make a channel the only one of its kind in its market. The others' revenue
 * is taken as this channel's by reach × attraction; a channel alone is taken to win half of it.
 */
final class Exclusivity {
  static final double DIVERSION = 0.5;

  private Exclusivity() {}

  /**
   * The share at which an exclusive deal with the same fee leaves us as much as this one; 0 when
   * exclusivity does not pay at any share.
   *
   * @param revenue that customers pay through the channel in one cycle
   * @param above share (0..1) of it that tiers of resale above the channel keep
   * @param all channels of the campaign
   */
  static double share(
      Channel channel,
      Terms terms,
      double revenue,
      double above,
      List<Channel> all,
      Attraction attraction) {
    double own = people(channel, attraction);
    double rivals = 0;
    double rivalsLeave = 0;
    for (Channel other : all) {
      if (own > 0 && isRival(channel, other)) {
        double theirs = revenue * people(other, attraction) / own;
        rivals += theirs;
        rivalsLeave += theirs * (1 - other.revenueShare());
      }
    }
    Offer offer = NegotiationStrategy.offer(terms);
    double without = Math.max(0, new DealValue(Prospect.of(revenue).below(above)).ours(offer));
    Prospect exclusive =
        Prospect.of(revenue)
            .below(above)
            .without(0, without, 0)
            .shutting(rivals, rivalsLeave, DIVERSION);
    return new DealValue(exclusive).ourShareMax(terms.fixedFee());
  }

  private static boolean isRival(Channel channel, Channel other) {
    boolean together =
        channel.market() == null
            || other.market() == null
            || channel.market().equals(other.market());
    return together
        && other.kind().equalsIgnoreCase(channel.kind())
        && !other.channel().equals(channel.channel());
  }

  private static double people(Channel channel, Attraction attraction) {
    return channel.reach()
        * attraction.of(channel.channel()).map(Attraction.Ranked::attraction).orElse(0.0);
  }
}
