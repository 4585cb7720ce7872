package io.channelwise.channel;

import io.channelwise.allocation.Saturation;
import io.channelwise.allocation.SaturationFit;
import io.channelwise.attribution.Attribution;
import io.channelwise.attribution.AttributionSettings;
import io.channelwise.attribution.Attributor;
import io.channelwise.attribution.Paths;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.ImportService;
import io.channelwise.campaign.Methods;
import io.channelwise.channel.AttractionFormula.Clicks;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.SegmentProbabilities;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Channels of a campaign, their attraction and their scores. Thread-safe. */
@Service
public class ChannelService {
  private final CampaignService campaigns;
  private final ChannelRepository channels;
  private final EventRepository events;
  private final PathRepository paths;
  private final ScoreRepository scores;
  private final ModelRegistry models;
  private final BriefingService briefings;
  private final ImportService imports;
  private final EventService recorded;
  private final Clock clock;

  ChannelService(
      CampaignService campaigns,
      ChannelRepository channels,
      EventRepository events,
      PathRepository paths,
      ScoreRepository scores,
      ModelRegistry models,
      BriefingService briefings,
      ImportService imports,
      EventService recorded,
      Clock clock) {
    this.campaigns = campaigns;
    this.channels = channels;
    this.events = events;
    this.paths = paths;
    this.scores = scores;
    this.models = models;
    this.briefings = briefings;
    this.imports = imports;
    this.recorded = recorded;
    this.clock = clock;
  }

  /** All channels of the campaign by name; empty when it brought none. */
  public List<Channel> channels(String campaignKey) {
    return channels.list(campaignKey);
  }

  public Optional<Channel> channel(String campaignKey, String name) {
    return channels.find(campaignKey, name);
  }

  /**
   * R(C,U) and J(C) from all clicks recorded so far. P(U) is the mean purchase probability of each
   * segment by the newest released version that learned from this campaign's users; a segment that
   * it has not met counts as the mean of all. Before there is one, P(U) is the segment's share of
   * the clicks.
   */
  public Attraction attraction(String campaignKey) {
    List<String> names = names(campaignKey);
    List<Clicks> clicks = events.clicks(campaignKey);
    return models
        .segmentProbabilities(campaignKey)
        .map(
            known -> AttractionFormula.of(names, clicks, weights(known, names, clicks)).with(known))
        .orElseGet(() -> AttractionFormula.of(names, clicks));
  }

  private static Map<String, Double> weights(
      SegmentProbabilities known, List<String> names, List<Clicks> clicks) {
    Map<String, Double> weights = new TreeMap<>(known.bySegment());
    clicks.stream()
        .filter(c -> names.contains(c.channel()))
        .forEach(c -> weights.putIfAbsent(c.segment(), known.ofAll()));
    return weights;
  }

  /**
   * R(C,U) and J(C) as of {@link #attraction(String)}, with weights P(U) from elsewhere.
   *
   * @param weights above 0 up to a factor, by segment; others are left out
   * @throws IllegalArgumentException when a weight is not a number above 0
   */
  public Attraction attraction(String campaignKey, Map<String, Double> weights) {
    return AttractionFormula.of(names(campaignKey), events.clicks(campaignKey), weights);
  }

  /** Which channels earned the purchases recorded so far, with the usual settings. */
  @Transactional(value = DomainConfiguration.DOMAIN_TRANSACTIONS, readOnly = true)
  public Attribution attribution(String campaignKey) {
    return attribution(campaignKey, AttributionSettings.DEFAULT);
  }

  /** Which channels earned the purchases recorded so far. */
  @Transactional(value = DomainConfiguration.DOMAIN_TRANSACTIONS, readOnly = true)
  public Attribution attribution(String campaignKey, AttributionSettings settings) {
    Paths taken = paths.paths(campaignKey, names(campaignKey));
    return Attributor.attribute(taken, settings);
  }

  /** What a share of a budget does for a segment through a channel; for allocations. */
  @Transactional(value = DomainConfiguration.DOMAIN_TRANSACTIONS, readOnly = true)
  public ChannelEffects effects(String campaignKey) {
    return ChannelEffects.of(attraction(campaignKey), attribution(campaignKey));
  }

  /**
   * Whether each channel saturates: as {@code channels.csv} says, per cycle, else as estimated from
   * the days recorded so far, per day ({@link SaturationFit}).
   */
  public SortedMap<String, Saturation> saturation(String campaignKey) {
    SpendDays days = new SpendDays();
    events.spendDays(campaignKey).forEach(days::add);
    Map<String, Double> given = new TreeMap<>();
    channels.list(campaignKey).stream()
        .filter(c -> c.halfSaturation() != null)
        .forEach(c -> given.put(c.channel(), c.halfSaturation()));
    return days.saturation(names(campaignKey), given);
  }

  private List<String> names(String campaignKey) {
    return channels.list(campaignKey).stream().map(Channel::channel).toList();
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
        ScoreBriefing.of(campaign, targetMarket, scored, attraction, attribution(campaignKey))
            .from(sources(campaignKey, attraction)));
    return scored;
  }

  private List<Source> sources(String campaignKey, Attraction attraction) {
    List<Source> sources = new ArrayList<>(imports.sources(campaignKey, "channels"));
    sources.add(recorded.source(campaignKey, null, null));
    if (attraction.purchases() != null) {
      sources.add(attraction.purchases().source());
    }
    sources.addAll(List.of(Methods.WEIGHTED_SUM, Methods.ATTRACTION, Methods.ATTRIBUTION));
    return sources;
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
