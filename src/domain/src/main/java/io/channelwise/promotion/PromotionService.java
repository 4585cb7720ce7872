package io.channelwise.promotion;

import io.channelwise.allocation.AllocationAnswer;
import io.channelwise.allocation.AllocationException;
import io.channelwise.allocation.Cents;
import io.channelwise.allocation.Saturation;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.channel.Channel;
import io.channelwise.channel.ChannelService;
import io.channelwise.deal.Deal;
import io.channelwise.deal.DealService;
import io.channelwise.domain.DomainConfiguration;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Prepares a cycle's materials and shares its budget out. Thread-safe. */
@Service
public class PromotionService {
  private final PromotionRepository promotions;
  private final SpendRepository spends;
  private final CampaignService campaigns;
  private final DealService deals;
  private final ChannelService channels;
  private final PromotionBriefings texts;
  private final MaterialRankRepository ranks;
  private final PromotionSources sources;
  private final BriefingService briefings;
  private final Clock clock;

  PromotionService(
      PromotionRepository promotions,
      SpendRepository spends,
      CampaignService campaigns,
      DealService deals,
      ChannelService channels,
      PromotionBriefings texts,
      MaterialRankRepository ranks,
      PromotionSources sources,
      BriefingService briefings,
      Clock clock) {
    this.promotions = promotions;
    this.spends = spends;
    this.campaigns = campaigns;
    this.deals = deals;
    this.channels = channels;
    this.texts = texts;
    this.ranks = ranks;
    this.sources = sources;
    this.briefings = briefings;
    this.clock = clock;
  }

  /**
   * Chooses the materials of every channel with a signed deal ({@code MaterialChoice}), in place of
   * an earlier choice of the cycle.
   *
   * @param rejected names of materials not to use; null for none
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Prepared prepare(String campaignKey, int cycle, List<String> rejected) {
    Campaign campaign = campaigns.require(campaignKey);
    promotions.startAndLock(campaignKey, cycle);
    MaterialChoice choice =
        new MaterialChoice(
            promotions.materials(campaignKey),
            promotions.activities(campaignKey),
            MaterialChoice.announcement(campaign),
            rejected == null ? List.of() : rejected);
    List<String> signed = signedChannels(campaignKey, cycle);
    List<Material> prepared =
        signed.stream().flatMap(channel -> choice.of(channel).stream()).toList();
    if (!Set.copyOf(prepared).equals(Set.copyOf(promotions.prepared(campaignKey, cycle)))) {
      // A late second delivery prepares the same again and must not undo what came after the first.
      promotions.replacePrepared(campaignKey, cycle, prepared);
      ranks.delete(campaignKey, cycle);
    }
    return new Prepared(prepared.size(), briefMaterials(campaignKey, cycle));
  }

  /** Writes what people see before they approve the materials, with the ranking if there is one. */
  String briefMaterials(String campaignKey, int cycle) {
    return briefings.save(
        "%s/%d/promotion-materials".formatted(campaignKey, cycle),
        texts
            .materials(
                promotions.prepared(campaignKey, cycle),
                signedChannels(campaignKey, cycle),
                promotions.activities(campaignKey),
                ranks.find(campaignKey, cycle),
                ranks.order(campaignKey, cycle),
                PromotionTrace.promotionSource(campaignKey, cycle))
            .from(sources.materials(campaignKey, cycle)));
  }

  /**
   * Shares the budget out over the channels with a signed deal and a material ({@code
   * BudgetProblem}), rounded to cents. The same sharing again is the same version; no channel gets
   * less than it has spent already.
   *
   * @param budget in the campaign's currency, more than was spent already
   * @param excluded channels to leave out; null for none
   * @throws NoChannelLeftException when every channel is left out
   * @throws PromotionException when there is no channel at all, or the budget is spent already
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Allocated allocate(
      String campaignKey, int cycle, double budget, Collection<String> excluded) {
    Campaign campaign = campaigns.require(campaignKey);
    PromotionRepository.Promotion promotion = promotions.startAndLock(campaignKey, cycle);
    List<String> leftOut = List.copyOf(new TreeSet<>(excluded == null ? List.of() : excluded));
    Fresh shared = share(campaignKey, cycle, budget, leftOut);
    Allocation fresh = shared.allocation().version(promotion.version() + 1);
    Allocation allocation =
        promotions
            .allocation(campaignKey, cycle)
            .filter(fresh::sameAs)
            .orElseGet(
                () -> {
                  promotions.saveAllocation(
                      campaignKey,
                      cycle,
                      fresh,
                      shared.inputs(),
                      movable(campaignKey, cycle, fresh),
                      clock.instant());
                  return fresh;
                });
    String briefingId =
        briefings.save(
            "%s/%d/promotion-budget".formatted(campaignKey, cycle),
            BudgetBriefing.of(
                    campaign,
                    allocation,
                    shared.inputs().problem().saturations(),
                    channels.attraction(campaignKey),
                    signedFees(campaignKey, cycle))
                .from(sources.budget(campaignKey, cycle, allocation.version())));
    double largest =
        allocation.shares().stream()
            .mapToDouble(s -> s.amount().doubleValue() / allocation.budget().doubleValue())
            .max()
            .orElse(0);
    return new Allocated(
        allocation.version(),
        allocation.allocated().doubleValue(),
        largest,
        allocation.funded().size(),
        briefingId);
  }

  /** A sharing and what it was computed from. */
  private record Fresh(Allocation allocation, SharingInputs inputs) {}

  private Fresh share(String campaignKey, int cycle, double budget, List<String> excluded) {
    List<String> names = fundable(campaignKey, cycle, excluded);
    if (names.isEmpty() && !fundable(campaignKey, cycle, List.of()).isEmpty()) {
      throw new NoChannelLeftException(
          "The budget of campaign %s, cycle %d was not shared out: every channel has refused the promotion (%s). Nothing more is sent in this cycle."
              .formatted(campaignKey, cycle, String.join(", ", excluded)));
    }
    if (names.isEmpty()) {
      throw new PromotionException(
          "The budget of campaign %s, cycle %d was not shared out: no channel with a signed deal and a material is left (left out: %s). Sign a deal, bring materials.csv, or leave fewer channels out."
              .formatted(campaignKey, cycle, excluded));
    }
    BigDecimal money = money(campaignKey, budget);
    Map<String, BigDecimal> spent =
        spends.spentByChannel(campaignKey, cycle).stream()
            .collect(
                Collectors.toMap(SpendRepository.Spent::channel, SpendRepository.Spent::amount));
    BigDecimal gone = spent.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    if (gone.compareTo(money) > 0) {
      throw new PromotionException(
          "The budget of campaign %s, cycle %d cannot be %s: %s are spent already. Set a budget of at least that."
              .formatted(campaignKey, cycle, money.toPlainString(), gone.toPlainString()));
    }
    return solve(campaignKey, cycle, names, money, spent, excluded);
  }

  private Fresh solve(
      String campaignKey,
      int cycle,
      List<String> names,
      BigDecimal money,
      Map<String, BigDecimal> spent,
      List<String> excluded) {
    BigDecimal elsewhere =
        spent.entrySet().stream()
            .filter(entry -> !names.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal left = money.subtract(elsewhere);
    if (left.signum() <= 0) {
      throw new PromotionException(
          "The budget of campaign %s, cycle %d was not shared out: of %s, %s are spent already on channels that are left out now. Set a larger budget."
              .formatted(campaignKey, cycle, money.toPlainString(), elsewhere.toPlainString()));
    }
    try {
      List<BudgetProblem.Candidate> candidates = candidates(campaignKey, names, spent);
      BudgetProblem problem =
          new BudgetProblem(
              left,
              campaigns.require(campaignKey).currency(),
              candidates,
              channels.attraction(campaignKey),
              channels.effects(campaignKey));
      return new Fresh(
          allocation(money, problem.solve(), excluded, caps(money, candidates)),
          new SharingInputs(money, elsewhere, problem));
    } catch (AllocationException e) {
      throw new PromotionException(
          "Campaign %s, cycle %d: %s".formatted(campaignKey, cycle, e.getMessage()));
    }
  }

  /** Fees of the signed deals, a channel's latest: owed in any case, so no part of the budget. */
  private BigDecimal signedFees(String campaignKey, int cycle) {
    Map<String, Double> fees = new TreeMap<>();
    deals.signed(campaignKey, cycle).stream()
        .sorted(Comparator.comparing(Deal::createdAt).thenComparing(Deal::id))
        .forEach(deal -> fees.put(deal.channel(), deal.agreed().fixedFee()));
    return fees.values().stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private List<BudgetProblem.Candidate> candidates(
      String campaignKey, List<String> names, Map<String, BigDecimal> spent) {
    Map<String, Double> planned = new TreeMap<>();
    promotions.activities(campaignKey).stream()
        .filter(activity -> activity.budget() != null && activity.budget() > 0)
        .forEach(activity -> planned.merge(activity.channel(), activity.budget(), Double::sum));
    Map<String, Saturation> saturations = channels.saturation(campaignKey);
    double days = CollectionService.days(campaigns.require(campaignKey));
    return names.stream()
        .map(
            name ->
                new BudgetProblem.Candidate(
                    name,
                    channels.channel(campaignKey, name).map(Channel::reach).orElse(0.0),
                    0,
                    planned.get(name),
                    spent.getOrDefault(name, BigDecimal.ZERO.setScale(2)),
                    saturations.get(name).over(days)))
        .toList();
  }

  /** Those below the budget. */
  private static Map<String, BigDecimal> caps(
      BigDecimal budget, List<BudgetProblem.Candidate> candidates) {
    return candidates.stream()
        .filter(c -> c.cap() < budget.doubleValue())
        .collect(
            Collectors.toMap(
                BudgetProblem.Candidate::channel,
                c -> BigDecimal.valueOf(c.cap()).setScale(2, RoundingMode.DOWN)));
  }

  private static Allocation allocation(
      BigDecimal budget,
      BudgetProblem.Solved solved,
      List<String> excluded,
      Map<String, BigDecimal> caps) {
    AllocationAnswer answer = solved.expected();
    List<Allocation.Share> shares =
        answer.shares().stream()
            .map(
                s ->
                    new Allocation.Share(
                        s.channel(),
                        s.chosen(),
                        s.share(),
                        s.amount(),
                        s.fixedCost(),
                        s.marginal(),
                        solved.cautious() == null
                            ? null
                            : solved.cautious().of(s.channel()).orElseThrow().amount(),
                        caps.get(s.channel())))
            .sorted(
                Comparator.comparing(Allocation.Share::amount)
                    .reversed()
                    .thenComparing(Allocation.Share::channel))
            .toList();
    return new Allocation(
        0,
        budget,
        new Allocation.Proof(
            answer.objective(),
            answer.dualityGap(),
            answer.proven(),
            answer.iterations(),
            answer.nodes()),
        answer.fixedCosts(),
        answer.unspent(),
        excluded,
        shares,
        answer.binding(),
        solved.sentences());
  }

  /** The channels' amounts, and what channels without an amount have spent before. */
  private BigDecimal movable(String campaignKey, int cycle, Allocation allocation) {
    return spends.spentByChannel(campaignKey, cycle).stream()
        .filter(
            spent ->
                allocation.shares().stream().noneMatch(s -> s.channel().equals(spent.channel())))
        .map(SpendRepository.Spent::amount)
        .reduce(allocation.amounts(), BigDecimal::add);
  }

  private static BigDecimal money(String campaignKey, double budget) {
    try {
      return Cents.of(budget);
    } catch (IllegalArgumentException e) {
      throw new PromotionException(
          "The budget of campaign %s was not shared out. %s"
              .formatted(campaignKey, e.getMessage()));
    }
  }

  private List<String> fundable(String campaignKey, int cycle, List<String> excluded) {
    List<String> prepared =
        promotions.prepared(campaignKey, cycle).stream().map(Material::channel).distinct().toList();
    return signedChannels(campaignKey, cycle).stream()
        .filter(prepared::contains)
        .filter(channel -> !excluded.contains(channel))
        .toList();
  }

  private List<String> signedChannels(String campaignKey, int cycle) {
    return deals.signed(campaignKey, cycle).stream()
        .map(Deal::channel)
        .distinct()
        .sorted()
        .toList();
  }
}
