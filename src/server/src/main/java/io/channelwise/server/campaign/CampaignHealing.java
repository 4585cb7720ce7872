package io.channelwise.server.campaign;

import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Starts the process of accepted campaigns that have none: a crash came between the two databases'
 * commits. Looks at the start of each server and after a failure; otherwise there is nothing to
 * find. Thread-safe.
 */
@Component
class CampaignHealing {
  private static final Logger LOG = LoggerFactory.getLogger(CampaignHealing.class);

  /** Well below the history's time to live: an old campaign's process may be gone from history. */
  private static final Duration LOOK_BACK = Duration.ofDays(30);

  private static final int CAMPAIGNS_MAX = 1000;

  private final CampaignService campaigns;
  private final CampaignProcesses processes;
  private final Clock clock;
  private final AtomicBoolean wanted = new AtomicBoolean();

  CampaignHealing(CampaignService campaigns, CampaignProcesses processes, Clock clock) {
    this.campaigns = campaigns;
    this.processes = processes;
    this.clock = clock;
  }

  /** Asks for another look within seconds. */
  void later() {
    wanted.set(true);
  }

  @EventListener(ApplicationReadyEvent.class)
  void atStart() {
    later();
  }

  @Scheduled(fixedDelay = 2000)
  void lookWhenWanted() {
    if (wanted.getAndSet(false)) {
      try {
        heal();
      } catch (RuntimeException e) {
        LOG.warn("campaigns could not be looked through, will be tried again", e);
        later();
      }
    }
  }

  void heal() {
    Instant from = clock.instant().minus(LOOK_BACK);
    for (Campaign campaign : campaigns.list(CAMPAIGNS_MAX)) {
      if (campaign.createdAt().isAfter(from) && processes.startIfMissing(campaign)) {
        LOG.warn("campaign healed key={}: its process had not been started", campaign.key());
      }
    }
  }
}
