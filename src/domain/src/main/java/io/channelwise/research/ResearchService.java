package io.channelwise.research;

import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.ImportService;
import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
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
  private final ImportService imports;
  private final ResearchDataRepository data;
  private final ResearchRepository figures;
  private final Clock clock;

  ResearchService(
      CampaignService campaigns,
      BriefingService briefings,
      ImportService imports,
      ResearchDataRepository data,
      ResearchRepository figures,
      Clock clock) {
    this.campaigns = campaigns;
    this.briefings = briefings;
    this.imports = imports;
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

  /**
   * What those with the need named, by segment, the most named first, ties by name; a segment whose
   * respondents named nothing, or who named no segment, is absent.
   */
  public Map<String, List<String>> painPoints(String campaignKey) {
    return SurveyCounts.painPointsBySegment(data.surveys(campaignKey));
  }

  /** Need in the whole market, weighted; empty when nobody was asked there. */
  public Optional<Demand> demand(String campaignKey, String market) {
    return DemandAnalysis.of(data.surveys(campaignKey))
        .market(market)
        .map(DemandFigures.Market::total);
  }

  /** Prices named by those with the need, weighted; empty when nobody named one. */
  public Optional<WillingnessToPay> willingnessToPay(String campaignKey, String market) {
    return data.surveys(campaignKey).stream()
        .filter(survey -> survey.market().equals(market))
        .findFirst()
        .flatMap(s -> DemandCurveFit.willingness(SegmentWeights.of(s), s.prices()));
  }

  /**
   * Need, pain points and demand curve, a market and segment.
   *
   * @return answers used
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public long analyseDemand(String campaignKey, int cycle) {
    campaigns.require(campaignKey);
    figures.begin(campaignKey, cycle, ResearchPart.DEMAND, clock.instant());
    DemandFigures demand = DemandAnalysis.of(data.surveys(campaignKey));
    figures.save(campaignKey, cycle, ResearchPart.DEMAND, demand);
    return demand.respondents();
  }

  /**
   * Shares, concentration, momentum, strengths and weaknesses of each market's competitors.
   *
   * @return different competitors
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public long analyseCompetition(String campaignKey, int cycle) {
    campaigns.require(campaignKey);
    figures.begin(campaignKey, cycle, ResearchPart.COMPETITION, clock.instant());
    CompetitionFigures competition = CompetitionAnalysis.of(data.histories(campaignKey));
    figures.save(campaignKey, cycle, ResearchPart.COMPETITION, competition);
    return competition.competitors();
  }

  /**
   * Change over the periods of each market, and where it leads; too short a series is no error but
   * a sentence among the figures.
   *
   * @return different periods
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public long analyseTrend(String campaignKey, int cycle) {
    campaigns.require(campaignKey);
    figures.begin(campaignKey, cycle, ResearchPart.TREND, clock.instant());
    TrendFigures trend = TrendAnalysis.of(data.histories(campaignKey));
    figures.save(campaignKey, cycle, ResearchPart.TREND, trend);
    return trend.periods();
  }

  /**
   * Ranks the markets by {@link Opportunity} and writes the briefing for the person who decides.
   *
   * @param excluded markets that the person does not want
   * @param chosen weights that the person wants; null for the campaign's own or the default
   * @return the best viable market; empty when there is none
   * @throws IllegalStateException when one of the other three analyses has not run in this cycle
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Optional<Opportunity> analyseOpportunity(
      String campaignKey, int cycle, Collection<String> excluded, OpportunityWeights chosen) {
    Campaign campaign = campaigns.require(campaignKey);
    requireParts(campaignKey, cycle);
    figures.begin(campaignKey, cycle, ResearchPart.OPPORTUNITY, clock.instant());
    OpportunityFigures opportunity =
        figures(campaign, markets(campaignKey, cycle), chosen, excluded);
    figures.save(campaignKey, cycle, ResearchPart.OPPORTUNITY, opportunity);
    briefings.save(
        briefingId(campaignKey, cycle),
        new ResearchBriefing(
                campaign,
                opportunity,
                demandOf(campaignKey, cycle),
                competitionOf(campaignKey, cycle),
                trendOf(campaignKey, cycle),
                imports.imports(campaignKey))
            .briefing());
    return opportunity.best();
  }

  /** The markets of a cycle, the best first; empty before they were ranked. */
  public List<Opportunity> opportunities(String campaignKey, int cycle) {
    return figures
        .find(campaignKey, cycle, ResearchPart.OPPORTUNITY, OpportunityFigures.class)
        .map(OpportunityFigures::ranked)
        .orElse(List.of());
  }

  /** The last cycle in which markets were ranked; empty before the first. */
  public Optional<Integer> latestRanking(String campaignKey) {
    return figures.latestCycle(campaignKey, ResearchPart.OPPORTUNITY);
  }

  /**
   * The stored ranking of a cycle.
   *
   * @throws NoRankingException before the markets were ranked
   */
  public OpportunityBoard board(String campaignKey, int cycle) {
    Campaign campaign = campaigns.require(campaignKey);
    return OpportunityBoard.of(
        campaignKey,
        cycle,
        ranking(campaignKey, cycle),
        OpportunityWeights.of(campaign.settings()));
  }

  /**
   * How the markets would rank with other weights, by the stored parts of their scores; stores
   * nothing. An analysis with the same weights gives the same figures.
   *
   * @param excluded markets that the person does not want
   * @throws NoRankingException before the markets were ranked
   */
  public OpportunityBoard weigh(
      String campaignKey, int cycle, OpportunityWeights weights, Collection<String> excluded) {
    Campaign campaign = campaigns.require(campaignKey);
    OpportunityFigures stored = ranking(campaignKey, cycle);
    List<Opportunity> markets =
        stored.canBeWeighedAnew() ? stored.ranked() : markets(campaignKey, cycle);
    return OpportunityBoard.of(
        campaignKey,
        cycle,
        figures(campaign, markets, weights, excluded),
        OpportunityWeights.of(campaign.settings()));
  }

  private OpportunityFigures ranking(String campaignKey, int cycle) {
    return figures
        .find(campaignKey, cycle, ResearchPart.OPPORTUNITY, OpportunityFigures.class)
        .orElseThrow(() -> new NoRankingException(campaignKey, cycle));
  }

  /** Weights that equal the usual ones are nobody's choice. */
  private static OpportunityFigures figures(
      Campaign campaign,
      Collection<Opportunity> markets,
      OpportunityWeights chosen,
      Collection<String> excluded) {
    OpportunityWeights usual = OpportunityWeights.of(campaign.settings());
    boolean own = campaign.settings().opportunityWeights() != null;
    return chosen == null || chosen.equals(usual)
        ? OpportunityFigures.of(
            usual, own ? WeightsOwner.CAMPAIGN : WeightsOwner.DEFAULT, markets, excluded)
        : OpportunityFigures.of(chosen, WeightsOwner.PERSON, markets, excluded);
  }

  private List<Opportunity> markets(String campaignKey, int cycle) {
    return new OpportunityAnalysis(
            demandOf(campaignKey, cycle),
            competitionOf(campaignKey, cycle),
            trendOf(campaignKey, cycle),
            data.surveys(campaignKey).stream()
                .collect(Collectors.toMap(SurveyCounts::market, Function.identity())))
        .markets();
  }

  // The release before this one stored no document; its campaigns must not stand still.

  private DemandFigures demandOf(String campaignKey, int cycle) {
    return figures
        .find(campaignKey, cycle, ResearchPart.DEMAND, DemandFigures.class)
        .orElseGet(() -> DemandAnalysis.of(data.surveys(campaignKey)));
  }

  private CompetitionFigures competitionOf(String campaignKey, int cycle) {
    return figures
        .find(campaignKey, cycle, ResearchPart.COMPETITION, CompetitionFigures.class)
        .orElseGet(() -> CompetitionAnalysis.of(data.histories(campaignKey)));
  }

  private TrendFigures trendOf(String campaignKey, int cycle) {
    return figures
        .find(campaignKey, cycle, ResearchPart.TREND, TrendFigures.class)
        .orElseGet(() -> TrendAnalysis.of(data.histories(campaignKey)));
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
