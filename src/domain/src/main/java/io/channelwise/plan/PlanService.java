package io.channelwise.plan;

import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.Text;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds business models and keeps the one chosen. Thread-safe. */
@Service
public class PlanService {
  static final int CANDIDATES_MAX = 8;
  private static final int FRONT_MAX = 1_000;
  private static final int FRONT_BOXES = 25;
  private static final long SEED = 20_021;

  private final CampaignService campaigns;
  private final BriefingService briefings;
  private final PlanInputsReader reader;
  private final PlanSources sources;
  private final PlanSearchRepository searches;
  private final PlanRepository repository;
  private final TransactionTemplate transaction;
  private final Clock clock;

  PlanService(
      CampaignService campaigns,
      BriefingService briefings,
      PlanInputsReader reader,
      PlanSources sources,
      PlanSearchRepository searches,
      PlanRepository repository,
      @Qualifier("domainTransactionTemplate") TransactionTemplate transaction,
      Clock clock) {
    this.campaigns = campaigns;
    this.briefings = briefings;
    this.reader = reader;
    this.sources = sources;
    this.searches = searches;
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
    PlanModel model = new PlanModel(reader.read(campaign, cycle, targetMarket));
    Optional<Text> blame = PlanSpace.blame(model);
    if (blame.isPresent()) {
      throw new NoFeasiblePlanException(blame.get());
    }
    PlanStudy study = PlanStudy.of(model, PlanSearch.EVALUATIONS, SEED);
    List<ScoredPlan> front = study.front().plans();
    List<ScoredPlan> spread = FrontSelection.spread(front, CANDIDATES_MAX);
    List<ScoredPlan> ordered = new ArrayList<>(spread);
    Set<ScoredPlan> shown = Set.copyOf(spread);
    List<ScoredPlan> kept =
        front.size() > FRONT_MAX ? FrontSelection.thinned(front, FRONT_BOXES) : front;
    kept.stream().filter(p -> !shown.contains(p)).limit(FRONT_MAX).forEach(ordered::add);
    List<Plan> plans = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      plans.add(plan(campaign, cycle, ordered.get(i), i == 0));
    }
    PlanBriefing briefing = new PlanBriefing(campaign, study, plans, ordered, spread.size());
    List<Source> inputs = sources.of(campaignKey, cycle, targetMarket);
    transaction.executeWithoutResult(
        status -> {
          searches.save(campaignKey, cycle, model.inputs(), study.certificate(), clock.instant());
          repository.replaceFront(campaignKey, cycle, plans, spread.size());
          briefings.save(briefingId(campaignKey, cycle), briefing.briefing().from(inputs));
        });
    return new PlanCandidates(plans.subList(0, spread.size()), plans.get(0).id());
  }

  private static Plan plan(Campaign campaign, int cycle, ScoredPlan scored, boolean recommended) {
    return plan(campaign, cycle, scored, recommended, null);
  }

  /**
   * @param madeBy null for a plan that the search found; the ids of the two kinds never meet
   */
  private static Plan plan(
      Campaign campaign, int cycle, ScoredPlan scored, boolean recommended, String madeBy) {
    PlanDecision decision = scored.decision();
    String identity =
        String.join("\n", campaign.key(), Integer.toString(cycle), decision.toString())
            + (madeBy == null ? "" : "\nby hand");
    return new Plan(
        UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString(),
        campaign.key(),
        cycle,
        PlanSentences.name(campaign, decision),
        decision.pricingModel(),
        decision.price(),
        decision.serviceLevel(),
        decision.channels(),
        scored.expected().marketShare(),
        scored.expected().revenue(),
        scored.expected().satisfaction(),
        recommended,
        false,
        madeBy);
  }

  /**
   * Stores a plan that a person made up, so that it can be chosen like those of the search; a new
   * search removes it unless it was published. The same decisions give the same plan, by whomever;
   * decisions that the search found give the plan found.
   *
   * @param person user id
   * @throws NoPlanSearchException when no search has run in the cycle
   * @throws InvalidPlanException when the plan breaks a constraint, uses a channel without a deal,
   *     or has numbers out of range
   */
  public Plan makeByHand(String campaignKey, int cycle, PlanDecision decision, String person) {
    Campaign campaign = campaigns.require(campaignKey);
    return transaction.execute(
        status -> {
          // Waits for a search that is storing its inputs and front.
          searches.lock(campaignKey, cycle);
          PlanEvaluation expected = new PlanModel(inputs(campaignKey, cycle)).evaluate(decision);
          if (!expected.isFeasible()) {
            throw new InvalidPlanException(PlanSentences.infeasible(expected));
          }
          Optional<Plan> found =
              repository.front(campaignKey, cycle).stream()
                  .filter(p -> scored(p).decision().equals(decision))
                  .findFirst();
          if (found.isPresent()) {
            return found.get();
          }
          Plan plan = plan(campaign, cycle, new ScoredPlan(decision, expected), false, person);
          repository.add(plan, clock.instant());
          return repository.find(campaignKey, cycle, plan.id()).orElseThrow();
        });
  }

  /** What is given up with a plan, or that nothing is: by which plan and how much. */
  Text standing(Plan plan) {
    PlanEvaluation expected = scored(plan).expected();
    return PlanSentences.reasons(
            expected, repository.better(plan.campaignKey(), plan.cycle(), expected))
        .get(0);
  }

  /** What a cycle's plan search read, as the input of a figure. */
  public static Source source(String campaignKey, int cycle) {
    return PlanSources.search(campaignKey, cycle);
  }

  /** The last cycle in which plans were searched; empty before the first. */
  public Optional<Integer> latestCycle(String campaignKey) {
    return searches.latestCycle(campaignKey);
  }

  /**
   * What the cycle's search computed with, so that each of its figures can be traced.
   *
   * @throws NoPlanSearchException when no search has run in the cycle
   */
  public PlanInputs inputs(String campaignKey, int cycle) {
    return searches
        .inputs(campaignKey, cycle)
        .orElseThrow(() -> new NoPlanSearchException(campaignKey, cycle));
  }

  /**
   * Evaluates one plan by the data of the cycle's search. Takes microseconds beside reading the
   * stored inputs.
   *
   * @throws NoPlanSearchException when no search has run in the cycle
   * @throws InvalidPlanException when the plan uses a channel without a deal, or numbers out of
   *     range
   */
  public PlanEvaluation evaluate(String campaignKey, int cycle, PlanDecision decision) {
    return new PlanModel(inputs(campaignKey, cycle)).evaluate(decision);
  }

  /**
   * Evaluates one plan beside those found, for a form's sliders: a few milliseconds.
   *
   * @throws NoPlanSearchException when no search has run in the cycle
   * @throws InvalidPlanException when the plan uses a channel without a deal, or numbers out of
   *     range
   */
  public PlanWhatIf whatIf(String campaignKey, int cycle, PlanDecision decision) {
    PlanInputs inputs = inputs(campaignKey, cycle);
    PlanModel model = new PlanModel(inputs);
    PlanEvaluation expected = model.evaluate(decision);
    List<Plan> candidates = repository.candidates(campaignKey, cycle);
    if (candidates.isEmpty()) {
      throw new NoPlanSearchException(campaignKey, cycle);
    }
    Plan recommended = candidates.get(0);
    Optional<Plan> better =
        expected.isFeasible() ? repository.better(campaignKey, cycle, expected) : Optional.empty();
    return new PlanWhatIf(
        decision,
        expected,
        new PlanUncertainty(inputs).of(decision),
        recommended,
        expected.marketShare() - recommended.marketShare(),
        expected.revenue() - recommended.revenue(),
        expected.satisfaction() - recommended.satisfaction(),
        PlanSentences.reasons(expected, better),
        better.map(Plan::id).orElse(null),
        nearest(
            candidates,
            new PlanWish(expected.marketShare(), expected.revenue(), expected.satisfaction())),
        model.choice().sellers(expected.marketShare()).stream()
            .map(s -> new PlanWhatIf.Seller(s.name(), s.before(), s.after()))
            .toList());
  }

  /**
   * The plan found that is nearest a person's wish.
   *
   * @throws NoPlanSearchException when no search has run in the cycle
   */
  public Plan nearest(String campaignKey, int cycle, PlanWish wish) {
    List<Plan> plans = repository.front(campaignKey, cycle);
    if (plans.isEmpty()) {
      throw new NoPlanSearchException(campaignKey, cycle);
    }
    return nearest(plans, wish);
  }

  private static Plan nearest(List<Plan> plans, PlanWish wish) {
    List<ScoredPlan> scored = plans.stream().map(PlanService::scored).toList();
    return plans.get(scored.indexOf(FrontSelection.nearest(scored, wish)));
  }

  private static ScoredPlan scored(Plan plan) {
    return new ScoredPlan(
        new PlanDecision(plan.pricingModel(), plan.price(), plan.serviceLevel(), plan.channels()),
        new PlanEvaluation(
            plan.marketShare(), plan.revenue(), plan.satisfaction(), 0, 0, List.of()));
  }

  /**
   * What a person may choose from in the cycle, and the bounds of plans that can be made up.
   *
   * @throws NoPlanSearchException when no search has run in the cycle
   */
  public PlanBoard board(String campaignKey, int cycle) {
    PlanInputs inputs = inputs(campaignKey, cycle);
    PlanSpace space = PlanSpace.of(new PlanModel(inputs));
    return new PlanBoard(
        campaignKey,
        cycle,
        campaigns.require(campaignKey).currency(),
        space.price(1),
        space.price(space.priceSteps()),
        space.priceStep(),
        PlanSpace.service(PlanSpace.SERVICE_MIN),
        PlanSpace.service(PlanSpace.SERVICE_MAX),
        PlanSpace.service(1),
        PlanBoard.pricings(),
        inputs.channels().stream().map(PlanInputs.SignedChannel::channel).toList(),
        inputs.channelsMax(),
        searches.certificate(campaignKey, cycle).orElse(null),
        repository.front(campaignKey, cycle),
        repository.candidates(campaignKey, cycle).size(),
        repository.byHand(campaignKey, cycle));
  }

  /** All plans found in the cycle, those shown to a person first; empty before a search. */
  public List<Plan> plans(String campaignKey, int cycle) {
    return repository.front(campaignKey, cycle);
  }

  /** The plan of the cycle, found or made by hand; empty when it has none with this id. */
  public Optional<Plan> find(String campaignKey, int cycle, String planId) {
    return isUuid(planId) ? repository.find(campaignKey, cycle, planId) : Optional.empty();
  }

  /**
   * Publishes the plan; another one published in the cycle before is taken back. Publishing again
   * changes nothing.
   *
   * @throws UnknownPlanException when the plan is not one of the cycle's
   */
  public Plan publish(String campaignKey, int cycle, String planId) {
    return transaction.execute(
        status -> {
          searches.lock(campaignKey, cycle);
          find(campaignKey, cycle, planId)
              .orElseThrow(() -> new UnknownPlanException(planId, campaignKey, cycle));
          repository.publish(campaignKey, cycle, planId, clock.instant());
          return repository.published(campaignKey, cycle).orElseThrow();
        });
  }

  private static boolean isUuid(String text) {
    if (text == null) {
      return false;
    }
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
