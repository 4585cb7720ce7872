package io.channelwise.plan;

import io.channelwise.campaign.Text;

/** No search for plans has run in the cycle. */
public final class NoPlanSearchException extends IllegalStateException {
  private final transient Text reason;

  NoPlanSearchException(String campaignKey, int cycle) {
    this(
        new Text(
            "Campaign %s, cycle %d, has no plan search yet. Wait until the task Optimise plans has run."
                .formatted(campaignKey, cycle),
            "上市活动 %s 第 %d 轮尚未搜索方案。请等待任务“Optimise plans”完成。".formatted(campaignKey, cycle)));
  }

  private NoPlanSearchException(Text reason) {
    super(reason.en());
    this.reason = reason;
  }

  public Text reason() {
    return reason;
  }
}
