package io.channelwise.plan;

import io.channelwise.campaign.CampaignRequirement;
import io.channelwise.campaign.Text;
import io.channelwise.channel.Channel;
import io.channelwise.channel.ChannelService;
import io.channelwise.channel.EventService;
import io.channelwise.research.ResearchService;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Somewhere a business model must be possible: one market with survey answers, competitors and a
 * channel that serves it; and behaviour events, without which channels cannot be told apart.
 * Thread-safe.
 */
@Component
class MarketRequirement implements CampaignRequirement {
  private final ResearchService research;
  private final ChannelService channels;
  private final EventService events;

  MarketRequirement(ResearchService research, ChannelService channels, EventService events) {
    this.research = research;
    this.channels = channels;
    this.events = events;
  }

  @Override
  public List<Text> missing(String campaignKey) {
    List<Text> missing = new ArrayList<>();
    List<String> markets = research.markets(campaignKey);
    List<Channel> all = channels.channels(campaignKey);
    if (markets.isEmpty()) {
      missing.add(new Text("survey.csv has no rows: no market is known", "survey.csv 没有数据：没有已知市场"));
    }
    if (all.isEmpty()) {
      missing.add(
          new Text("channels.csv has no rows: no channel is known", "channels.csv 没有数据：没有已知渠道"));
    }
    if (!markets.isEmpty() && !all.isEmpty()) {
      missing.addAll(incomplete(campaignKey, markets, all));
    }
    if (events.totals(campaignKey, null, null, null).clicks() == 0) {
      missing.add(
          new Text(
              "no click is recorded: bring events.csv or post events",
              "没有点击记录：请提供 events.csv 或上报事件"));
    }
    return missing;
  }

  /** Empty as soon as one market has everything. */
  private List<Text> incomplete(String campaignKey, List<String> markets, List<Channel> all) {
    List<Text> missing = new ArrayList<>();
    for (String market : markets) {
      boolean competitors = !research.competitors(campaignKey, market).isEmpty();
      boolean served = all.stream().anyMatch(c -> c.serves(market));
      if (competitors && served) {
        return List.of();
      }
      if (!competitors) {
        missing.add(
            new Text(
                "market %s has no row in competitors.csv".formatted(market),
                "市场“%s”在 competitors.csv 中没有数据".formatted(market)));
      }
      if (!served) {
        missing.add(
            new Text(
                "market %s has no channel in channels.csv".formatted(market),
                "市场“%s”在 channels.csv 中没有渠道".formatted(market)));
      }
    }
    return missing;
  }
}
