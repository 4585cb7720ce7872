package io.channelwise.channel;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.ReportContributor;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The report's channel section: the scores on which the shortlist was decided. Thread-safe. */
@Component
class ChannelReport implements ReportContributor {
  private final BriefingService briefings;

  ChannelReport(BriefingService briefings) {
    this.briefings = briefings;
  }

  @Override
  public int order() {
    return 20;
  }

  @Override
  public Optional<Briefing> section(String campaignKey, int cycle) {
    return briefings.find(ChannelService.briefingId(campaignKey, cycle));
  }
}
