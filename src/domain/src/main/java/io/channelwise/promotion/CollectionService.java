package io.channelwise.promotion;

import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.channel.Channel;
import io.channelwise.channel.ChannelService;
import io.channelwise.channel.EventService;
import io.channelwise.channel.EventTotals;
import io.channelwise.domain.DomainConfiguration;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Collects a running promotion's results and steers the money not yet spent. Thread-safe. */
@Service
public class CollectionService {
  private static final String DURATION_DEFAULT = "P14D";

  private final PromotionRepository promotions;
  private final SpendRepository spends;
  private final CampaignService campaigns;
  private final ChannelService channels;
  private final EventService events;
  private final Clock clock;

  CollectionService(
      PromotionRepository promotions,
      SpendRepository spends,
      CampaignService campaigns,
      ChannelService channels,
      EventService events,
      Clock clock) {
    this.promotions = promotions;
    this.spends = spends;
    this.campaigns = campaigns;
    this.channels = channels;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Sums up what happened on the funded channels since the dispatch, and releases the money due
   * ({@code Steering}); once for a request, a repetition returns what was found then.
   *
   * @param request names the collection, e.g. the task's id
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Results collect(String campaignKey, int cycle, String request) {
    Campaign campaign = campaigns.require(campaignKey);
    PromotionRepository.Promotion promotion = promotions.startAndLock(campaignKey, cycle);
    Optional<Results> before = spends.collection(campaignKey, cycle, request);
    if (before.isPresent()) {
      return before.get();
    }
    Instant now = clock.instant();
    int step = spends.nextStep(campaignKey, cycle);
    double revenue = 0;
    List<Steering.State> states = new ArrayList<>();
    if (promotion.dispatchedAt() != null) {
      Map<String, BigDecimal> spent = spent(campaignKey, cycle);
      for (Allocation.Share share : funded(campaignKey, cycle)) {
        EventTotals totals =
            events.totals(campaignKey, share.channel(), promotion.dispatchedAt(), now);
        revenue += totals.revenue();
        states.add(state(share, spent, totals));
      }
      release(campaignKey, cycle, step, promotion, states, duration(campaign));
    }
    Results collection =
        new Results(
            step,
            states.stream().mapToLong(Steering.State::clicks).sum(),
            states.stream().mapToLong(Steering.State::conversions).sum(),
            revenue,
            promotions.find(campaignKey, cycle).orElseThrow().spent(),
            now);
    spends.insertCollection(campaignKey, cycle, request, collection);
    return spends.collection(campaignKey, cycle, request).orElseThrow();
  }

  private List<Allocation.Share> funded(String campaignKey, int cycle) {
    return promotions.allocation(campaignKey, cycle).map(Allocation::funded).orElse(List.of());
  }

  private Map<String, BigDecimal> spent(String campaignKey, int cycle) {
    return spends.spentByChannel(campaignKey, cycle).stream()
        .collect(Collectors.toMap(SpendRepository.Spent::channel, SpendRepository.Spent::amount));
  }

  private static Steering.State state(
      Allocation.Share share, Map<String, BigDecimal> spent, EventTotals totals) {
    return new Steering.State(
        share.channel(),
        share.share(),
        share.amount(),
        spent.getOrDefault(share.channel(), BigDecimal.ZERO),
        totals.clicks(),
        totals.purchases());
  }

  private void release(
      String campaignKey,
      int cycle,
      int step,
      PromotionRepository.Promotion promotion,
      List<Steering.State> states,
      Duration duration) {
    Instant now = clock.instant();
    BigDecimal due =
        Steering.due(
            promotion.budget(),
            promotion.spent(),
            Duration.between(promotion.dispatchedAt(), now),
            duration);
    BigDecimal[] parts = Steering.split(due, states);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].signum() > 0) {
        spends.spend(campaignKey, cycle, states.get(i).channel(), step, parts[i], now);
      }
    }
  }

  /** Money released by a collection that its channel has not been told of, taken in hand. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Optional<Release> claimUntold(String campaignKey, int cycle) {
    Instant now = clock.instant();
    return spends.claimUntold(campaignKey, cycle, now, now.minus(DispatchService.CLAIM_DURATION));
  }

  /** Gives a release back whose channel could not be told now. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public void giveBack(String campaignKey, int cycle, Release release) {
    spends.releaseUntold(campaignKey, cycle, release);
  }

  /** Records that the channel was told. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public void told(String campaignKey, int cycle, Release release) {
    spends.told(campaignKey, cycle, release, clock.instant());
  }

  /** Id of the message that tells a channel of a release; the same on every attempt. */
  public String messageId(String campaignKey, int cycle, Release release) {
    return MessageIds.release(campaignKey, cycle, release.channel(), release.step());
  }

  /** Where the channel is reached; null when unknown. */
  public String contact(String campaignKey, String channel) {
    return channels.channel(campaignKey, channel).map(Channel::contact).orElse(null);
  }

  private static Duration duration(Campaign campaign) {
    String text = campaign.settings().timers().getOrDefault("promotionDuration", DURATION_DEFAULT);
    return Duration.parse(text);
  }
}
