package io.channelwise.plan;

import java.util.List;

/**
 * What the plan model takes as given because no data of a campaign tells; kept with each search.
 * Worths are in parts of the reference price, the competitors' mean price weighted by share.
 *
 * @param ownQuality worth of our product to customers above that of the average competitor; 0: we
 *     are as good as they are
 * @param serviceWorth worth of a full point of service level; 0.3: perfect service against none
 *     makes up for a price 30 % higher
 * @param outsideShare least part of the customers that buys nothing, 0..1; the rest of the
 *     competitors' shares is taken where it is larger
 * @param rivalPrices the competitors' prices at which the plan will be sold, relative to today's;
 *     1: they do not answer our entry
 * @param priceSensitivity factor on the price coefficient that the spread of the willingness to pay
 *     gives
 * @param satisfactionOfService weight of the service level in satisfaction
 * @param satisfactionOfPrice weight of the price against the willingness to pay
 * @param satisfactionOfPayment weight of how well the way to pay is liked; the three sum to 1
 */
public record PlanParameters(
    double ownQuality,
    double serviceWorth,
    double outsideShare,
    double rivalPrices,
    double priceSensitivity,
    double satisfactionOfService,
    double satisfactionOfPrice,
    double satisfactionOfPayment) {

  public static final PlanParameters DEFAULT =
      new PlanParameters(0, 0.3, 0.05, 1, 1, 0.6, 0.3, 0.1);

  /**
   * @throws IllegalArgumentException when a value is out of its range
   */
  public PlanParameters {
    within("ownQuality", ownQuality, -5, 5);
    within("serviceWorth", serviceWorth, 0, 5);
    within("outsideShare", outsideShare, 0.001, 0.999);
    within("rivalPrices", rivalPrices, 0.01, 100);
    within("priceSensitivity", priceSensitivity, 0.01, 100);
    for (double weight :
        List.of(satisfactionOfService, satisfactionOfPrice, satisfactionOfPayment)) {
      within("A weight of satisfaction", weight, 0, 1);
    }
    double weights = satisfactionOfService + satisfactionOfPrice + satisfactionOfPayment;
    if (Math.abs(weights - 1) > 1e-9) {
      throw new IllegalArgumentException(
          "The weights of satisfaction sum to %s; they must sum to 1.".formatted(weights));
    }
  }

  private static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s of the plan model is %s; it must be between %s and %s."
              .formatted(name, value, least, most));
    }
  }

  PlanParameters withOwnQuality(double value) {
    return new PlanParameters(
        value,
        serviceWorth,
        outsideShare,
        rivalPrices,
        priceSensitivity,
        satisfactionOfService,
        satisfactionOfPrice,
        satisfactionOfPayment);
  }

  PlanParameters withServiceWorth(double value) {
    return new PlanParameters(
        ownQuality,
        value,
        outsideShare,
        rivalPrices,
        priceSensitivity,
        satisfactionOfService,
        satisfactionOfPrice,
        satisfactionOfPayment);
  }

  PlanParameters withOutsideShare(double value) {
    return new PlanParameters(
        ownQuality,
        serviceWorth,
        value,
        rivalPrices,
        priceSensitivity,
        satisfactionOfService,
        satisfactionOfPrice,
        satisfactionOfPayment);
  }

  PlanParameters withRivalPrices(double value) {
    return new PlanParameters(
        ownQuality,
        serviceWorth,
        outsideShare,
        value,
        priceSensitivity,
        satisfactionOfService,
        satisfactionOfPrice,
        satisfactionOfPayment);
  }

  PlanParameters withPriceSensitivity(double value) {
    return new PlanParameters(
        ownQuality,
        serviceWorth,
        outsideShare,
        rivalPrices,
        value,
        satisfactionOfService,
        satisfactionOfPrice,
        satisfactionOfPayment);
  }
}
