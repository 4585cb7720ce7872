package io.channelwise.promotion;

import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.channel.Channel;
import io.channelwise.channel.ChannelService;
import io.channelwise.channel.EventService;
import io.channelwise.channel.EventTotals;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.steering.Arm;
import io.channelwise.steering.Pacing;
import io.channelwise.steering.Steerer;
import io.channelwise.steering.SteeringAnswer;
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
  private final ShiftRepository shifts;
  private final CampaignService campaigns;
  private final ChannelService channels;
  private final EventService events;
  private final Clock clock;

  CollectionService(
      PromotionRepository promotions,
      SpendRepository spends,
      ShiftRepository shifts,
      CampaignService campaigns,
      ChannelService channels,
      EventService events,
      Clock clock) {
    this.promotions = promotions;
    this.spends = spends;
    this.shifts = shifts;
    this.campaigns = campaigns;
    this.channels = channels;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Sums up what happened on the funded channels since the dispatch, and releases the money due
   * ({@link Pacing}, {@link Steerer}); once for a request, a repetition returns what was found
   * then.
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
    List<Arm> arms = new ArrayList<>();
    Optional<SteeringAnswer> steered = Optional.empty();
    if (promotion.dispatchedAt() != null) {
      Map<String, BigDecimal> spent = spent(campaignKey, cycle);
      for (Allocation.Share share : funded(campaignKey, cycle)) {
        EventTotals totals =
            events.totals(campaignKey, share.channel(), promotion.dispatchedAt(), now);
        revenue += totals.revenue();
        BigDecimal gone = spent.getOrDefault(share.channel(), BigDecimal.ZERO);
        arms.add(share.arm(gone, totals.clicks(), totals.purchases()));
      }
      steered = release(campaignKey, cycle, step, promotion, arms, duration(campaign));
    }
    Results collection =
        new Results(
            step,
            arms.stream().mapToLong(Arm::clicks).sum(),
            arms.stream().mapToLong(Arm::conversions).sum(),
            revenue,
            promotions.find(campaignKey, cycle).orElseThrow().spent(),
            now);
    spends.insertCollection(campaignKey, cycle, request, collection);
    steered.ifPresent(
        answer -> record(campaignKey, cycle, step, promotion.version(), arms, answer));
    return spends.collection(campaignKey, cycle, request).orElseThrow();
  }

  private List<Allocation.Share> funded(String campaignKey, int cycle) {
    return promotions.allocation(campaignKey, cycle).map(Allocation::funded).orElse(List.of());
  }

  private Map<String, BigDecimal> spent(String campaignKey, int cycle) {
    return spends.spentByChannel(campaignKey, cycle).stream()
        .collect(Collectors.toMap(SpendRepository.Spent::channel, SpendRepository.Spent::amount));
  }

  /** Releases what is due; empty when nothing is. */
  private Optional<SteeringAnswer> release(
      String campaignKey,
      int cycle,
      int step,
      PromotionRepository.Promotion promotion,
      List<Arm> arms,
      Duration duration) {
    Instant now = clock.instant();
    BigDecimal due =
        Pacing.due(
            promotion.budget(),
            promotion.spent(),
            Duration.between(promotion.dispatchedAt(), now),
            duration);
    if (due.signum() == 0) {
      return Optional.empty();
    }
    SteeringAnswer answer = Steerer.steer(due, arms, seed(cycle, step));
    for (SteeringAnswer.Shift shift : answer.shifts()) {
      if (shift.amount().signum() > 0) {
        spends.spend(campaignKey, cycle, shift.channel(), step, shift.amount(), now);
      }
    }
    return Optional.of(answer);
  }

  private void record(
      String campaignKey, int cycle, int step, int version, List<Arm> arms, SteeringAnswer answer) {
    Map<String, Arm> known = arms.stream().collect(Collectors.toMap(Arm::channel, arm -> arm));
    answer
        .shifts()
        .forEach(
            shift ->
                shifts.insert(
                    campaignKey, cycle, step, version, known.get(shift.channel()), shift));
  }

  /** The same for every campaign, so that a cycle replayed under another key comes out the same. */
  private static long seed(int cycle, int step) {
    return ((long) cycle << Integer.SIZE) + step;
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

  /** Length of a promotion, 1 at least: a shorter one is a demonstration. */
  static double days(Campaign campaign) {
    return Math.max(1, duration(campaign).toMillis() / (double) Duration.ofDays(1).toMillis());
  }

  private static Duration duration(Campaign campaign) {
    String text = campaign.settings().timers().getOrDefault("promotionDuration", DURATION_DEFAULT);
    return Duration.parse(text);
  }
}
