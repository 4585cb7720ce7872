package io.channelwise.server.deal;

import io.channelwise.deal.DealReply;
import io.channelwise.deal.DealService;
import io.channelwise.server.engine.ClusterLock;
import io.channelwise.server.engine.EngineAccess;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.camunda.bpm.engine.RuntimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells negotiations of recorded answers, each once. An answer that the negotiation cannot take
 * yet, or that a crash cut off, is offered again until it is taken or the negotiation has ended.
 * Thread-safe.
 */
@Component
class ReplyCorrelation {
  private static final Logger LOG = LoggerFactory.getLogger(ReplyCorrelation.class);

  private static final String MESSAGE = "channel-reply";
  private static final Duration SOON = Duration.ofMinutes(2);

  /** Round of the last answer taken, set with it: tells taken from not yet waiting. */
  private static final String REPLY_ROUND = "replyRound";

  private final DealService deals;
  private final RuntimeService runtime;
  private final EngineAccess engine;
  private final ClusterLock lock;
  private final Clock clock;
  private final AtomicBoolean pending = new AtomicBoolean();

  ReplyCorrelation(
      DealService deals,
      RuntimeService runtime,
      EngineAccess engine,
      ClusterLock lock,
      Clock clock) {
    this.deals = deals;
    this.runtime = runtime;
    this.engine = engine;
    this.lock = lock;
    this.clock = clock;
  }

  /** Offers an answer just committed; what fails here is tried again. Never throws. */
  void offer(DealReply reply) {
    try {
      offerOnce(reply);
    } catch (RuntimeException e) {
      LOG.warn("reply not taken yet deal={} round={}", reply.dealId(), reply.round(), e);
      pending.set(true);
    }
  }

  @EventListener(ApplicationReadyEvent.class)
  void atStart() {
    pending.set(true);
  }

  @Scheduled(fixedDelay = 1000)
  void offerPending() {
    if (pending.getAndSet(false)) {
      offerAll();
    }
  }

  /** Another server of the cluster may have died between commit and correlation. */
  @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
  void offerAll() {
    try {
      deals.pendingCorrelations().forEach(this::offer);
    } catch (RuntimeException e) {
      LOG.warn("pending replies could not be read, will be tried again", e);
      pending.set(true);
    }
  }

  private void offerOnce(DealReply reply) {
    lock.hold(
        "deal/" + reply.dealId(),
        () -> {
          boolean stillPending =
              deals.pendingCorrelations().stream()
                  .anyMatch(r -> r.dealId().equals(reply.dealId()) && r.round() == reply.round());
          if (stillPending) {
            engine.asServer(
                () -> {
                  correlate(reply);
                  return null;
                });
          }
          return null;
        });
  }

  private void correlate(DealReply reply) {
    boolean running =
        runtime.createProcessInstanceQuery().processInstanceId(reply.dealId()).count() > 0;
    if (!running) {
      deals.markRefused(reply.dealId(), reply.round(), "The negotiation has ended.");
      LOG.info("reply refused deal={} round={} reason=ended", reply.dealId(), reply.round());
      return;
    }
    int takenRound = number(reply.dealId(), REPLY_ROUND);
    if (takenRound >= reply.round()) {
      deals.markCorrelated(reply.dealId(), reply.round());
      return;
    }
    if (number(reply.dealId(), "round") > reply.round()) {
      deals.markRefused(reply.dealId(), reply.round(), "A newer offer is on the table.");
      LOG.info("reply refused deal={} round={} reason=superseded", reply.dealId(), reply.round());
      return;
    }
    boolean awaited =
        runtime
                .createExecutionQuery()
                .processInstanceId(reply.dealId())
                .messageEventSubscriptionName(MESSAGE)
                .count()
            > 0;
    if (!awaited) {
      // The offer is still on its way out: asked again soon. A person negotiates by hand: that may
      // take days, the look of every minute will do.
      if (reply.recordedAt().isAfter(clock.instant().minus(SOON))) {
        pending.set(true);
      }
      return;
    }
    runtime
        .createMessageCorrelation(MESSAGE)
        .processInstanceId(reply.dealId())
        .setVariables(
            Map.of(
                REPLY_ROUND,
                reply.round(),
                "replyOutcome",
                reply.outcome().text(),
                "replyRevenueShare",
                reply.terms().revenueShare(),
                "replyFixedFee",
                reply.terms().fixedFee()))
        .correlate();
    deals.markCorrelated(reply.dealId(), reply.round());
    LOG.info("reply taken deal={} round={}", reply.dealId(), reply.round());
  }

  private int number(String processInstanceId, String variable) {
    Object value = runtime.getVariable(processInstanceId, variable);
    return value instanceof Number number ? number.intValue() : 0;
  }
}
