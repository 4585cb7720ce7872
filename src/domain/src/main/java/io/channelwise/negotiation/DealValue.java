package io.channelwise.negotiation;

/**
 * What an offer is worth to both sides over the term, in the campaign's currency.
 *
 * <p>Ours = gross × (1 − tiers above) × (1 − share) − fee − what the channels shut out would have
 * left for us. The channel's = gross × (share − cost of selling) + fee. Each side walks away below
 * its alternative. Without tiers above, money moves one to one between the sides, so that the
 * bargaining problem has closed solutions in the <em>cost</em> of an offer to us.
 *
 * @param prospect what there is to share
 */
public record DealValue(Prospect prospect) {
  /** What is left for us. */
  public double ours(Offer offer) {
    return net() - cost(offer);
  }

  /** What the channel has of it. */
  public double theirs(Offer offer) {
    return prospect.gross() * (offer.revenueShare() - prospect.serving()) + offer.fixedFee();
  }

  /** What an offer takes from us: its share of what reaches us, and its fee. */
  public double cost(Offer offer) {
    return perShare() * offer.revenueShare() + offer.fixedFee();
  }

  /** What the whole revenue as share would cost us. */
  public double perShare() {
    return prospect.gross() * (1 - prospect.tiersAbove());
  }

  /** What a free channel would leave for us; below zero when exclusivity costs more. */
  private double net() {
    double lost = prospect.exclusive() ? prospect.annuity() * prospect.rivalsLeave() : 0;
    return perShare() - lost;
  }

  /** The cost at which the deal leaves us no better than our alternative. */
  public double ourWalkAway() {
    return net() - prospect.ourAlternative();
  }

  /** The cost below which the channel is better off with its alternative. */
  public double theirWalkAway() {
    return prospect.theirAlternative() + prospect.gross() * prospect.serving();
  }

  /** The share at which we walk away, given the fee; cut to 0..1. */
  public double ourShareMax(double fixedFee) {
    return perShare() == 0 ? 0 : cut((ourWalkAway() - fixedFee) / perShare());
  }

  /** The share at which the channel walks away, given the fee; cut to 0..1. */
  public double theirShareMin(double fixedFee) {
    double gross = prospect.gross();
    return gross == 0 ? 0 : cut((theirWalkAway() - fixedFee) / gross);
  }

  private static double cut(double share) {
    return Math.max(0, Math.min(1, share));
  }
}
