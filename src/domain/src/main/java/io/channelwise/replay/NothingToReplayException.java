package io.channelwise.replay;

import io.channelwise.campaign.Text;

/** The cycle has recorded neither a plan nor a sharing of its budget. */
public final class NothingToReplayException extends IllegalStateException {
  private final transient Text reason;

  NothingToReplayException(String campaignKey, int cycle) {
    this(
        new Text(
            "Campaign %s, cycle %d, has recorded neither a plan nor a sharing of its budget. Replay a cycle in which plans were searched or the promotion budget was shared out."
                .formatted(campaignKey, cycle),
            "上市活动 %s 第 %d 轮既没有方案记录，也没有预算分配记录。请重放已搜索方案或已分配推广预算的轮次。".formatted(campaignKey, cycle)));
  }

  private NothingToReplayException(Text reason) {
    super(reason.en());
    this.reason = reason;
  }

  public Text reason() {
    return reason;
  }
}
