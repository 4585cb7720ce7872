package io.channelwise.plan;

import io.channelwise.campaign.PlanSettings;

/**
 * What is assumed of a pricing model; no data of a campaign tells, so a campaign may set them and a
 * person sees them beside the plans.
 *
 * @param worth to a customer, in parts of the reference price: an easy start counts for a method, a
 *     long purchase against it
 * @param collected part of the listed price that is paid in the end: use varies, results fail
 * @param cost of serving, relative to a subscription
 * @param quality technical quality at full service, relative to a subscription
 * @param liking how well customers like to pay this way, 0..1
 */
public record ModelAssumptions(
    double worth, double collected, double cost, double quality, double liking) {
  private static final ModelAssumptions SAAS = new ModelAssumptions(0, 1, 1, 1, 0.6);
  private static final ModelAssumptions API = new ModelAssumptions(0.05, 0.92, 0.8, 1, 0.7);
  private static final ModelAssumptions SOLUTION = new ModelAssumptions(-0.05, 1.1, 1.5, 1.08, 0.8);
  private static final ModelAssumptions DATA_DRIVEN =
      new ModelAssumptions(0.08, 0.85, 1.1, 0.96, 0.9);

  /**
   * @throws IllegalArgumentException when a value is out of its range
   */
  public ModelAssumptions {
    within("The worth of a way to pay", worth, -1, 1);
    within("The collected part of a way to pay", collected, 0.05, 3);
    within("The cost of a way to pay", cost, 0.05, 20);
    within("The quality of a way to pay", quality, 0.1, 2);
    within("The liking of a way to pay", liking, 0, 1);
  }

  /** Where a campaign sets nothing. */
  static ModelAssumptions of(PricingModel model) {
    return switch (model) {
      case SAAS -> SAAS;
      case API -> API;
      case SOLUTION -> SOLUTION;
      case DATA_DRIVEN -> DATA_DRIVEN;
    };
  }

  /** The defaults of the model with what the campaign sets of it. */
  static ModelAssumptions of(PricingModel model, PlanSettings.Pricing set) {
    ModelAssumptions usual = of(model);
    return new ModelAssumptions(
        or(set.worth(), usual.worth),
        or(set.collected(), usual.collected),
        or(set.cost(), usual.cost),
        or(set.quality(), usual.quality),
        or(set.liking(), usual.liking));
  }

  static double or(Double value, double usual) {
    return value == null ? usual : value;
  }

  static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s of the plan model is %s; it must be between %s and %s."
              .formatted(name, value, least, most));
    }
  }
}
