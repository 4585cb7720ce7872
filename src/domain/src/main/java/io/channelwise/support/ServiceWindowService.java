package io.channelwise.support;

import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.CampaignService;
import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The service step of a cycle: opened with material handed out, closed with a summary. */
@Service
public class ServiceWindowService {
  private final SupportRepository support;
  private final CampaignService campaigns;
  private final ServiceReport report;
  private final BriefingService briefings;
  private final Clock clock;

  ServiceWindowService(
      SupportRepository support,
      CampaignService campaigns,
      ServiceReport report,
      BriefingService briefings,
      Clock clock) {
    this.support = support;
    this.campaigns = campaigns;
    this.report = report;
    this.briefings = briefings;
    this.clock = clock;
  }

  /**
   * Opens the window and hands the training material to the support channels, once a cycle:
   * material written for a support channel goes there, any other goes to all of them.
   *
   * @return number of support channels
   * @throws io.channelwise.campaign.UnknownCampaignException when the campaign does not exist
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public int open(String campaignKey, int cycle) {
    campaigns.require(campaignKey);
    if (support.openWindow(campaignKey, cycle, clock.instant())) {
      support.handOut(campaignKey, cycle, clock.instant());
    }
    return support.window(campaignKey, cycle).orElseThrow().supportChannels();
  }

  /**
   * Closes the window, once, and sums its tickets up; the briefing {@code
   * <campaignKey>/<cycle>/service} shows it.
   *
   * @throws IllegalStateException when the window was never opened
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public ServiceSummary summarise(String campaignKey, int cycle) {
    if (support.window(campaignKey, cycle).isEmpty()) {
      throw new IllegalStateException(
          "Service of campaign %s, cycle %d was not summarised: it was never opened. Let service.open run first."
              .formatted(campaignKey, cycle));
    }
    support.closeWindow(campaignKey, cycle, clock.instant());
    report
        .section(campaignKey, cycle)
        .ifPresent(
            section -> briefings.save("%s/%d/service".formatted(campaignKey, cycle), section));
    return support.summary(campaignKey, cycle);
  }
}
