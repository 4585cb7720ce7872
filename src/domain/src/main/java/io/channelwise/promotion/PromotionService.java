package io.channelwise.promotion;

import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.channel.Attraction;
import io.channelwise.channel.Channel;
import io.channelwise.channel.ChannelService;
import io.channelwise.deal.Deal;
import io.channelwise.deal.DealService;
import io.channelwise.domain.DomainConfiguration;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
  private final BriefingService briefings;
  private final Clock clock;

  PromotionService(
      PromotionRepository promotions,
      SpendRepository spends,
      CampaignService campaigns,
      DealService deals,
      ChannelService channels,
      PromotionBriefings texts,
      BriefingService briefings,
      Clock clock) {
    this.promotions = promotions;
    this.spends = spends;
    this.campaigns = campaigns;
    this.deals = deals;
    this.channels = channels;
    this.texts = texts;
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
    promotions.replacePrepared(campaignKey, cycle, prepared);
    String briefingId =
        briefings.save(
            "%s/%d/promotion-materials".formatted(campaignKey, cycle),
            texts.materials(prepared, signed, promotions.activities(campaignKey)));
    return new Prepared(prepared.size(), briefingId);
  }

  /**
   * Shares the budget out over the channels with a signed deal and a material ({@code Allocator}),
   * rounded to cents. The same sharing again is the same version; no channel gets less than it has
   * spent already.
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
    Allocation fresh = share(campaignKey, cycle, budget, leftOut, promotion.version() + 1);
    Allocation allocation =
        promotions
            .allocation(campaignKey, cycle)
            .filter(fresh::sameAs)
            .orElseGet(
                () -> {
                  promotions.saveAllocation(campaignKey, cycle, fresh, clock.instant());
                  return fresh;
                });
    String briefingId =
        briefings.save(
            "%s/%d/promotion-budget".formatted(campaignKey, cycle),
            texts.budget(campaign, allocation, channels.attraction(campaignKey)));
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

  private Allocation share(
      String campaignKey, int cycle, double budget, List<String> excluded, int version) {
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
    Allocator.Solution solution = solve(campaignKey, names);
    BigDecimal[] floors =
        names.stream()
            .map(name -> spent.getOrDefault(name, BigDecimal.ZERO.setScale(2)))
            .toArray(BigDecimal[]::new);
    BigDecimal spentElsewhere =
        spent.entrySet().stream()
            .filter(entry -> !names.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal[] amounts = Cents.split(money.subtract(spentElsewhere), solution.shares(), floors);
    List<Allocation.Share> shares = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      shares.add(new Allocation.Share(names.get(i), solution.shares()[i], amounts[i]));
    }
    shares.sort(
        Comparator.comparing(Allocation.Share::amount)
            .reversed()
            .thenComparing(Allocation.Share::channel));
    return new Allocation(
        version,
        money,
        solution.objective(),
        solution.dualityGap(),
        solution.iterations(),
        excluded,
        shares);
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

  /**
   * P(U) and r(C,U) from the clicks. Before any click each channel's audience counts as a segment
   * of its own, weighed by the channel's reach; the optimum is then the share of reach (Kelly's
   * horse race).
   */
  private Allocator.Solution solve(String campaignKey, List<String> names) {
    Attraction attraction = channels.attraction(campaignKey);
    if (attraction.segments().isEmpty()) {
      double[] reach =
          names.stream()
              .mapToDouble(
                  name -> channels.channel(campaignKey, name).map(Channel::reach).orElse(0.0))
              .toArray();
      return Allocator.solve(weights(reach), identity(names.size()));
    }
    double[] weights =
        attraction.segments().stream().mapToDouble(Attraction.Segment::weight).toArray();
    double[][] matrix =
        attraction.segments().stream()
            .map(
                segment ->
                    names.stream()
                        .mapToDouble(
                            name ->
                                attraction
                                    .cell(name, segment.segment())
                                    .map(Attraction.Cell::share)
                                    .orElse(0.0))
                        .toArray())
            .toArray(double[][]::new);
    return Allocator.solve(weights, matrix);
  }

  private static double[] weights(double[] reach) {
    double[] weights = reach.clone();
    if (Arrays.stream(reach).sum() <= 0) {
      Arrays.fill(weights, 1);
    }
    return weights;
  }

  private static double[][] identity(int size) {
    double[][] identity = new double[size][size];
    for (int i = 0; i < size; i++) {
      identity[i][i] = 1;
    }
    return identity;
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
