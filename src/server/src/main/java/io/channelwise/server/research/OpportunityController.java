package io.channelwise.server.research;

import io.channelwise.campaign.CampaignService;
import io.channelwise.research.OpportunityBoard;
import io.channelwise.research.OpportunityWeights;
import io.channelwise.research.ResearchService;
import io.channelwise.server.engine.Groups;
import io.channelwise.server.security.Account;
import io.channelwise.server.security.Roles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ranking of a cycle's markets, and what other weights would do to it. */
@RestController
@RequestMapping(
    path = "/api/campaigns/{key}/opportunities",
    produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Opportunities")
class OpportunityController {
  private final ResearchService research;
  private final CampaignService campaigns;

  OpportunityController(ResearchService research, CampaignService campaigns) {
    this.research = research;
    this.campaigns = campaigns;
  }

  /** Weights as a client gives them: numbers of 0 or more, of which only the proportions count. */
  @Schema(name = "OpportunityWeightsToTry")
  record Weights(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "0.4") Double need,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "0.25") Double room,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "0.15") Double growth,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "0.2") Double payment) {}

  /**
   * What to rank by.
   *
   * @param cycle null for the last one with a ranking
   */
  @Schema(name = "OpportunitiesToWeigh")
  record Question(
      @Schema(description = "Of the campaign; left out: the last with a ranking", example = "1")
          Integer cycle,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Weights weights,
      @Schema(description = "Markets to leave out") List<String> excludedMarkets) {}

  @Operation(
      summary = "The ranking of a cycle's markets",
      description =
          "As it was stored: each market's parts and score with their intervals, the weights and"
              + " whose they are (default, campaign or person), and how far each weight can move"
              + " before another market is first. 404 before the ranking.")
  @GetMapping
  OpportunityBoard board(
      @PathVariable("key") String key,
      @RequestParam(name = "cycle", required = false) Integer cycle) {
    return research.board(key, cycle(key, cycle));
  }

  @Operation(
      summary = "Rank the markets by other weights",
      description =
          "By the stored parts of the scores, so that the analysis with the same weights gives the"
              + " same figures. Stores nothing. 422 for weights that are missing, negative or all"
              + " 0; 404 before the ranking. Group: gtm-lead.")
  @PostMapping(path = "/evaluation", consumes = MediaType.APPLICATION_JSON_VALUE)
  OpportunityBoard weigh(
      @PathVariable("key") String key,
      @RequestBody Question question,
      @AuthenticationPrincipal Account user) {
    Roles.require(user, Groups.GTM_LEAD);
    Weights given =
        question.weights() == null ? new Weights(null, null, null, null) : question.weights();
    OpportunityWeights weights =
        OpportunityWeights.of(given.need(), given.room(), given.growth(), given.payment());
    List<String> excluded =
        question.excludedMarkets() == null
            ? List.of()
            : question.excludedMarkets().stream().filter(Objects::nonNull).toList();
    return research.weigh(key, cycle(key, question.cycle()), weights, excluded);
  }

  private int cycle(String key, Integer cycle) {
    campaigns.require(key);
    return cycle == null ? research.latestRanking(key).orElse(1) : cycle;
  }
}
