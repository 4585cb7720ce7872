package io.channelwise.plan;

import io.channelwise.campaign.Text;
import java.util.Arrays;
import java.util.List;

/**
 * What a person may choose from in a cycle, and within which bounds plans can be made up.
 *
 * @param currency of prices and revenue
 * @param priceMin lowest price of the search; highest and step likewise
 * @param serviceMin lowest service level of the search, 0..1; highest and step likewise
 * @param channels with a signed deal
 * @param channelsMax most of them in a plan
 * @param certificate how good the search was; null for a search of an earlier version
 * @param plans those that can be chosen, the recommended one first, then the rest of the front
 * @param candidates how many of the plans can be chosen
 * @param byHand plans that people made up in the cycle; they can be chosen too
 */
public record PlanBoard(
    String campaignKey,
    int cycle,
    String currency,
    double priceMin,
    double priceMax,
    double priceStep,
    double serviceMin,
    double serviceMax,
    double serviceStep,
    List<Pricing> pricingModels,
    List<String> channels,
    int channelsMax,
    PlanCertificate certificate,
    List<Plan> plans,
    int candidates,
    List<Plan> byHand) {

  public PlanBoard {
    pricingModels = List.copyOf(pricingModels);
    channels = List.copyOf(channels);
    plans = List.copyOf(plans);
    byHand = List.copyOf(byHand);
  }

  /** A pricing model and its name. */
  public record Pricing(String code, Text label) {}

  static List<Pricing> pricings() {
    return Arrays.stream(PricingModel.values()).map(m -> new Pricing(m.code(), m.label())).toList();
  }
}
