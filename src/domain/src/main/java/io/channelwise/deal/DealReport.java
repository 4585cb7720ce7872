package io.channelwise.deal;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.ReportContributor;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The report's deal section, from the deals as they stand. Thread-safe. */
@Component
class DealReport implements ReportContributor {
  private final CampaignService campaigns;
  private final DealRepository deals;

  DealReport(CampaignService campaigns, DealRepository deals) {
    this.campaigns = campaigns;
    this.deals = deals;
  }

  @Override
  public int order() {
    return 30;
  }

  @Override
  public Optional<Briefing> section(String campaignKey, int cycle) {
    List<Deal> all = deals.list(campaignKey, cycle);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            DealSummary.of(campaigns.require(campaignKey), all, deals.reasons(campaignKey, cycle))
                .from(List.of(DealSources.cycle(campaignKey, cycle))));
  }
}
