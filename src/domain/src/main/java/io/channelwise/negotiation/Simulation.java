package io.channelwise.negotiation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Thousands of negotiations with drawn partners: how often a strategy comes to an agreement, and
 * what is left for us. The same seed gives the same bytes.
 *
 * <p>Drawn uniformly: revenue 10^4 … 10^5.5; listed share 0.05 … 0.35; listed fee up to 0.15 of the
 * revenue; past terms 0.7 … 1.2 × the listed ones; our alternative 0.2 … 0.7 of the revenue; the
 * partner's walk-away 0.6 … 1.5 × its listed terms, so that for some no offer within the limits is
 * enough; its first ask 1.1 … 1.6 × its walk-away; its confidence in our forecast 0.7 … 1. We see
 * the listed and the past terms alone. An ask within the limits is accepted, as the decision {@code
 * deal-terms} does; without agreement in the last round there is none.
 */
public final class Simulation {
  static final int ROUNDS_MAX = 3;

  private Simulation() {}

  /** Ways to bargain that are compared. */
  public enum Strategy {
    /** {@link Concession}. */
    CONCESSION,
    /** Each figure half, then all of its way from opening to limit, whatever is asked. */
    LINEAR,
    /** The first offer, take it or leave it. */
    FIXED_OPENING,
    /** The middle of opening and limits, take it or leave it. */
    FIXED_MIDDLE,
    /** The limits, take it or leave it. */
    FIXED_LIMITS
  }

  /**
   * What came of a strategy.
   *
   * @param negotiations how many there were
   * @param possible in how many the limits were enough for the partner
   * @param agreements how many ended in one
   * @param ourSurplus mean over all negotiations of what we had above our alternative, as share of
   *     the most that anyone who knew the partner's walk-away could have had
   * @param jointSurplus the same of both sides' gains, the partner's by its own forecast
   */
  public record Result(
      Strategy strategy,
      int negotiations,
      int possible,
      int agreements,
      double ourSurplus,
      double jointSurplus) {
    public double agreementRate() {
      return (double) agreements / negotiations;
    }
  }

  record Scenario(DealValue value, GuardRails rails, SimulatedPartner partner) {}

  /**
   * Runs a strategy against partners of one type.
   *
   * @param negotiations 1 to 10 million
   * @throws NegotiationException when the number is out of its range
   */
  public static Result run(Strategy strategy, PartnerType type, int negotiations, long seed) {
    NegotiationException.requireBetween(
        negotiations, 1, 10_000_000, "The number of negotiations", "谈判次数");
    SplittableRandom random = new SplittableRandom(seed);
    int possible = 0;
    int agreements = 0;
    double ours = 0;
    double joint = 0;
    double most = 0;
    double mostJoint = 0;
    for (int i = 0; i < negotiations; i++) {
      Scenario scenario = draw(type, random);
      Offer best = cheapest(scenario);
      if (best != null) {
        possible++;
        double gain = gain(scenario, best);
        // Per unit of revenue: a large channel counts no more than a small one.
        most += gain;
        mostJoint += gain + theirGain(scenario, best);
      }
      Offer agreed = bargain(strategy, scenario);
      if (agreed != null) {
        agreements++;
        ours += gain(scenario, agreed);
        joint += gain(scenario, agreed) + theirGain(scenario, agreed);
      }
    }
    return new Result(
        strategy,
        negotiations,
        possible,
        agreements,
        most == 0 ? 0 : ours / most,
        mostJoint == 0 ? 0 : joint / mostJoint);
  }

  static Scenario draw(PartnerType type, SplittableRandom random) {
    double revenue = Math.pow(10, random.nextDouble(4, 5.5));
    Offer listed = new Offer(random.nextDouble(0.05, 0.35), revenue * random.nextDouble(0.15));
    double pastFactor = random.nextDouble(0.7, 1.2);
    Offer past = new Offer(listed.revenueShare() * pastFactor, listed.fixedFee() * pastFactor);
    double alternative = revenue * random.nextDouble(0.2, 0.7);
    DealValue simple = new DealValue(Prospect.of(revenue));
    double estimate = Math.min(simple.cost(listed), simple.cost(past));
    DealValue value = new DealValue(Prospect.of(revenue).without(0, alternative, estimate));
    double least = random.nextDouble(0.6, 1.5);
    double first = type == PartnerType.FIRM ? least : least * random.nextDouble(1.1, 1.6);
    double confidence = random.nextDouble(0.7, 1);
    return new Scenario(
        value,
        GuardRails.around(listed, past, value.ourWalkAway()),
        new SimulatedPartner(type, value, listed, first, least, confidence));
  }

  /** The offer that ends the talks; null when there is none. */
  static Offer bargain(Strategy strategy, Scenario scenario) {
    GuardRails rails = scenario.rails();
    SimulatedPartner partner = scenario.partner();
    Offer fixed =
        switch (strategy) {
          case FIXED_OPENING -> rails.opening();
          case FIXED_MIDDLE -> between(rails, 0.5);
          case FIXED_LIMITS -> rails.limits();
          case CONCESSION, LINEAR -> null;
        };
    if (fixed != null) {
      return partner.takesFinal(fixed) ? fixed : null;
    }
    Concession concession = new Concession(scenario.value(), rails, ROUNDS_MAX);
    Offer offer = rails.opening();
    for (int round = 1; ; round++) {
      if (partner.takes(offer, rails.opening(), round, ROUNDS_MAX)) {
        return offer;
      }
      Offer asked = partner.ask(offer, rails.opening(), round, ROUNDS_MAX);
      if (partner.walksOut(offer)) {
        return null;
      }
      if (rails.allow(asked)) {
        return asked;
      }
      if (round == ROUNDS_MAX) {
        return null;
      }
      offer =
          strategy == Strategy.CONCESSION
              ? concession.next(round + 1, offer, asked).offer()
              : between(rails, round / (ROUNDS_MAX - 1.0));
    }
  }

  private static Offer between(GuardRails rails, double part) {
    Offer from = rails.opening();
    Offer to = rails.limits();
    return new Offer(
        Math.min(
            to.revenueShare(),
            from.revenueShare() + part * (to.revenueShare() - from.revenueShare())),
        Math.min(to.fixedFee(), from.fixedFee() + part * (to.fixedFee() - from.fixedFee())));
  }

  /**
   * What one who knew the partner would offer: the cheapest that it takes, within the limits; null
   * when there is none. A partner that doubts our forecast prefers fees: the fee goes first.
   */
  static Offer cheapest(Scenario scenario) {
    SimulatedPartner partner = scenario.partner();
    Offer limits = scenario.rails().limits();
    if (!partner.takesFinal(limits)) {
      return null;
    }
    double fee = Math.min(limits.fixedFee(), partner.walkAway());
    double perShare = partner.worth(new Offer(1, 0));
    return new Offer(
        Math.min(limits.revenueShare(), Math.max(0, partner.walkAway() - fee) / perShare), fee);
  }

  private static double gain(Scenario scenario, Offer offer) {
    Prospect prospect = scenario.value().prospect();
    return (scenario.value().ours(offer) - prospect.ourAlternative()) / prospect.gross();
  }

  private static double theirGain(Scenario scenario, Offer offer) {
    SimulatedPartner partner = scenario.partner();
    return (partner.worth(offer) - partner.walkAway()) / scenario.value().prospect().gross();
  }

  /** The strategy against every type of partner, in the order of the types. */
  public static List<Result> all(Strategy strategy, int negotiations, long seed) {
    List<Result> results = new ArrayList<>();
    for (PartnerType type : PartnerType.values()) {
      results.add(run(strategy, type, negotiations, seed));
    }
    return results;
  }
}
