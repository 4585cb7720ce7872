package io.channelwise.research;

import io.channelwise.campaign.Text;

/** The markets of the cycle are not ranked yet. */
public final class NoRankingException extends IllegalStateException {
  private final transient Text reason;

  NoRankingException(String campaignKey, int cycle) {
    this(
        new Text(
            "Campaign %s, cycle %d, has no ranking of its markets yet. Wait until the task Score opportunity has run."
                .formatted(campaignKey, cycle),
            "上市活动 %s 第 %d 轮尚未对市场排名。请等待任务“Score opportunity”完成。".formatted(campaignKey, cycle)));
  }

  private NoRankingException(Text reason) {
    super(reason.en());
    this.reason = reason;
  }

  public Text reason() {
    return reason;
  }
}
