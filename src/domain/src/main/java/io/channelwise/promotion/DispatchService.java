package io.channelwise.promotion;

import io.channelwise.channel.Channel;
import io.channelwise.channel.ChannelService;
import io.channelwise.domain.DomainConfiguration;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what was sent to channels and what that spent. Thread-safe.
 *
 * <p>A sender claims a message, sends it, and reports; a claim that nobody reported on ends after
 * {@link #CLAIM_DURATION}. With a channel's first message half of its amount is released; {@link
 * CollectionService} releases the rest.
 */
@Service
public class DispatchService {
  /** Longer than any send may take. */
  public static final Duration CLAIM_DURATION = Duration.ofMinutes(2);

  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final int REASON_MAX = 500;

  private final PromotionRepository promotions;
  private final SpendRepository spends;
  private final ChannelService channels;
  private final Clock clock;

  DispatchService(
      PromotionRepository promotions,
      SpendRepository spends,
      ChannelService channels,
      Clock clock) {
    this.promotions = promotions;
    this.spends = spends;
    this.channels = channels;
    this.clock = clock;
  }

  /** Where a message stands. */
  public enum State {
    PENDING,
    SENDING,
    SENT,
    REJECTED;

    static State of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * A message of the newest allocation.
   *
   * @param reason why it was rejected; null otherwise
   */
  public record Planned(PromotionMessage message, State state, String reason) {}

  /**
   * @param dispatched messages sent in the cycle
   * @param spent money released in the cycle, in the campaign's currency
   */
  public record Totals(int dispatched, BigDecimal spent) {}

  /**
   * The messages of the newest allocation: each channel with money, each of its materials.
   *
   * @throws PromotionException when no budget was shared out
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public List<Planned> plan(String campaignKey, int cycle) {
    promotions.startAndLock(campaignKey, cycle);
    Allocation allocation =
        promotions
            .allocation(campaignKey, cycle)
            .orElseThrow(
                () ->
                    new PromotionException(
                        "The promotion of campaign %s, cycle %d was not sent: no budget was shared out. Let promotion.allocate run first."
                            .formatted(campaignKey, cycle)));
    Map<String, List<Material>> materials =
        promotions.prepared(campaignKey, cycle).stream()
            .collect(Collectors.groupingBy(Material::channel));
    List<PromotionMessage> messages = new ArrayList<>();
    for (Allocation.Share share : allocation.funded()) {
      for (Material material : materials.getOrDefault(share.channel(), List.of())) {
        PromotionMessage message = message(campaignKey, cycle, share, material);
        spends.plan(
            campaignKey,
            cycle,
            share.channel(),
            material.material(),
            message.id(),
            allocation.version());
        messages.add(message);
      }
    }
    Map<String, SpendRepository.Dispatch> stored =
        spends.dispatches(campaignKey, cycle).stream()
            .collect(Collectors.toMap(SpendRepository.Dispatch::messageId, d -> d));
    return messages.stream()
        .map(m -> new Planned(m, State.of(stored.get(m.id()).state()), stored.get(m.id()).reason()))
        .toList();
  }

  private PromotionMessage message(
      String campaignKey, int cycle, Allocation.Share share, Material material) {
    return new PromotionMessage(
        MessageIds.promotion(campaignKey, cycle, share.channel(), material.material()),
        share.channel(),
        channels.channel(campaignKey, share.channel()).map(Channel::contact).orElse(null),
        material.material(),
        material.kind(),
        material.title(),
        material.body(),
        share.amount(),
        firstHalf(share.amount()));
  }

  private static BigDecimal firstHalf(BigDecimal amount) {
    return amount.divide(TWO, 2, RoundingMode.UP);
  }

  /** Takes a message in hand; empty when it is sent, rejected, or in other hands. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Optional<UUID> claim(String messageId) {
    UUID claim = UUID.randomUUID();
    boolean mine =
        spends.claim(messageId, claim, clock.instant(), clock.instant().minus(CLAIM_DURATION));
    return mine ? Optional.of(claim) : Optional.empty();
  }

  public State state(String messageId) {
    return State.of(spends.state(messageId));
  }

  /** Records that the message went out, and the channel's first half as spent, once. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public void sent(
      String campaignKey, int cycle, PromotionMessage message, UUID claim, String via) {
    promotions.startAndLock(campaignKey, cycle);
    if (spends.sent(message.id(), claim, via, clock.instant())) {
      spends.spend(campaignKey, cycle, message.channel(), 0, message.released(), clock.instant());
    }
  }

  /** Records that the channel refused the message for good. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public void rejected(String messageId, UUID claim, String reason) {
    spends.rejected(
        messageId, claim, reason.length() <= REASON_MAX ? reason : reason.substring(0, REASON_MAX));
  }

  /** Gives a message back that could not be sent now. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public void release(String messageId, UUID claim) {
    spends.releaseClaim(messageId, claim);
  }

  public Totals totals(String campaignKey, int cycle) {
    int sent =
        (int)
            spends.dispatches(campaignKey, cycle).stream()
                .filter(d -> d.state().equals("sent"))
                .count();
    BigDecimal spent =
        promotions
            .find(campaignKey, cycle)
            .map(PromotionRepository.Promotion::spent)
            .orElse(BigDecimal.ZERO);
    return new Totals(sent, spent);
  }
}
