package io.channelwise.negotiation;

import io.channelwise.campaign.Text;
import java.util.Locale;

/**
 * How we give way, and when we take what is asked: a pure function of value, guard-rails, round and
 * what was asked.
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
 *
 * <p><b>When we accept</b> an ask within the limits: in the last round always; before it, when the
 * ask leaves us at least δ = {@value #PATIENCE} of what our next offer would leave us above our
 * walk-away, or costs no more than the reference. The first is AC_next (Baarslag, Hindriks and
 * Jonker, Effective acceptance conditions in real-time automated negotiation, 2014) with the
 * discount of Rubinstein (1982): a refusal is taken to end the talks twice in a hundred times. The
 * second keeps us from haggling over a fair division, however slowly we give way. Why so, and
 * against which other rules: {@link Simulation}.
 */
public final class Concession {
  /** Below 1: we stay near the opening for long. */
  public static final double BETA = 0.5;

  /** What waiting for a round leaves of a gain. */
  public static final double PATIENCE = 0.98;

  /** More rounds nobody sits through. */
  public static final int ROUNDS_MOST = 20;

  private static final double SHARE_STEPS = 10_000;
  private static final double FEE_STEPS = 100;

  /** A hair that rounding down forgives to floating point. */
  private static final double HAIR = 1e-6;

  private final DealValue value;
  private final GuardRails rails;
  private final int roundsMax;
  private final Reference reference;

  /**
   * @param roundsMax rounds we may offer in, 1 to {@value #ROUNDS_MOST}
   * @throws NegotiationException when the number of rounds is out of its range
   */
  public Concession(DealValue value, GuardRails rails, int roundsMax) {
    NegotiationException.requireBetween(roundsMax, 1, ROUNDS_MOST, "The number of rounds", "谈判轮数");
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
   * The most that an ask within the limits may cost for us to accept it, a started cent counting as
   * whole.
   *
   * @param round of our offer that was answered
   * @param last that offer
   */
  public double acceptCostMax(int round, Offer last) {
    if (isLast(round)) {
      return ceilFee(limitCost());
    }
    double next = target(round + 1, value.cost(last));
    double worthNext = Math.max(0, value.ourWalkAway() - next);
    double most = Math.max(next + (1 - PATIENCE) * worthNext, reference.kalaiSmorodinsky());
    return ceilFee(Math.min(limitCost(), most));
  }

  /**
   * Whether we accept what is asked; {@code deal-terms} decides the same.
   *
   * @param round of our offer that was answered
   * @param last that offer
   */
  public boolean accepts(int round, Offer last, Offer asked) {
    return rails.allow(asked) && (isLast(round) || value.cost(asked) <= acceptCostMax(round, last));
  }

  /**
   * What we make of a counter-offer, in words.
   *
   * @param round of our offer that was answered
   * @param last that offer
   */
  public Text verdict(int round, Offer last, Offer asked) {
    return ConcessionTexts.verdict(this, round, last, asked);
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
    double target = target(round, value.cost(last));
    Offer offer = spend(target, last, asked);
    double cost = value.cost(offer);
    Text why =
        ConcessionTexts.counter(this, round, new CounterOffer(offer, cost, target, null), last);
    return new CounterOffer(offer, cost, target, why);
  }

  /** What a person wants to offer, each figure cut to its limit. */
  public CounterOffer byHand(Offer wanted) {
    Offer offer =
        new Offer(
            Math.min(rails.limits().revenueShare(), wanted.revenueShare()),
            Math.min(rails.limits().fixedFee(), wanted.fixedFee()));
    double cost = value.cost(offer);
    return new CounterOffer(offer, cost, cost, ConcessionTexts.byHand(cost, offer.equals(wanted)));
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

  private static double ceilFee(double fee) {
    return Math.ceil(fee * FEE_STEPS + HAIR) / FEE_STEPS;
  }

  /** AC_next itself; everything in the last round. */
  boolean costsAtMostNext(int round, Offer last, Offer asked) {
    return isLast(round) || value.cost(asked) <= target(round + 1, value.cost(last));
  }

  boolean allows(Offer asked) {
    return rails.allow(asked);
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
