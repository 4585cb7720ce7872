package io.channelwise.campaign;

import java.util.List;
import org.springframework.stereotype.Service;

/** Tells whether a campaign has what its six steps need. Thread-safe. */
@Service
public class ReadinessService {
  private final List<CampaignRequirement> requirements;

  ReadinessService(List<CampaignRequirement> requirements) {
    this.requirements = List.copyOf(requirements);
  }

  /** One sentence for each thing missing; empty when the campaign can start. */
  public List<Text> missing(String campaignKey) {
    return requirements.stream().flatMap(r -> r.missing(campaignKey).stream()).toList();
  }
}
