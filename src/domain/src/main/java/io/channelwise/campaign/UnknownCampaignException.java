package io.channelwise.campaign;

/** No campaign has the key asked for. */
public final class UnknownCampaignException extends RuntimeException {
  private final String campaignKey;

  public UnknownCampaignException(String campaignKey) {
    super(
        "Campaign %s does not exist. Check the key, or create it with POST /api/campaigns."
            .formatted(campaignKey));
    this.campaignKey = campaignKey;
  }

  public String campaignKey() {
    return campaignKey;
  }
}
