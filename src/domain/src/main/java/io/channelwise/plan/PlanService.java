package io.channelwise.plan;

import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.Text;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds business models and keeps the one chosen. Thread-safe. */
@Service
public class PlanService {
  static final int CANDIDATES_MAX = 8;
  private static final int FRONT_MAX = 1_000;
  private static final long SEED = 20_021;

  private final CampaignService campaigns;
  private final BriefingService briefings;
  private final PlanInputsReader reader;
  private final PlanRepository repository;
  private final TransactionTemplate transaction;
  private final Clock clock;

  PlanService(
      CampaignService campaigns,
      BriefingService briefings,
      PlanInputsReader reader,
      PlanRepository repository,
      @Qualifier("domainTransactionTemplate") TransactionTemplate transaction,
      Clock clock) {
    this.campaigns = campaigns;
    this.briefings = briefings;
    this.reader = reader;
    this.repository = repository;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Id of the briefing for the choice of the plan. */
  public static String briefingId(String campaignKey, int cycle) {
    return campaignKey + "/" + cycle + "/plan.optimise";
  }

  /**
   * Searches plans for the market over the channels signed in the cycle, stores the front and
   * writes the briefing. The same data gives the same plans with the same ids.
   *
   * @throws NoFeasiblePlanException with the constraint to blame
   */
  public PlanCandidates optimise(String campaignKey, int cycle, String targetMarket) {
    Campaign campaign = campaigns.require(campaignKey);
    PlanInputs inputs = reader.read(campaign, cycle, targetMarket);
    PlanModel model = new PlanModel(inputs);
    Optional<Text> blame = PlanSpace.blame(model);
    if (blame.isPresent()) {
      throw new NoFeasiblePlanException(blame.get());
    }
    List<ScoredPlan> front = PlanSearch.front(model, SEED);
    if (front.isEmpty()) {
      throw new IllegalStateException(
          "The plan search of campaign %s, cycle %d, found none of the feasible plans in %d evaluations."
              .formatted(campaignKey, cycle, PlanSearch.EVALUATIONS));
    }
    List<ScoredPlan> spread = FrontSelection.spread(front, CANDIDATES_MAX);
    List<ScoredPlan> ordered = new ArrayList<>(spread);
    front.stream().filter(p -> !spread.contains(p)).limit(FRONT_MAX).forEach(ordered::add);
    List<Plan> plans = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      plans.add(plan(campaign, cycle, ordered.get(i), i == 0));
    }
    store(campaign, cycle, model, plans, ordered, spread.size());
    return new PlanCandidates(plans.subList(0, spread.size()), plans.get(0).id());
  }

  private void store(
      Campaign campaign,
      int cycle,
      PlanModel model,
      List<Plan> plans,
      List<ScoredPlan> scored,
      int candidates) {
    transaction.executeWithoutResult(
        status -> {
          repository.saveSearch(
              campaign.key(), cycle, SEED, PlanSearch.EVALUATIONS, model.inputs(), clock.instant());
          repository.replaceFront(campaign.key(), cycle, plans, candidates);
          briefings.save(
              briefingId(campaign.key(), cycle),
              new PlanBriefing(campaign, model, plans, scored, candidates).briefing());
        });
  }

  private static Plan plan(Campaign campaign, int cycle, ScoredPlan scored, boolean recommended) {
    PlanDecision decision = scored.decision();
    String identity =
        String.join("\n", campaign.key(), Integer.toString(cycle), decision.toString());
    return new Plan(
        UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString(),
        campaign.key(),
        cycle,
        name(campaign, decision),
        decision.pricingModel(),
        decision.price(),
        decision.serviceLevel(),
        decision.channels(),
        scored.expected().marketShare(),
        scored.expected().revenue(),
        scored.expected().satisfaction(),
        recommended,
        false);
  }

  private static String name(Campaign campaign, PlanDecision decision) {
    boolean chinese = campaign.locale().equals("zh");
    Text label = decision.pricingModel().label();
    String price = String.format(Locale.ROOT, "%.2f", decision.price()).replaceAll("\\.?0+$", "");
    int channels = decision.channels().size();
    return chinese
        ? "%s，%s %s，%d 个渠道，服务 %.0f%%"
            .formatted(
                label.zh(), price, campaign.currency(), channels, 100 * decision.serviceLevel())
        : "%s, %s %s, %d channel%s, service %.0f %%"
            .formatted(
                label.en(),
                price,
                campaign.currency(),
                channels,
                channels == 1 ? "" : "s",
                100 * decision.serviceLevel());
  }

  /**
   * Evaluates one plan by the data of the cycle's search, for a what-if. Takes microseconds beside
   * reading the stored inputs.
   *
   * @throws IllegalStateException when no search has run in the cycle
   * @throws IllegalArgumentException when the plan uses a channel without a deal, or numbers out of
   *     range
   */
  public PlanEvaluation evaluate(String campaignKey, int cycle, PlanDecision decision) {
    PlanInputs inputs =
        repository
            .inputs(campaignKey, cycle)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Campaign %s, cycle %d, has no plan search yet. Run plan.optimise first."
                            .formatted(campaignKey, cycle)));
    return new PlanModel(inputs).evaluate(decision);
  }

  /** All plans of the cycle, those shown to a person first; empty before a search. */
  public List<Plan> plans(String campaignKey, int cycle) {
    return repository.front(campaignKey, cycle);
  }

  /**
   * Publishes the plan; another one published in the cycle before is taken back. Publishing again
   * changes nothing.
   *
   * @throws UnknownPlanException when the plan is not one of the cycle's
   */
  public Plan publish(String campaignKey, int cycle, String planId) {
    if (!isUuid(planId)) {
      throw new UnknownPlanException(planId, campaignKey, cycle);
    }
    return transaction.execute(
        status -> {
          repository.lock(campaignKey, cycle);
          repository
              .find(campaignKey, cycle, planId)
              .orElseThrow(() -> new UnknownPlanException(planId, campaignKey, cycle));
          repository.publish(campaignKey, cycle, planId, clock.instant());
          return repository.published(campaignKey, cycle).orElseThrow();
        });
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The plan a person chose in this cycle. */
  public Optional<Plan> published(String campaignKey, int cycle) {
    return repository.published(campaignKey, cycle);
  }
}
