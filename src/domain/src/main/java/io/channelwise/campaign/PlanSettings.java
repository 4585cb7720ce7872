package io.channelwise.campaign;

import java.util.List;
import java.util.Map;

/**
 * What a campaign may set of the plan model's assumptions; null where it keeps the default. What
 * each means and its default stand at {@code plan.PlanParameters} and {@code
 * plan.ModelAssumptions}.
 *
 * @param ownQuality -2..2, default 0
 * @param serviceWorth 0..3, default 0.3
 * @param outsideShare 0.001..0.9, default 0.05
 * @param rivalPrices 0.1..10, default 1
 * @param priceSensitivity 0.1..10, default 1
 * @param satisfaction weights, default 0.6, 0.3 and 0.1
 * @param pricingModels by code ({@link #PRICING_MODELS})
 */
public record PlanSettings(
    Double ownQuality,
    Double serviceWorth,
    Double outsideShare,
    Double rivalPrices,
    Double priceSensitivity,
    Satisfaction satisfaction,
    Map<String, Pricing> pricingModels) {

  /** Codes of the pricing models. */
  public static final List<String> PRICING_MODELS =
      List.of("saas", "api", "solution", "data-driven");

  static final PlanSettings NONE = new PlanSettings(null, null, null, null, null, null, null);

  public PlanSettings {
    pricingModels = pricingModels == null ? Map.of() : Map.copyOf(pricingModels);
  }

  /** Weights of satisfaction, not negative, one above 0; only their proportions count. */
  public record Satisfaction(double service, double price, double payment) {}

  /**
   * What is assumed of one pricing model; null where the default stays.
   *
   * @param worth -1..1
   * @param collected 0.05..3
   * @param cost 0.05..20
   * @param quality 0.1..2
   * @param liking 0..1
   */
  public record Pricing(
      Double worth, Double collected, Double cost, Double quality, Double liking) {}
}
