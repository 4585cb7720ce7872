package io.channelwise.research;

import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the survey and the competitors' data say of a campaign's markets. Thread-safe.
 *
 * <p>Each analysis replaces the figures of its campaign and cycle, so a second run leaves what the
 * first one left.
 */
@Service
public class ResearchService {
  private final CampaignService campaigns;
  private final BriefingService briefings;
  private final ResearchDataRepository data;
  private final ResearchRepository figures;
  private final Clock clock;

  ResearchService(
      CampaignService campaigns,
      BriefingService briefings,
      ResearchDataRepository data,
      ResearchRepository figures,
      Clock clock) {
    this.campaigns = campaigns;
    this.briefings = briefings;
    this.data = data;
    this.figures = figures;
    this.clock = clock;
  }

  /** Id of the briefing for the choice of the target market. */
  public static String briefingId(String campaignKey, int cycle) {
    return campaignKey + "/" + cycle + "/" + ResearchPart.OPPORTUNITY.topic();
  }

  /** Markets with survey answers, in alphabetical order. */
  public List<String> markets(String campaignKey) {
    return data.markets(campaignKey);
  }

  /** Competitors of the market in its latest period, the largest share first. */
  public List<Competitor> competitors(String campaignKey, String market) {
    return data.latestCompetitors(campaignKey, market);
  }

  /** Need in the whole market; empty when nobody was asked there. */
  public Optional<Demand> demand(String campaignKey, String market) {
    return data.demand(campaignKey, market);
  }

  /** Prices named by those with the need; empty when nobody named one. */
  public Optional<WillingnessToPay> willingnessToPay(String campaignKey, String market) {
    return data.willingnessToPay(campaignKey, market);
  }

  /**
   * Need share, willingness to pay and pain points, a market and segment.
   *
   * @return answers used
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public long analyseDemand(String campaignKey, int cycle) {
    campaigns.require(campaignKey);
    figures.begin(campaignKey, cycle, ResearchPart.DEMAND, clock.instant());
    return figures.analyseDemand(campaignKey, cycle);
  }

  /**
   * Concentration, leader and prices of each market's latest period.
   *
   * @return different competitors
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public long analyseCompetition(String campaignKey, int cycle) {
    campaigns.require(campaignKey);
    figures.begin(campaignKey, cycle, ResearchPart.COMPETITION, clock.instant());
    return figures.analyseCompetition(campaignKey, cycle);
  }

  /**
   * Change over the periods of each market.
   *
   * @return different periods
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public long analyseTrend(String campaignKey, int cycle) {
    campaigns.require(campaignKey);
    figures.begin(campaignKey, cycle, ResearchPart.TREND, clock.instant());
    return figures.analyseTrend(campaignKey, cycle);
  }

  /**
   * Ranks the markets by {@link Opportunity} and writes the briefing for the person who decides.
   *
   * @param excluded markets that the person does not want
   * @return the best viable market; empty when there is none
   * @throws IllegalStateException when one of the other three analyses has not run in this cycle
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Optional<Opportunity> analyseOpportunity(
      String campaignKey, int cycle, Collection<String> excluded) {
    Campaign campaign = campaigns.require(campaignKey);
    requireParts(campaignKey, cycle);
    figures.begin(campaignKey, cycle, ResearchPart.OPPORTUNITY, clock.instant());
    figures.analyseOpportunity(campaignKey, cycle, excluded.stream().distinct().sorted().toList());
    List<Opportunity> ranked = figures.opportunities(campaignKey, cycle);
    Optional<Opportunity> best = ranked.stream().filter(Opportunity::viable).findFirst();
    briefings.save(
        briefingId(campaignKey, cycle),
        new ResearchBriefing(
                campaign,
                ranked,
                figures.demand(campaignKey, cycle),
                figures.painPoints(campaignKey, cycle),
                figures.competition(campaignKey, cycle),
                figures.trend(campaignKey, cycle),
                figures.trendPoints(campaignKey, cycle))
            .briefing());
    return best;
  }

  /** The markets of a cycle, the best first; empty before they were ranked. */
  public List<Opportunity> opportunities(String campaignKey, int cycle) {
    return figures.opportunities(campaignKey, cycle);
  }

  private void requireParts(String campaignKey, int cycle) {
    List<String> missing =
        new ArrayList<>(
            List.of(
                ResearchPart.DEMAND.text(),
                ResearchPart.COMPETITION.text(),
                ResearchPart.TREND.text()));
    missing.removeAll(figures.parts(campaignKey, cycle));
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "Opportunities of campaign %s, cycle %d, cannot be ranked: the analysis of %s has not run. Run research.%s first."
              .formatted(campaignKey, cycle, String.join(" and ", missing), missing.get(0)));
    }
  }
}
