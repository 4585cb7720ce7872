package io.channelwise.channel;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ScoreRepository {
  private static final String UPSERT =
      """
      insert into channel_score (campaign_key, cycle, market, channel, kind, score, objective,
                                 attraction, reach, fixed_cost, revenue_share, scored_at)
      values (:campaignKey, :cycle, :market, :channel, :kind, :score, :objective,
              :attraction, :reach, :fixedCost, :revenueShare, :scoredAt)
      on conflict (campaign_key, cycle, market, channel) do update
        set kind = excluded.kind, score = excluded.score, objective = excluded.objective,
            attraction = excluded.attraction, reach = excluded.reach,
            fixed_cost = excluded.fixed_cost, revenue_share = excluded.revenue_share,
            scored_at = excluded.scored_at
      """;

  private static final String DELETE_OLDER =
      """
      delete from channel_score
       where campaign_key = :campaignKey
         and cycle = :cycle
         and market = :market
         and scored_at < :scoredAt
      """;

  private static final String LIST =
      """
      select channel, kind, score, objective, attraction, reach, fixed_cost, revenue_share
        from channel_score
       where campaign_key = :campaignKey
         and cycle = :cycle
         and market = :market
       order by score desc, channel
       limit 10000
      """;

  private final JdbcClient jdbc;

  ScoreRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In place of what was stored for the market before. */
  void replace(
      String campaignKey, int cycle, String market, List<ChannelScore> scores, Instant now) {
    for (ChannelScore score : scores) {
      jdbc.sql(UPSERT)
          .param("campaignKey", campaignKey)
          .param("cycle", cycle)
          .param("market", market)
          .param("channel", score.channel())
          .param("kind", score.kind())
          .param("score", score.score())
          .param("objective", score.objective())
          .param("attraction", score.attraction())
          .param("reach", score.reach())
          .param("fixedCost", score.fixedCost())
          .param("revenueShare", score.revenueShare())
          .param("scoredAt", now.atOffset(ZoneOffset.UTC))
          .update();
    }
    jdbc.sql(DELETE_OLDER)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("market", market)
        .param("scoredAt", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  List<ChannelScore> list(String campaignKey, int cycle, String market) {
    return jdbc.sql(LIST)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("market", market)
        .query(ChannelScore.class)
        .list();
  }
}
