package io.channelwise.server.campaign;

import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.SourceFile;
import io.channelwise.server.security.Account;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Campaigns with their progress: what the endpoints and the pages ask for. Thread-safe. */
@Service
public class Campaigns {
  private final CampaignService campaigns;
  private final CampaignProcesses processes;
  private final CampaignHealing healing;
  private final ProgressReader progress;

  Campaigns(
      CampaignService campaigns,
      CampaignProcesses processes,
      CampaignHealing healing,
      ProgressReader progress) {
    this.campaigns = campaigns;
    this.processes = processes;
    this.healing = healing;
    this.progress = progress;
  }

  /**
   * One page of a list.
   *
   * @param page from 0
   * @param more whether a further page has entries
   */
  public record Page(List<CampaignView> items, int page, int size, boolean more) {}

  /** Stores campaign and data, all or nothing, then starts the process. */
  CampaignView create(NewCampaign newCampaign, List<SourceFile> files, Account user) {
    Campaign campaign = campaigns.create(newCampaign, files);
    try {
      processes.start(campaign, user);
    } catch (RuntimeException e) {
      // The data is committed: the process will be started as soon as the engine can.
      healing.later();
      throw e;
    }
    return view(campaign);
  }

  /** The newest campaigns first. */
  public Page page(int page, int size) {
    List<Campaign> found =
        campaigns.list((page + 1) * size + 1).stream().skip((long) page * size).toList();
    List<Campaign> shown = found.stream().limit(size).toList();
    Map<String, Progress> stand = progress.of(shown.stream().map(Campaign::key).toList());
    return new Page(
        shown.stream().map(c -> CampaignView.of(c, stand.get(c.key()))).toList(),
        page,
        size,
        found.size() > size);
  }

  /**
   * @throws io.channelwise.campaign.UnknownCampaignException when there is none
   */
  public CampaignView require(String key) {
    return view(campaigns.require(key));
  }

  private CampaignView view(Campaign campaign) {
    return CampaignView.of(campaign, progress.of(campaign.key()));
  }
}
