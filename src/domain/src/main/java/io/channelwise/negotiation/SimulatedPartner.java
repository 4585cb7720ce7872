package io.channelwise.negotiation;

/**
 * A partner that answers offers; it knows its walk-away, we do not.
 *
 * <p>It asks a multiple of its listed terms, which falls from {@code first} to {@code least} as its
 * type has it. It accepts an offer that is worth no less to it than what it would ask next
 * (Faratin, Sierra and Jennings 1998), a final one from its walk-away on.
 *
 * @param listed terms that its asks are multiples of
 * @param first multiple asked in round 1, at least {@code least}
 * @param least multiple below which it walks away
 * @param confidence share (0..1] of our forecast of the revenue that it believes in
 * @param patience refusals of its asks that it bears before it leaves
 */
record SimulatedPartner(
    PartnerType type,
    DealValue value,
    Offer listed,
    double first,
    double least,
    double confidence,
    int patience) {
  /** What an offer is worth to it. */
  double worth(Offer offer) {
    return confidence * value.prospect().gross() * offer.revenueShare() + offer.fixedFee();
  }

  double walkAway() {
    return worth(listed) * least;
  }

  boolean takesFinal(Offer offer) {
    return worth(offer) >= walkAway() * (1 - 1e-12);
  }

  boolean takes(Offer offer, Offer firstOffer, int round, int roundsMax) {
    return round >= roundsMax
        ? takesFinal(offer)
        : worth(offer) >= worth(listed) * multiple(offer, firstOffer, round + 1, roundsMax);
  }

  boolean walksOut(Offer offer) {
    return type == PartnerType.IMPATIENT && worth(offer) < PartnerType.INSULT * walkAway();
  }

  Offer ask(Offer offer, Offer firstOffer, int round, int roundsMax) {
    double multiple = multiple(offer, firstOffer, round, roundsMax);
    return new Offer(Math.min(1, listed.revenueShare() * multiple), listed.fixedFee() * multiple);
  }

  private double multiple(Offer offer, Offer firstOffer, int round, int roundsMax) {
    if (type == PartnerType.TIT_FOR_TAT) {
      double gained = (worth(offer) - worth(firstOffer)) / worth(listed);
      return Math.max(least, first - Math.max(0, gained));
    }
    return first - (first - least) * type.conceded(round, roundsMax);
  }
}
