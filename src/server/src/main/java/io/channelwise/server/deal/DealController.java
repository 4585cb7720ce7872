package io.channelwise.server.deal;

import io.channelwise.campaign.CampaignService;
import io.channelwise.deal.Deal;
import io.channelwise.deal.DealReply;
import io.channelwise.deal.DealService;
import io.channelwise.deal.Reply;
import io.channelwise.deal.ReplyOutcome;
import io.channelwise.deal.ReplySource;
import io.channelwise.server.engine.Groups;
import io.channelwise.server.security.Account;
import io.channelwise.server.security.Roles;
import io.channelwise.server.web.ApiException;
import io.channelwise.server.web.RateLimit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Deals with channels, and the partners' answers. */
@RestController
@Tag(name = "Deals")
class DealController {
  private static final int CYCLE_MAX = 10_000;

  private final DealService deals;
  private final CampaignService campaigns;
  private final ReplyCorrelation correlation;
  private final RateLimit rateLimit;

  DealController(
      DealService deals,
      CampaignService campaigns,
      ReplyCorrelation correlation,
      RateLimit rateLimit) {
    this.deals = deals;
    this.campaigns = campaigns;
    this.correlation = correlation;
    this.rateLimit = rateLimit;
  }

  /**
   * A partner's answer.
   *
   * @param revenueShare asked for, 0..1; for {@code counter} only
   * @param fixedFee asked for, at least 0; for {@code counter} only
   */
  record Answer(
      @Schema(allowableValues = {"accept", "counter", "reject"}) String outcome,
      @Schema(example = "0.15") Double revenueShare,
      @Schema(example = "2000") Double fixedFee) {

    Reply reply() {
      for (ReplyOutcome known : ReplyOutcome.values()) {
        if (known.text().equals(outcome)) {
          return new Reply(known, revenueShare, fixedFee);
        }
      }
      throw new ApiException(
          HttpStatus.UNPROCESSABLE_ENTITY, "unknown-outcome", outcome == null ? "" : outcome);
    }
  }

  /** What a partner is told: the answer as recorded, nothing of ours. */
  record Receipt(String outcome, int round, double revenueShare, double fixedFee) {
    static Receipt of(DealReply reply) {
      return new Receipt(
          reply.outcome().text(),
          reply.round(),
          reply.terms().revenueShare(),
          reply.terms().fixedFee());
    }
  }

  @Operation(
      summary = "A partner answers by signed link",
      description =
          "The only call without a login. The link is good for one answer, until it expires or a"
              + " newer offer is made.")
  @SecurityRequirements
  @PostMapping(
      path = "/api/deals/{token}/reply",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  Receipt reply(
      @PathVariable("token") String token, @RequestBody Answer answer, HttpServletRequest request) {
    rateLimit.requireLeft(request.getRemoteAddr(), token);
    DealReply reply = deals.reply(token, answer.reply());
    correlation.offer(reply);
    return Receipt.of(reply);
  }

  @Operation(summary = "One deal: state, round, offer, limits, signed terms")
  @GetMapping(path = "/api/deals/{dealId}", produces = MediaType.APPLICATION_JSON_VALUE)
  Deal deal(@PathVariable("dealId") String dealId) {
    return deals.require(dealId);
  }

  @Operation(
      summary = "Record an answer that came by telephone or mail",
      description = "Groups: channel-manager, gtm-lead.")
  @PostMapping(
      path = "/api/deals/{dealId}/replies",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  Receipt record(
      @PathVariable("dealId") String dealId,
      @RequestBody Answer answer,
      @AuthenticationPrincipal Account user) {
    Roles.require(user, Groups.CHANNEL_MANAGER, Groups.GTM_LEAD);
    DealReply reply = deals.recordReply(dealId, answer.reply(), ReplySource.REST);
    correlation.offer(reply);
    return Receipt.of(reply);
  }

  @Operation(summary = "The deals of a campaign's cycle, by channel")
  @GetMapping(path = "/api/campaigns/{key}/deals", produces = MediaType.APPLICATION_JSON_VALUE)
  List<Deal> ofCampaign(
      @PathVariable("key") String key,
      @RequestParam(name = "cycle", defaultValue = "1") int cycle) {
    campaigns.require(key);
    if (cycle < 1 || cycle > CYCLE_MAX) {
      throw new ApiException(HttpStatus.BAD_REQUEST, "bad-cycle", cycle, CYCLE_MAX);
    }
    return deals.list(key, cycle);
  }
}
