package io.channelwise.server.web;

import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Sources;
import io.channelwise.channel.ChannelService;
import io.channelwise.deal.DealSources;
import io.channelwise.plan.PlanService;
import io.channelwise.promotion.PromotionTrace;
import io.channelwise.research.ResearchService;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/** From a figure that a step handed to its campaign to what it was taken from. Thread-safe. */
@Component
class FigureLinks {
  private final BriefingService briefings;
  private final PromotionTrace promotions;

  FigureLinks(BriefingService briefings, PromotionTrace promotions) {
    this.briefings = briefings;
    this.promotions = promotions;
  }

  /** Path of the REST call that answers with the figure's input; null for one of no step. */
  String of(String figure, String campaignKey, int cycle) {
    return switch (figure) {
      case "targetMarket", "opportunityScore" ->
          briefing(ResearchService::briefingId, campaignKey, cycle);
      case "scoredChannels" -> briefing(ChannelService::briefingId, campaignKey, cycle);
      case "signedDeals" -> DealSources.cycle(campaignKey, cycle).href();
      case "planPrice", "planPricingModel" -> briefing(PlanService::briefingId, campaignKey, cycle);
      case "promotionBudget" -> Sources.path("api", "campaigns", campaignKey);
      case "allocatedBudget", "largestShare", "spent", "clicks", "conversions" ->
          promotion(campaignKey, cycle);
      case "tickets", "satisfaction", "negativeShare" ->
          Sources.path("api", "campaigns", campaignKey, "tickets");
      case "feedbackCount", "backlog" ->
          briefing((key, c) -> "%s/%d/improvements".formatted(key, c), campaignKey, cycle);
      case "modelVersion" -> Sources.path("api", "models");
      default -> null;
    };
  }

  /** Of the newest cycle that got so far. */
  private String briefing(BiFunction<String, Integer, String> id, String campaignKey, int cycle) {
    for (int past = cycle; past >= 1; past--) {
      String wanted = id.apply(campaignKey, past);
      if (briefings.find(wanted).isPresent()) {
        return "/api/briefings?" + Sources.query(Map.of("id", wanted));
      }
    }
    return null;
  }

  private String promotion(String campaignKey, int cycle) {
    for (int past = cycle; past >= 1; past--) {
      Optional<?> found = promotions.promotion(campaignKey, past);
      if (found.isPresent()) {
        return Sources.path("api", "campaigns", campaignKey, "promotions", Integer.toString(past));
      }
    }
    return null;
  }
}
