package io.channelwise.deal;

import io.channelwise.channel.Channel;
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
 * <p><b>Opening</b>: {@value #OPENING_FACTOR} × the lower reference. (Shares are rounded to a
 * hundredth of a per cent, fees down to cents.) <b>Limits</b> (walk-away): {@value #LIMIT_FACTOR} ×
 * the higher reference, the fee moreover never above expected revenue × (1 − share limit), so that
 * a contract at the limits does not lose money.
 *
 * <p><b>Concession</b>: linear in the round (a time-dependent tactic with β = 1 in Faratin, Sierra
 * and Jennings 1998): in round r the target is opening + (limit − opening) × (r − 1) / ({@value
 * #ROUNDS_MAX} − 1), the limit from round {@value #ROUNDS_MAX} on, never behind our last offer and
 * never more than the partner asks. Terms that are within the limits as a whole are granted as they
 * are: the decision {@code deal-terms} accepts them from a partner, so that here they come from a
 * person who negotiated by hand.
 */
final class NegotiationStrategy {
  static final double PRIOR_CLICKS = 50;
  static final double OPENING_FACTOR = 0.8;
  static final double LIMIT_FACTOR = 1.25;
  static final int ROUNDS_MAX = 3;

  private NegotiationStrategy() {}

  /** Terms that a channel agreed to in the past. */
  record Agreement(String channel, Terms terms) {}

  /** What the events say of a channel and of all. */
  record Behaviour(
      long clicks, long purchases, long allClicks, long allPurchases, double allRevenue) {}

  /** First offer and walk-away terms. */
  record Opening(Terms offer, Terms limits) {}

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
    double share = channel.revenueShare();
    double fee = channel.fixedCost();
    double pastShare = median(references, share, true);
    double pastFee = median(references, fee, false);
    double shareMax = Math.min(1, roundShare(LIMIT_FACTOR * Math.max(share, pastShare)));
    double breakEven = expectedRevenue * (1 - shareMax);
    double feeMax = floorFee(Math.min(LIMIT_FACTOR * Math.max(fee, pastFee), breakEven));
    Terms offer =
        new Terms(
            roundShare(OPENING_FACTOR * Math.min(share, pastShare)),
            floorFee(Math.min(feeMax, OPENING_FACTOR * Math.min(fee, pastFee))));
    return new Opening(offer, new Terms(shareMax, feeMax));
  }

  /**
   * The offer of the next round.
   *
   * @param last our offer of the round before
   * @param asked what the partner wants, or what a person decided to offer
   */
  static Terms concede(Terms opening, Terms limits, Terms last, Terms asked, int nextRound) {
    if (asked.revenueShare() <= limits.revenueShare() && asked.fixedFee() <= limits.fixedFee()) {
      return asked;
    }
    double progress = Math.min(1, (nextRound - 1) / (ROUNDS_MAX - 1.0));
    double share =
        step(opening.revenueShare(), limits.revenueShare(), last.revenueShare(), progress);
    double fee = step(opening.fixedFee(), limits.fixedFee(), last.fixedFee(), progress);
    return new Terms(
        Math.min(asked.revenueShare(), roundShare(share)),
        Math.min(asked.fixedFee(), floorFee(fee)));
  }

  /** Never back behind the last offer, never above the limit. */
  private static double step(double opening, double limit, double last, double progress) {
    double target = opening + (limit - opening) * progress;
    return Math.min(limit, Math.max(last, target));
  }

  /** To a hundredth of a per cent: what is offered is what is written in the offer. */
  static double roundShare(double share) {
    return Math.round(share * 10_000) / 10_000.0;
  }

  /** To whole cents, in our favour; a hair is forgiven to floating point. */
  static double floorFee(double fee) {
    return Math.floor(fee * 100 + 1e-6) / 100.0;
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
