package io.channelwise.research;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.ReportContributor;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Step 1 in the report: the briefing that the target market was chosen by. Thread-safe. */
@Component
class ResearchReport implements ReportContributor {
  private final BriefingService briefings;

  ResearchReport(BriefingService briefings) {
    this.briefings = briefings;
  }

  @Override
  public int order() {
    return 10;
  }

  @Override
  public Optional<Briefing> section(String campaignKey, int cycle) {
    return briefings.find(ResearchService.briefingId(campaignKey, cycle));
  }
}
