package io.channelwise.server.support;

import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.server.engine.ClusterLock;
import io.channelwise.server.engine.EngineAccess;
import io.channelwise.support.SupportService;
import io.channelwise.support.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Starts the process of each ticket, once; also of those that a crash left without one. Looks for
 * such tickets at the start of a server and after a failure. Thread-safe.
 */
@Component
class TicketProcesses {
  private static final Logger LOG = LoggerFactory.getLogger(TicketProcesses.class);
  private static final String PROCESS = "support-ticket";
  private static final Duration LOOK_BACK = Duration.ofDays(30);
  private static final int CAMPAIGNS_MAX = 1000;
  private static final int TICKETS_MAX = 1000;

  private final RuntimeService runtime;
  private final HistoryService history;
  private final EngineAccess engine;
  private final ClusterLock lock;
  private final SupportService support;
  private final CampaignService campaigns;
  private final Clock clock;
  private final AtomicBoolean wanted = new AtomicBoolean();

  TicketProcesses(
      RuntimeService runtime,
      HistoryService history,
      EngineAccess engine,
      ClusterLock lock,
      SupportService support,
      CampaignService campaigns,
      Clock clock) {
    this.runtime = runtime;
    this.history = history;
    this.engine = engine;
    this.lock = lock;
    this.support = support;
    this.campaigns = campaigns;
    this.clock = clock;
  }

  /** Starts the ticket's process; a failure is made good within seconds. */
  void start(Ticket ticket) {
    try {
      startIfMissing(ticket, campaigns.require(ticket.campaignKey()));
    } catch (RuntimeException e) {
      LOG.warn("ticket not started yet ticket={}, will be tried again", ticket.id(), e);
      wanted.set(true);
    }
  }

  @EventListener(ApplicationReadyEvent.class)
  void atStart() {
    wanted.set(true);
  }

  @Scheduled(fixedDelay = 2000)
  void lookWhenWanted() {
    if (wanted.getAndSet(false)) {
      try {
        heal();
      } catch (RuntimeException e) {
        LOG.warn("tickets could not be looked through, will be tried again", e);
        wanted.set(true);
      }
    }
  }

  void heal() {
    Instant from = clock.instant().minus(LOOK_BACK);
    for (Campaign campaign : campaigns.list(CAMPAIGNS_MAX)) {
      for (Ticket ticket : support.latest(campaign.key(), TICKETS_MAX)) {
        boolean untouched = ticket.state().equals("open") && ticket.openedAt().isAfter(from);
        if (untouched && startIfMissing(ticket, campaign)) {
          LOG.warn("ticket healed ticket={}: its process had not been started", ticket.id());
        }
      }
    }
  }

  private boolean startIfMissing(Ticket ticket, Campaign campaign) {
    return lock.hold(
        "ticket/" + ticket.id(),
        () ->
            engine.asServer(
                () -> {
                  boolean started =
                      history
                              .createHistoricProcessInstanceQuery()
                              .processInstanceBusinessKey(ticket.id())
                              .processDefinitionKey(PROCESS)
                              .count()
                          > 0;
                  if (started) {
                    return false;
                  }
                  Map<String, Object> variables = new HashMap<>();
                  variables.put("ticketId", ticket.id());
                  variables.put("campaignKey", ticket.campaignKey());
                  String sla = campaign.settings().timers().get("ticketSla");
                  if (sla != null) {
                    variables.put("ticketSla", sla);
                  }
                  runtime.startProcessInstanceByKey(PROCESS, ticket.id(), variables);
                  return true;
                }));
  }
}
