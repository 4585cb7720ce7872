package io.channelwise.campaign;

import java.util.List;

/** What a domain needs of a campaign's data before the six steps can run; every bean is asked. */
public interface CampaignRequirement {

  /** One sentence for each thing missing; empty when all is there. */
  List<Text> missing(String campaignKey);
}
