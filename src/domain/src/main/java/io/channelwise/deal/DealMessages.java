package io.channelwise.deal;

import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sees to it that each message of a negotiation goes out once. Thread-safe.
 *
 * <p>A sender claims the message, sends it outside any transaction, and confirms. Two senders at
 * once: one gets the claim, the other is told to wait. A sender that dies leaves a claim that ends
 * by itself after {@link #CLAIM}; the next one sends under the same message id, by which the
 * receiver knows it again. Each call is a transaction of its own.
 */
@Service
public class DealMessages {
  /**
   * Longer than a healthy send takes; short enough that an offer is not held up for long by a
   * sender that died.
   */
  public static final Duration CLAIM = Duration.ofMinutes(1);

  private final DealRepository deals;
  private final MessageRepository messages;
  private final DealBriefing briefing;
  private final Clock clock;

  DealMessages(
      DealRepository deals, MessageRepository messages, DealBriefing briefing, Clock clock) {
    this.deals = deals;
    this.messages = messages;
    this.briefing = briefing;
    this.clock = clock;
  }

  /**
   * Asks to send a message.
   *
   * @throws UnknownDealException when there is no such deal
   * @throws DealStateException when the message makes no sense where the deal stands
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Claim claim(String dealId, int round, MessageKind kind) {
    Deal deal = deals.lock(dealId).orElseThrow(() -> new UnknownDealException(dealId));
    String messageId = id(dealId, round, kind);
    Instant now = now();
    var before = messages.find(messageId);
    if (before.isPresent() && before.get().sentAt() != null) {
      return new Claim.AlreadySent(before.get().sentVia());
    }
    boolean open = !deal.state().isClosed() && deal.round() == round;
    if (kind == MessageKind.REMINDER && (!open || isAnswered(dealId, round))) {
      return new Claim.NotNeeded();
    }
    requireSense(deal, round, kind);
    if (messages.claim(messageId, dealId, round, kind, now, now.plus(CLAIM))) {
      return new Claim.Granted(messageId);
    }
    return new Claim.Busy(messages.find(messageId).orElseThrow().claimedUntil());
  }

  private static void requireSense(Deal deal, int round, MessageKind kind) {
    boolean sense =
        switch (kind) {
          case OFFER, REMINDER -> !deal.state().isClosed() && deal.round() == round;
          case WITHDRAWAL -> deal.state() == DealState.WITHDRAWN;
        };
    if (!sense) {
      throw new DealStateException(
          "The %s of round %d of deal %s cannot be sent: the deal is %s in round %d."
              .formatted(kind.text(), round, deal.id(), deal.state().text(), deal.round()));
    }
  }

  /**
   * The attempt failed, though the message may have arrived; the next attempt need not wait for the
   * claim to end.
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public void release(String messageId) {
    messages.release(messageId);
  }

  /** The receiver refused the message: it did not arrive. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public void forget(String messageId) {
    messages.forget(messageId);
  }

  /**
   * The message went out; an offer thereby is on the table.
   *
   * @param via {@code smtp}, {@code webhook} or {@code outbox}
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public void confirm(String dealId, int round, MessageKind kind, String via) {
    Deal deal = deals.lock(dealId).orElseThrow(() -> new UnknownDealException(dealId));
    Instant now = now();
    boolean first = messages.confirm(id(dealId, round, kind), via, now);
    // A quick partner may have answered before this line; the answer's state stays.
    boolean waiting = deal.state() == DealState.DRAFTED || deal.state() == DealState.COUNTERED;
    if (first
        && kind == MessageKind.OFFER
        && deal.round() == round
        && waiting
        && !isAnswered(dealId, round)) {
      deals.setState(dealId, DealState.OFFERED, now);
      briefing.refresh(dealId);
    }
  }

  private boolean isAnswered(String dealId, int round) {
    return deals.rounds(dealId).stream().anyMatch(r -> r.round() == round && r.outcome() != null);
  }

  static String id(String dealId, int round, MessageKind kind) {
    return "deal-" + dealId + "-" + round + "-" + kind.text();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
