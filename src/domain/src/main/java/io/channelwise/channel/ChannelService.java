package io.channelwise.channel;

import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Channels of a campaign, their attraction and their scores. Thread-safe. */
@Service
public class ChannelService {
  private final CampaignService campaigns;
  private final ChannelRepository channels;
  private final EventRepository events;
  private final ScoreRepository scores;
  private final BriefingService briefings;
  private final Clock clock;

  ChannelService(
      CampaignService campaigns,
      ChannelRepository channels,
      EventRepository events,
      ScoreRepository scores,
      BriefingService briefings,
      Clock clock) {
    this.campaigns = campaigns;
    this.channels = channels;
    this.events = events;
    this.scores = scores;
    this.briefings = briefings;
    this.clock = clock;
  }

  /** All channels of the campaign by name; empty when it brought none. */
  public List<Channel> channels(String campaignKey) {
    return channels.list(campaignKey);
  }

  public Optional<Channel> channel(String campaignKey, String name) {
    return channels.find(campaignKey, name);
  }

  /** P(U), R(C,U) and J(C) from all clicks recorded so far. */
  public Attraction attraction(String campaignKey) {
    List<String> names = channels.list(campaignKey).stream().map(Channel::channel).toList();
    return AttractionFormula.of(names, events.clicks(campaignKey));
  }

  /**
   * Scores the channels of the market and those for any market, stores the scores in place of
   * earlier ones of the same cycle and market, and writes the briefing {@link #briefingId}.
   *
   * @return the best first; empty when no channel serves the market
   * @throws io.channelwise.campaign.UnknownCampaignException when there is no such campaign
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public List<ChannelScore> score(String campaignKey, int cycle, String targetMarket) {
    Campaign campaign = campaigns.require(campaignKey);
    List<Channel> candidates =
        channels.list(campaignKey).stream().filter(c -> c.serves(targetMarket)).toList();
    Attraction attraction = attraction(campaignKey);
    List<ChannelScore> scored = ScoreFormula.of(candidates, attraction);
    scores.replace(
        campaignKey, cycle, targetMarket, scored, clock.instant().truncatedTo(ChronoUnit.MICROS));
    briefings.save(
        briefingId(campaignKey, cycle),
        ScoreBriefing.of(campaign, targetMarket, scored, attraction));
    return scored;
  }

  /** The stored scores, the best first; empty when the market was not scored in the cycle. */
  public List<ChannelScore> scores(String campaignKey, int cycle, String targetMarket) {
    return scores.list(campaignKey, cycle, targetMarket);
  }

  /** Id of the briefing of the market scored last in the cycle. */
  public static String briefingId(String campaignKey, int cycle) {
    return campaignKey + "/" + cycle + "/channels";
  }
}
