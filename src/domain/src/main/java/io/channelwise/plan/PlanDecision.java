package io.channelwise.plan;

import java.util.List;

/**
 * What is decided about a business model.
 *
 * @param price per customer and period
 * @param serviceLevel 0..1
 * @param channels names, in alphabetical order
 */
public record PlanDecision(
    PricingModel pricingModel, double price, double serviceLevel, List<String> channels) {

  public PlanDecision {
    channels = channels.stream().distinct().sorted().toList();
  }
}
