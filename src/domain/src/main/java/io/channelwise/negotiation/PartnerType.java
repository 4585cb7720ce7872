package io.channelwise.negotiation;

/** Ways in which simulated partners bargain. */
public enum PartnerType {
  /** Asks much for long and gives way at the end (β = 0.3). */
  BOULWARE(0.3),
  /** Gives way evenly (β = 1). */
  LINEAR(1),
  /** Gives way early (β = 3). */
  CONCEDER(3),
  /** Lowers its ask by what our offers gained for it. */
  TIT_FOR_TAT(1),
  /** Asks for its walk-away at once and for ever. */
  FIRM(1),
  /** As {@link #LINEAR}, but an offer below six tenths of its walk-away ends the talks. */
  IMPATIENT(1),
  /** As {@link #LINEAR}, but one refusal of its ask in ten ends the talks. */
  RESTLESS(1);

  /** Chance that a refusal ends the talks with a restless partner. */
  static final double LEAVES = 0.1;

  static final double INSULT = 0.6;
  private final double beta;

  PartnerType(double beta) {
    this.beta = beta;
  }

  /** How much of its way from first ask to walk-away it has gone, 0..1. */
  double conceded(int round, int roundsMax) {
    return this == FIRM ? 1 : Math.min(1, Math.pow((round - 1.0) / (roundsMax - 1.0), 1 / beta));
  }
}
