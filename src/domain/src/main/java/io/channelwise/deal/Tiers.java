package io.channelwise.deal;

import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Text;
import io.channelwise.channel.Channel;
import io.channelwise.negotiation.ResaleChain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tiers that a channel's sales go through, by {@code parent} of channels.csv. Above the channel
 * the listed shares count: those tiers have deals of their own, which may still be open.
 */
final class Tiers {
  private Tiers() {}

  /**
   * @param all channels of the campaign
   * @param share that the channel itself keeps
   */
  static ResaleChain above(Channel channel, double share, List<Channel> all) {
    Map<String, String> parents = new HashMap<>();
    Map<String, Double> margins = new HashMap<>();
    for (Channel other : all) {
      margins.put(other.channel(), other.revenueShare());
      if (other.parent() != null) {
        parents.put(other.channel(), other.parent());
      }
    }
    margins.put(channel.channel(), share);
    return ResaleChain.of(channel.channel(), parents, margins);
  }

  /**
   * Who keeps what of the revenue that customers pay.
   *
   * @param paid expected of customers
   */
  static Table table(ResaleChain chain, double paid, String money) {
    List<List<Object>> rows = new ArrayList<>();
    List<Double> kept = chain.kept();
    for (int i = 0; i < kept.size(); i++) {
      ResaleChain.Tier tier = chain.tiers().get(i);
      rows.add(List.of(tier.channel(), tier.margin(), kept.get(i), kept.get(i) * paid));
    }
    rows.add(List.of(new Text("Us", "我方"), "", chain.reachesUs(), chain.reachesUs() * paid));
    return new Table(
        new Text("Tiers of resale, from the customer up", "分销层级（自客户向上）"),
        List.of(
            new Text("Channel", "渠道"),
            new Text("Margin of what it gets", "所得利润率"),
            new Text("Share of the price", "占售价比例"),
            new Text("Expected (%s)".formatted(money), "预计金额（%s）".formatted(money))),
        rows);
  }
}
