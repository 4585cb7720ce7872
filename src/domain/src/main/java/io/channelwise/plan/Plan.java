package io.channelwise.plan;

import java.util.List;

/**
 * A business model for one cycle of a campaign.
 *
 * @param id UUID, the same whenever the search finds the same decisions
 * @param price per customer and period, in the campaign's currency
 * @param serviceLevel 0..1
 * @param channels names, in alphabetical order
 * @param marketShare expected share of the market's needing customers, 0..1
 * @param revenue expected in one period, in the campaign's currency, partners' shares taken off
 * @param satisfaction 0..1
 * @param recommended the knee point of the front
 * @param published chosen by a person
 * @param madeBy who made it up; null for a plan that the search found
 */
public record Plan(
    String id,
    String campaignKey,
    int cycle,
    String name,
    PricingModel pricingModel,
    double price,
    double serviceLevel,
    List<String> channels,
    double marketShare,
    double revenue,
    double satisfaction,
    boolean recommended,
    boolean published,
    String madeBy) {

  public Plan {
    channels = List.copyOf(channels);
  }
}
