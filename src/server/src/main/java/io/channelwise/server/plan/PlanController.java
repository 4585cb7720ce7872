package io.channelwise.server.plan;

import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.Text;
import io.channelwise.plan.InvalidPlanException;
import io.channelwise.plan.Plan;
import io.channelwise.plan.PlanBoard;
import io.channelwise.plan.PlanDecision;
import io.channelwise.plan.PlanInputs;
import io.channelwise.plan.PlanService;
import io.channelwise.plan.PlanWhatIf;
import io.channelwise.plan.PlanWish;
import io.channelwise.plan.PricingModel;
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

/** Business models: the front of a cycle, and plans that a person makes up. */
@RestController
@RequestMapping(path = "/api/campaigns/{key}/plans", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Plans")
class PlanController {
  private final PlanService plans;
  private final CampaignService campaigns;

  PlanController(PlanService plans, CampaignService campaigns) {
    this.plans = plans;
    this.campaigns = campaigns;
  }

  /**
   * A plan as a person makes it up.
   *
   * @param cycle null for the last one with a search
   */
  @Schema(name = "PlanToEvaluate")
  record MadeUp(
      @Schema(description = "Of the campaign; left out: the last with a plan search", example = "1")
          Integer cycle,
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              allowableValues = {"saas", "api", "solution", "data-driven"})
          String pricingModel,
      @Schema(
              description = "Per customer and period, in the campaign's currency, above 0",
              requiredMode = Schema.RequiredMode.REQUIRED,
              example = "99")
          Double price,
      @Schema(description = "0 to 1", requiredMode = Schema.RequiredMode.REQUIRED, example = "0.85")
          Double serviceLevel,
      @Schema(
              description = "Names of channels with a signed deal",
              requiredMode = Schema.RequiredMode.REQUIRED)
          List<String> channels) {

    PlanDecision decision() {
      return new PlanDecision(
          PricingModel.of(pricingModel),
          required("price", "价格", price),
          required("serviceLevel", "服务水平", serviceLevel),
          channels == null ? List.of() : channels.stream().filter(Objects::nonNull).toList());
    }

    private static double required(String name, String chinese, Double value) {
      if (value == null) {
        throw new InvalidPlanException(
            new Text(
                "The field %s is missing; it must be a number.".formatted(name),
                "缺少字段 %s（%s）；必须是数字。".formatted(name, chinese)));
      }
      return value;
    }
  }

  /**
   * What a person would like; null where it does not matter.
   *
   * @param cycle null for the last one with a search
   */
  @Schema(name = "PlanWish")
  record Wish(
      @Schema(description = "Of the campaign; left out: the last with a plan search", example = "1")
          Integer cycle,
      @Schema(description = "0 to 1", example = "0.12") Double marketShare,
      @Schema(description = "After all costs, in the campaign's currency", example = "50000")
          Double revenue,
      @Schema(description = "0 to 1", example = "0.8") Double satisfaction) {}

  @Operation(
      summary = "The plans of a cycle and the bounds of plans that can be made up",
      description =
          "The plans a person may choose first, the recommended one ahead of all, then the rest of"
              + " the Pareto front; those made by hand; and how good the search was: seed, reference point,"
              + " hypervolume. 404 before the search.")
  @GetMapping
  PlanBoard board(
      @PathVariable("key") String key,
      @RequestParam(name = "cycle", required = false) Integer cycle) {
    return plans.board(key, cycle(key, cycle));
  }

  @Operation(
      summary = "What the plans of a cycle were computed with",
      description =
          "Competitors, willingness to pay, signed channels, constraints and the model's"
              + " parameters, as the search read them. 404 before the search.")
  @GetMapping("/inputs")
  PlanInputs inputs(
      @PathVariable("key") String key,
      @RequestParam(name = "cycle", required = false) Integer cycle) {
    return plans.inputs(key, cycle(key, cycle));
  }

  @Operation(
      summary = "Evaluate one plan",
      description =
          "What to expect of any plan over the signed channels, by the data of the cycle's search:"
              + " figures with their ranges in nine cases of ten, the difference to the recommended"
              + " plan, why it is infeasible or dominated, who loses customers to it, and the"
              + " nearest plan that can be chosen. Stores nothing. 422 for a channel without a"
              + " deal or a number out of range, 404 before the search. Groups: gtm-lead, finance.")
  @PostMapping(path = "/evaluation", consumes = MediaType.APPLICATION_JSON_VALUE)
  PlanWhatIf evaluate(
      @PathVariable("key") String key,
      @RequestBody MadeUp plan,
      @AuthenticationPrincipal Account user) {
    Roles.require(user, Groups.GTM_LEAD, Groups.FINANCE);
    int cycle = cycle(key, plan.cycle());
    return plans.whatIf(key, cycle, plan.decision());
  }

  @Operation(
      summary = "Make a plan by hand, so that it can be chosen",
      description =
          "Stores a plan over the signed channels beside those of the cycle's search, with who made"
              + " it, and answers with it; its id is what the task Choose business model takes as"
              + " planId. The same plan again, or one that the search found, gives the plan there"
              + " is. A plan that others dominate is taken: ask the evaluation what is given up."
              + " 422 with the reasons for a plan that breaks a constraint, 404 before the search."
              + " Groups: gtm-lead, finance.")
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Plan make(
      @PathVariable("key") String key,
      @RequestBody MadeUp plan,
      @AuthenticationPrincipal Account user) {
    Roles.require(user, Groups.GTM_LEAD, Groups.FINANCE);
    return plans.makeByHand(key, cycle(key, plan.cycle()), plan.decision(), user.id());
  }

  @Operation(
      summary = "The plan nearest a wish",
      description =
          "Of the cycle's Pareto front the plan whose worst shortfall of the wished figures, in"
              + " parts of each figure's range over the front, is least. Name one figure or more."
              + " Groups: gtm-lead, finance.")
  @PostMapping(path = "/nearest", consumes = MediaType.APPLICATION_JSON_VALUE)
  Plan nearest(
      @PathVariable("key") String key,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account user) {
    Roles.require(user, Groups.GTM_LEAD, Groups.FINANCE);
    int cycle = cycle(key, wish.cycle());
    return plans.nearest(
        key, cycle, new PlanWish(wish.marketShare(), wish.revenue(), wish.satisfaction()));
  }

  private int cycle(String key, Integer cycle) {
    campaigns.require(key);
    return cycle == null ? plans.latestCycle(key).orElse(1) : cycle;
  }
}
