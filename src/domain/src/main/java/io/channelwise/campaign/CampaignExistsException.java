package io.channelwise.campaign;

/** A campaign with the key already exists; nothing was changed. */
public final class CampaignExistsException extends RuntimeException {
  private final String campaignKey;

  public CampaignExistsException(String campaignKey) {
    super(
        "Campaign %s already exists. Choose another key, or replace its data with PUT /api/campaigns/%s/data."
            .formatted(campaignKey, campaignKey));
    this.campaignKey = campaignKey;
  }

  public String campaignKey() {
    return campaignKey;
  }
}
