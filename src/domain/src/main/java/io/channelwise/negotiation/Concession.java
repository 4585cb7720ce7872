package io.channelwise.negotiation;

import io.channelwise.campaign.Text;
import java.util.Locale;

/**
 * How we give way: a pure function of value, guard-rails, round and what was asked.
 *
 * <p><b>How much</b>, as cost to us. Before the last round a time-dependent tactic (Faratin, Sierra
 * and Jennings 1998) leads from the opening to the {@link Reference}: opening + (reference −
 * opening) × ((r − 1) / (n − 2))^(1/β) with β = {@value #BETA}, a Boulware one. In the last round n
 * the channel has refused our offer before, of cost p; take its walk-away as uniform above p: the
 * offer of the highest expected gain (c − p) × (b − c) is the middle c = (p + b) / 2 of p and our
 * walk-away b (a posted price against a uniform reservation price, Myerson 1981), or the limit if
 * that is less.
 *
 * <p><b>In what</b>: share and fee each go from our last offer towards what is asked, in proportion
 * to how much more is asked in each (a trade-off by similarity, Faratin, Sierra and Jennings 2002);
 * what one cannot take for its limit goes to the other. So a figure is never taken back, never
 * above its limit, never above what is asked. Shares are rounded down to a hundredth of a per cent,
 * fees down to cents.
 */
public final class Concession {
  /** Below 1: we stay near the opening for long. */
  public static final double BETA = 0.5;

  private static final double SHARE_STEPS = 10_000;
  private static final double FEE_STEPS = 100;

  /** A hair that rounding down forgives to floating point. */
  private static final double HAIR = 1e-6;

  private final DealValue value;
  private final GuardRails rails;
  private final int roundsMax;
  private final Reference reference;

  /**
   * @param roundsMax rounds we may offer in, 2 to 1,000
   * @throws NegotiationException when the number of rounds is out of its range
   */
  public Concession(DealValue value, GuardRails rails, int roundsMax) {
    NegotiationException.requireBetween(roundsMax, 2, 1_000, "The number of rounds", "谈判轮数");
    this.value = value;
    this.rails = rails;
    this.roundsMax = roundsMax;
    this.reference =
        Reference.of(value.theirWalkAway(), value.ourWalkAway(), value.cost(rails.limits()));
  }

  public Reference reference() {
    return reference;
  }

  /** What we are ready to spend in a round, given the cost of our last offer. */
  double target(int round, double lastCost) {
    double opening = value.cost(rails.opening());
    double limit = value.cost(rails.limits());
    double target;
    if (round >= roundsMax) {
      target = (lastCost + value.ourWalkAway()) / 2;
    } else {
      double time = (round - 1.0) / (roundsMax - 2.0);
      double goal = Math.max(opening, reference.kalaiSmorodinsky());
      target = opening + (goal - opening) * Math.pow(time, 1 / BETA);
    }
    return Math.min(limit, Math.max(lastCost, target));
  }

  /** The first offer, explained. */
  public CounterOffer open() {
    Offer opening = rails.opening();
    double cost = value.cost(opening);
    return new CounterOffer(opening, cost, cost, ConcessionTexts.opening(this, cost));
  }

  /**
   * The offer of a round.
   *
   * @param round of the new offer, from 2; from {@code roundsMax} on it is the last
   * @param last our offer of the round before
   * @param asked what the channel wants
   * @throws NegotiationException when the round is below 2
   */
  public CounterOffer next(int round, Offer last, Offer asked) {
    NegotiationException.requireBetween(round, 2, Integer.MAX_VALUE, "The round", "轮次");
    if (rails.allow(asked)) {
      double cost = value.cost(asked);
      return new CounterOffer(asked, cost, cost, ConcessionTexts.granted(cost));
    }
    double target = target(round, value.cost(last));
    Offer offer = spend(target, last, asked);
    double cost = value.cost(offer);
    Text why =
        ConcessionTexts.counter(this, round, new CounterOffer(offer, cost, target, null), last);
    return new CounterOffer(offer, cost, target, why);
  }

  /** Goes from the last offer towards the ask until the target is spent. */
  private Offer spend(double target, Offer last, Offer asked) {
    double shareMax = Math.min(rails.limits().revenueShare(), asked.revenueShare());
    double feeMax = Math.min(rails.limits().fixedFee(), asked.fixedFee());
    double share = Math.min(last.revenueShare(), shareMax);
    double fee = Math.min(last.fixedFee(), feeMax);
    double perShare = value.perShare();
    double left = target - perShare * share - fee;
    double shareRoom = perShare * (shareMax - share);
    double feeRoom = feeMax - fee;
    if (left >= shareRoom + feeRoom) {
      return new Offer(shareMax, feeMax);
    }
    if (left <= 0) {
      return new Offer(share, fee);
    }
    double shareGap = perShare * (asked.revenueShare() - share);
    double feeGap = asked.fixedFee() - fee;
    double toShare = Math.min(shareRoom, left * shareGap / (shareGap + feeGap));
    double toFee = Math.min(feeRoom, left - toShare);
    toShare = Math.min(shareRoom, left - toFee);
    double newShare = perShare == 0 ? share : share + toShare / perShare;
    return new Offer(
        Math.max(
            share, Math.min(shareMax, Math.floor(newShare * SHARE_STEPS + HAIR) / SHARE_STEPS)),
        Math.max(fee, Math.min(feeMax, floorFee(fee + toFee))));
  }

  /** To a hundredth of a per cent: what is offered is what is written in the offer. */
  static double roundShare(double share) {
    return Math.round(share * SHARE_STEPS) / SHARE_STEPS;
  }

  /** To whole cents, in our favour. */
  static double floorFee(double fee) {
    return Math.floor(fee * FEE_STEPS + HAIR) / FEE_STEPS;
  }

  boolean isLast(int round) {
    return round >= roundsMax;
  }

  DealValue value() {
    return value;
  }

  double limitCost() {
    return value.cost(rails.limits());
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
