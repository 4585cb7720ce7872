package io.channelwise.processes;

import static io.channelwise.processes.ProcessTest.json;
import static io.channelwise.processes.ProcessTest.vars;

import java.util.Map;

/** What workers ordinarily answer, for tests that care about the way and not about the figures. */
final class Answers {

  private Answers() {}

  static Map<String, Object> campaignOpened() {
    return vars(
        "cycle", 1,
        "promotionBudget", 60000.0,
        "modelNames", json("[\"ticket-intent\"]"),
        "trainingSettings", json("{\"base\":\"minilm\",\"epochs\":2}"),
        "timers", json("{\"replyDeadline\":\"P3D\"}"));
  }

  static Map<String, Object> opportunity(String market, double demandShare) {
    return vars(
        "proposedMarket",
        market,
        "demandShare",
        demandShare,
        "concentration",
        0.2,
        "growth",
        0.1,
        "opportunityScore",
        0.7,
        "briefingId",
        "acme/1/research.opportunity");
  }

  static Map<String, Object> scored() {
    String channels =
        """
        [{"channel":"cloud","kind":"marketplace","score":0.9,"attraction":0.4,"reach":900,"cost":500},
         {"channel":"forum","kind":"community","score":0.3,"attraction":0.05,"reach":80,"cost":0},
         {"channel":"fair","kind":"association","score":0.1,"attraction":0.02,"reach":10,"cost":9.5}]
        """;
    return vars("scoredChannels", json(channels), "briefingId", "acme/1/channel.score");
  }

  /**
   * An offer of 15 % and 1,000, costing 16,000; 25 % and 5,000 may be granted, 22,000 accepted now.
   */
  static Map<String, Object> drafted() {
    return vars(
        "round", 1,
        "offerRevenueShare", 0.15,
        "offerFixedFee", 1000.0,
        "revenueShareMax", 0.25,
        "fixedFeeMax", 5000.0,
        "expectedRevenue", 100000.0,
        "contractValue", 16000.0,
        "acceptCostMax", 22000.0,
        "briefingId", "deal/1");
  }

  static Map<String, Object> countered(int round) {
    return vars(
        "round", round,
        "offerRevenueShare", 0.2,
        "offerFixedFee", 2000.0,
        "contractValue", 22000.0,
        "acceptCostMax", 26000.0);
  }

  static Map<String, Object> optimised() {
    String plans =
        """
        [{"planId":"api","name":"API","pricingModel":"api","price":0.8,"marketShare":0.12,
          "revenue":90000,"satisfaction":0.7},
         {"planId":"niche","name":"Niche","pricingModel":"saas","price":99,"marketShare":0.004,
          "revenue":20000,"satisfaction":0.8},
         {"planId":"loss","name":"Loss","pricingModel":"data","price":1,"marketShare":0.4,
          "revenue":-5,"satisfaction":0.9}]
        """;
    return vars(
        "planCandidates", json(plans),
        "recommendedPlanId", "api",
        "briefingId", "acme/1/plan.optimise");
  }

  static Map<String, Object> checked(Double marketShare, Double revenue, Double satisfaction) {
    return vars(
        "planMarketShare", marketShare,
        "planRevenue", revenue,
        "planSatisfaction", satisfaction);
  }

  static Map<String, Object> allocated() {
    return vars(
        "allocatedBudget",
        20000.0,
        "largestShare",
        0.4,
        "allocatedChannels",
        3,
        "briefingId",
        "acme/1/promotion.allocate");
  }

  static Map<String, Object> dataset() {
    return vars(
        "datasetId", "d1", "examples", 400, "newExamples", 0, "classes", 6, "hasLiveModel", true);
  }
}
