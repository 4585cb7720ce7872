package io.channelwise.research;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The figures of a cycle; the statements that make them stand in {@link ResearchSql}. */
@Repository
class ResearchRepository {
  private static final String DEMAND =
      """
      select market, segment, respondents, needing, need_share, need_low, need_high,
             willingness_to_pay
        from research_demand
       where campaign_key = :campaignKey
         and cycle = :cycle
       order by market, segment
       limit 10000
      """;

  private static final String PAIN_POINTS =
      """
      select market, rank, pain_point, mentions, share
        from research_pain_point
       where campaign_key = :campaignKey
         and cycle = :cycle
       order by market, rank
       limit 10000
      """;

  private static final String COMPETITION =
      """
      select market, period, competitors, concentration, share_sum, leader, leader_share,
             price_mean, price_min, price_max
        from research_competition
       where campaign_key = :campaignKey
         and cycle = :cycle
       order by market
       limit 10000
      """;

  private static final String TREND =
      """
      select market, periods, growth, price_growth, leader_share_change
        from research_trend
       where campaign_key = :campaignKey
         and cycle = :cycle
       order by market
       limit 10000
      """;

  private static final String TREND_POINTS =
      """
      select market, period, competitors, effective_competitors, leader_share, price_mean
        from research_trend_point
       where campaign_key = :campaignKey
         and cycle = :cycle
       order by market, period_start, period
       limit 10000
      """;

  private static final String OPPORTUNITIES =
      """
      select market, rank, demand_share, concentration, growth, need_part, room_part, growth_part,
             payment_part, score, excluded, viable
        from research_opportunity
       where campaign_key = :campaignKey
         and cycle = :cycle
       order by rank
       limit 10000
      """;

  private static final String PARTS =
      """
      select part
        from research_part
       where campaign_key = :campaignKey
         and cycle = :cycle
       order by part
      """;

  private final JdbcClient jdbc;

  ResearchRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private StatementSpec statement(String sql, String campaignKey, int cycle) {
    return jdbc.sql(sql).param("campaignKey", campaignKey).param("cycle", cycle);
  }

  void begin(String campaignKey, int cycle, ResearchPart part, Instant now) {
    statement(ResearchSql.UPSERT_PART, campaignKey, cycle)
        .param("part", part.text())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  List<String> parts(String campaignKey, int cycle) {
    return statement(PARTS, campaignKey, cycle).query(String.class).list();
  }

  long analyseDemand(String campaignKey, int cycle) {
    statement(ResearchSql.DELETE_DEMAND, campaignKey, cycle).update();
    statement(ResearchSql.INSERT_DEMAND, campaignKey, cycle).update();
    statement(ResearchSql.DELETE_PAIN_POINTS, campaignKey, cycle).update();
    statement(ResearchSql.INSERT_PAIN_POINTS, campaignKey, cycle).update();
    return count(ResearchSql.RESPONDENTS, campaignKey);
  }

  long analyseCompetition(String campaignKey, int cycle) {
    statement(ResearchSql.DELETE_COMPETITION, campaignKey, cycle).update();
    statement(ResearchSql.INSERT_COMPETITION, campaignKey, cycle).update();
    return count(ResearchSql.COMPETITORS, campaignKey);
  }

  long analyseTrend(String campaignKey, int cycle) {
    statement(ResearchSql.DELETE_TREND_POINTS, campaignKey, cycle).update();
    statement(ResearchSql.INSERT_TREND_POINTS, campaignKey, cycle).update();
    statement(ResearchSql.DELETE_TREND, campaignKey, cycle).update();
    statement(ResearchSql.INSERT_TREND, campaignKey, cycle).update();
    return count(ResearchSql.PERIODS, campaignKey);
  }

  void analyseOpportunity(String campaignKey, int cycle, List<String> excluded) {
    statement(ResearchSql.DELETE_OPPORTUNITY, campaignKey, cycle).update();
    statement(ResearchSql.INSERT_OPPORTUNITY, campaignKey, cycle)
        .param("excluded", excluded.toArray(new String[0]))
        .param("needWeight", Opportunity.NEED_WEIGHT)
        .param("roomWeight", Opportunity.ROOM_WEIGHT)
        .param("growthWeight", Opportunity.GROWTH_WEIGHT)
        .param("paymentWeight", Opportunity.PAYMENT_WEIGHT)
        .update();
  }

  private long count(String sql, String campaignKey) {
    return jdbc.sql(sql).param("campaignKey", campaignKey).query(Long.class).single();
  }

  List<Demand> demand(String campaignKey, int cycle) {
    return statement(DEMAND, campaignKey, cycle).query(ResearchDataRepository.DEMAND_ROW).list();
  }

  List<PainPoint> painPoints(String campaignKey, int cycle) {
    return statement(PAIN_POINTS, campaignKey, cycle).query(PainPoint.class).list();
  }

  List<Competition> competition(String campaignKey, int cycle) {
    return statement(COMPETITION, campaignKey, cycle).query(Competition.class).list();
  }

  List<Trend> trend(String campaignKey, int cycle) {
    return statement(TREND, campaignKey, cycle).query(Trend.class).list();
  }

  List<TrendPoint> trendPoints(String campaignKey, int cycle) {
    return statement(TREND_POINTS, campaignKey, cycle).query(TrendPoint.class).list();
  }

  List<Opportunity> opportunities(String campaignKey, int cycle) {
    return statement(OPPORTUNITIES, campaignKey, cycle).query(Opportunity.class).list();
  }
}
