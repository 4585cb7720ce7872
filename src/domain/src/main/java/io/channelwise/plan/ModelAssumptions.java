package io.channelwise.plan;

/**
 * What is assumed of a pricing model; no data of a campaign tells, so a person sees these beside
 * the plans.
 *
 * @param worth to a customer, in parts of the reference price: an easy start counts for a method, a
 *     long purchase against it
 * @param collected part of the listed price that is paid in the end: use varies, results fail
 * @param cost of serving, relative to a subscription
 * @param quality technical quality at full service, relative to a subscription
 * @param liking how well customers like to pay this way, 0..1
 */
record ModelAssumptions(
    double worth, double collected, double cost, double quality, double liking) {
  private static final ModelAssumptions SAAS = new ModelAssumptions(0, 1, 1, 1, 0.6);
  private static final ModelAssumptions API = new ModelAssumptions(0.05, 0.92, 0.8, 1, 0.7);
  private static final ModelAssumptions SOLUTION = new ModelAssumptions(-0.05, 1.1, 1.5, 1.08, 0.8);
  private static final ModelAssumptions DATA_DRIVEN =
      new ModelAssumptions(0.08, 0.85, 1.1, 0.96, 0.9);

  static ModelAssumptions of(PricingModel model) {
    return switch (model) {
      case SAAS -> SAAS;
      case API -> API;
      case SOLUTION -> SOLUTION;
      case DATA_DRIVEN -> DATA_DRIVEN;
    };
  }
}
