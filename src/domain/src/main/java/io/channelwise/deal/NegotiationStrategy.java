package io.channelwise.deal;

import io.channelwise.channel.Channel;
import io.channelwise.negotiation.Concession;
import io.channelwise.negotiation.DealValue;
import io.channelwise.negotiation.GuardRails;
import io.channelwise.negotiation.Offer;
import io.channelwise.negotiation.Prospect;
import java.util.List;

/**
 * How we open, what we never exceed, and how we give way. Deterministic; no state.
 *
 * <p><b>Expected revenue</b> of a channel in one cycle = reach × A(C) × conversion × revenue a
 * purchase. A(C) is the channel's attraction; the conversion is shrunk towards the campaign's own,
 * (purchases(C) + {@value #PRIOR_CLICKS} p) / (clicks(C) + {@value #PRIOR_CLICKS}) with p =
 * purchases / clicks of all channels, so that a channel with few clicks is neither a marvel nor
 * worthless.
 *
 * <p><b>References</b>: the channel's listed terms, and the medians of what channels of the same
 * kind agreed to in the past; when none did, of all channels; when there is no past, the listed
 * terms alone.
 *
 * <p><b>Opening and limits</b> lie around the two references by {@link GuardRails#around}.
 *
 * <p><b>The partner's walk-away</b>, as cost to us, is estimated as the least that the listed terms
 * or any of those past agreements would cost us here: what a channel of the kind has once accepted,
 * it may accept again. Ours is the expected revenue: without the deal there is none.
 *
 * <p><b>Concession</b>, and what we accept: {@link Concession} over the deal's rounds, {@value
 * #ROUNDS_MAX} when nobody said how many, valued for one cycle, as the limits are.
 */
final class NegotiationStrategy {
  static final double PRIOR_CLICKS = 50;
  static final int ROUNDS_MAX = 3;

  private NegotiationStrategy() {}

  /** Terms that a channel agreed to in the past. */
  record Agreement(String channel, Terms terms) {}

  /** What the events say of a channel and of all. */
  record Behaviour(
      long clicks, long purchases, long allClicks, long allPurchases, double allRevenue) {}

  /**
   * First offer and the most we grant.
   *
   * @param partnerWalkAway estimated cost to us below which the partner walks away
   */
  record Opening(Terms offer, Terms limits, double partnerWalkAway) {}

  static double expectedRevenue(double reach, double attraction, Behaviour behaviour) {
    if (behaviour.allClicks() == 0 || behaviour.allPurchases() == 0) {
      return 0;
    }
    double overall = (double) behaviour.allPurchases() / behaviour.allClicks();
    double conversion =
        (behaviour.purchases() + PRIOR_CLICKS * overall) / (behaviour.clicks() + PRIOR_CLICKS);
    double revenuePerPurchase = behaviour.allRevenue() / behaviour.allPurchases();
    return reach * attraction * conversion * revenuePerPurchase;
  }

  /**
   * @param sameKind names of the channels of the same kind, the channel itself included
   * @param past agreements of the campaign
   */
  static Opening open(
      Channel channel, List<String> sameKind, List<Agreement> past, double expectedRevenue) {
    List<Agreement> alike = past.stream().filter(a -> sameKind.contains(a.channel())).toList();
    List<Agreement> references = alike.isEmpty() ? past : alike;
    Terms listed = new Terms(channel.revenueShare(), channel.fixedCost());
    Offer median =
        new Offer(
            median(references, listed.revenueShare(), true),
            median(references, listed.fixedFee(), false));
    GuardRails rails = GuardRails.around(offer(listed), median, expectedRevenue);
    double walkAway =
        references.stream()
            .mapToDouble(a -> a.terms().cost(expectedRevenue))
            .reduce(listed.cost(expectedRevenue), Math::min);
    return new Opening(terms(rails.opening()), terms(rails.limits()), walkAway);
  }

  /** How we give way in a deal with these terms. */
  static Concession concession(Opening opening, double expectedRevenue, int roundsMax) {
    return new Concession(
        value(expectedRevenue, opening.partnerWalkAway()),
        new GuardRails(offer(opening.offer()), offer(opening.limits())),
        roundsMax);
  }

  /** Value of one cycle. */
  static DealValue value(double expectedRevenue, double partnerWalkAway) {
    return new DealValue(Prospect.of(expectedRevenue).without(0, 0, partnerWalkAway));
  }

  static Offer offer(Terms terms) {
    return new Offer(terms.revenueShare(), terms.fixedFee());
  }

  static Terms terms(Offer offer) {
    return new Terms(offer.revenueShare(), offer.fixedFee());
  }

  private static double median(List<Agreement> agreements, double without, boolean share) {
    double[] values =
        agreements.stream()
            .mapToDouble(a -> share ? a.terms().revenueShare() : a.terms().fixedFee())
            .sorted()
            .toArray();
    if (values.length == 0) {
      return without;
    }
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }
}
