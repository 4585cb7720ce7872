package io.channelwise.deal;

import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Sources;
import io.channelwise.campaign.Text;
import java.util.Map;

/** Deals as the inputs of figures. */
public final class DealSources {
  private DealSources() {}

  /** One deal: state, round, offer, limits, signed terms. */
  static Source deal(Deal deal) {
    return new Source(
        "deal/" + deal.id(),
        new Text(
            "Deal with %s, round %d".formatted(deal.channel(), deal.round()),
            "与“%s”的协议，第 %d 轮".formatted(deal.channel(), deal.round())),
        Sources.path("api", "deals", deal.id()));
  }

  /** All deals of a cycle. */
  public static Source cycle(String campaignKey, int cycle) {
    return new Source(
        "deals/%s/%d".formatted(campaignKey, cycle),
        new Text("Deals of cycle " + cycle, "第 %d 轮的合作协议".formatted(cycle)),
        Sources.path("api", "campaigns", campaignKey, "deals")
            + "?"
            + Sources.query(Map.of("cycle", Integer.toString(cycle))));
  }
}
