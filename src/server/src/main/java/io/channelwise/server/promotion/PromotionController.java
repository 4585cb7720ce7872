package io.channelwise.server.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.campaign.CampaignService;
import io.channelwise.promotion.PromotionTrace;
import io.channelwise.server.web.ApiException;
import io.channelwise.server.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a cycle's promotion recorded. */
@RestController
@RequestMapping(
    path = "/api/campaigns/{key}/promotions/{cycle}",
    produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Promotions")
class PromotionController {
  private final PromotionTrace promotions;
  private final CampaignService campaigns;

  PromotionController(PromotionTrace promotions, CampaignService campaigns) {
    this.promotions = promotions;
    this.campaigns = campaigns;
  }

  @Operation(
      summary = "The promotion of a cycle: money, messages, results",
      description =
          "Budget, ranking of the materials, versions of the allocation, money released by channel and collection, messages"
              + " with their state, results collected, and money moved by results with the reason."
              + " 404 before the budget was shared out.")
  @GetMapping
  JsonNode promotion(@PathVariable("key") String key, @PathVariable("cycle") int cycle) {
    campaigns.require(key);
    return promotions
        .promotion(key, Paging.cycle(cycle))
        .orElseThrow(() -> new ApiException(HttpStatus.NOT_FOUND, "no-promotion", key, cycle));
  }

  @Operation(
      summary = "One version of the allocation, with what it was computed from",
      description =
          "Shares with fixed costs, caps and cautious amounts, binding limits with shadow prices,"
              + " the certificate (objective in nats, duality gap, proven), reasons in both"
              + " languages, and under inputs all that the optimiser read: money, channels,"
              + " attraction with its bounds, effects by attribution.")
  @GetMapping("/allocations/{version}")
  JsonNode allocation(
      @PathVariable("key") String key,
      @PathVariable("cycle") int cycle,
      @PathVariable("version") int version) {
    campaigns.require(key);
    return promotions
        .allocation(key, Paging.cycle(cycle), version)
        .orElseThrow(
            () -> new ApiException(HttpStatus.NOT_FOUND, "no-allocation", key, cycle, version));
  }
}
