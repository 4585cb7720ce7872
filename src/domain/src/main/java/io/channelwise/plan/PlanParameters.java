package io.channelwise.plan;

import io.channelwise.campaign.PlanSettings;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the plan model takes as given because no data of a campaign tells; a campaign may set each
 * ({@link PlanSettings}), and they are kept with each search. Worths are in parts of the reference
 * price, the competitors' mean price weighted by share.
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
 * @param pricingModels what is assumed of each pricing model; a model left out has its defaults
 */
public record PlanParameters(
    double ownQuality,
    double serviceWorth,
    double outsideShare,
    double rivalPrices,
    double priceSensitivity,
    double satisfactionOfService,
    double satisfactionOfPrice,
    double satisfactionOfPayment,
    Map<PricingModel, ModelAssumptions> pricingModels) {

  public static final PlanParameters DEFAULT =
      new PlanParameters(0, 0.3, 0.05, 1, 1, 0.6, 0.3, 0.1, null);

  /**
   * @throws IllegalArgumentException when a value is out of its range
   */
  public PlanParameters {
    ModelAssumptions.within("ownQuality", ownQuality, -5, 5);
    ModelAssumptions.within("serviceWorth", serviceWorth, 0, 5);
    ModelAssumptions.within("outsideShare", outsideShare, 0.001, 0.999);
    ModelAssumptions.within("rivalPrices", rivalPrices, 0.01, 100);
    ModelAssumptions.within("priceSensitivity", priceSensitivity, 0.01, 100);
    for (double weight :
        List.of(satisfactionOfService, satisfactionOfPrice, satisfactionOfPayment)) {
      ModelAssumptions.within("A weight of satisfaction", weight, 0, 1);
    }
    double weights = satisfactionOfService + satisfactionOfPrice + satisfactionOfPayment;
    if (Math.abs(weights - 1) > 1e-9) {
      throw new IllegalArgumentException(
          "The weights of satisfaction sum to %s; they must sum to 1.".formatted(weights));
    }
    Map<PricingModel, ModelAssumptions> every = new EnumMap<>(PricingModel.class);
    for (PricingModel model : PricingModel.values()) {
      ModelAssumptions given = pricingModels == null ? null : pricingModels.get(model);
      every.put(model, given == null ? ModelAssumptions.of(model) : given);
    }
    pricingModels = Collections.unmodifiableMap(every);
  }

  /** The defaults with what the campaign sets. */
  static PlanParameters of(PlanSettings set) {
    PlanSettings.Satisfaction weights = set.satisfaction();
    double sum = weights == null ? 1 : weights.service() + weights.price() + weights.payment();
    Map<PricingModel, ModelAssumptions> pricings = new EnumMap<>(PricingModel.class);
    set.pricingModels()
        .forEach(
            (code, pricing) -> {
              PricingModel model = PricingModel.of(code);
              pricings.put(model, ModelAssumptions.of(model, pricing));
            });
    return new PlanParameters(
        ModelAssumptions.or(set.ownQuality(), DEFAULT.ownQuality),
        ModelAssumptions.or(set.serviceWorth(), DEFAULT.serviceWorth),
        ModelAssumptions.or(set.outsideShare(), DEFAULT.outsideShare),
        ModelAssumptions.or(set.rivalPrices(), DEFAULT.rivalPrices),
        ModelAssumptions.or(set.priceSensitivity(), DEFAULT.priceSensitivity),
        weights == null ? DEFAULT.satisfactionOfService : weights.service() / sum,
        weights == null ? DEFAULT.satisfactionOfPrice : weights.price() / sum,
        weights == null ? DEFAULT.satisfactionOfPayment : weights.payment() / sum,
        pricings);
  }

  ModelAssumptions of(PricingModel model) {
    return pricingModels.get(model);
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
        satisfactionOfPayment,
        pricingModels);
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
        satisfactionOfPayment,
        pricingModels);
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
        satisfactionOfPayment,
        pricingModels);
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
        satisfactionOfPayment,
        pricingModels);
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
        satisfactionOfPayment,
        pricingModels);
  }
}
