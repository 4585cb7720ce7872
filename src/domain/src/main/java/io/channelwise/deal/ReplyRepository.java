package io.channelwise.deal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ReplyRepository {
  private static final String INSERT =
      """
      insert into deal_reply (deal_id, round, outcome, revenue_share, fixed_fee, source,
                              recorded_at)
      values (:dealId, :round, :outcome, :revenueShare, :fixedFee, :source, :recordedAt)
      on conflict (deal_id, round) do nothing
      """;

  private static final String FIND =
      """
      select r.deal_id, d.campaign_key, r.round, r.outcome, r.revenue_share, r.fixed_fee, r.source,
             r.recorded_at, r.correlated_at
        from deal_reply r
        join deal d on d.deal_id = r.deal_id
       where r.deal_id = :dealId
         and r.round = :round
      """;

  private static final String PENDING =
      """
      select r.deal_id, d.campaign_key, r.round, r.outcome, r.revenue_share, r.fixed_fee, r.source,
             r.recorded_at, r.correlated_at
        from deal_reply r
        join deal d on d.deal_id = r.deal_id and d.round = r.round
       where r.correlated_at is null
         and r.refused is null
         and d.state not in ('signed', 'withdrawn')
       order by r.recorded_at, r.deal_id
       limit 100
      """;

  private static final String MARK_CORRELATED =
      """
      update deal_reply
         set correlated_at = :now
       where deal_id = :dealId
         and round = :round
         and correlated_at is null
      """;

  private static final String MARK_REFUSED =
      """
      update deal_reply
         set refused = :reason
       where deal_id = :dealId
         and round = :round
         and correlated_at is null
      """;

  private final JdbcClient jdbc;

  ReplyRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** False when the round has an answer already. */
  boolean insertIfNew(
      String dealId,
      int round,
      ReplyOutcome outcome,
      Terms terms,
      ReplySource source,
      Instant now) {
    return jdbc.sql(INSERT)
            .param("dealId", dealId)
            .param("round", round)
            .param("outcome", outcome.text())
            .param("revenueShare", terms.revenueShare())
            .param("fixedFee", terms.fixedFee())
            .param("source", source.text())
            .param("recordedAt", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  Optional<DealReply> find(String dealId, int round) {
    return jdbc.sql(FIND)
        .param("dealId", dealId)
        .param("round", round)
        .query(ReplyRepository::reply)
        .optional();
  }

  List<DealReply> pending() {
    return jdbc.sql(PENDING).query(ReplyRepository::reply).list();
  }

  boolean markCorrelated(String dealId, int round, Instant now) {
    return jdbc.sql(MARK_CORRELATED)
            .param("dealId", dealId)
            .param("round", round)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  void markRefused(String dealId, int round, String reason) {
    jdbc.sql(MARK_REFUSED)
        .param("dealId", dealId)
        .param("round", round)
        .param("reason", reason)
        .update();
  }

  private static DealReply reply(ResultSet row, int number) throws SQLException {
    OffsetDateTime correlatedAt = row.getObject("correlated_at", OffsetDateTime.class);
    return new DealReply(
        row.getString("deal_id"),
        row.getString("campaign_key"),
        row.getInt("round"),
        ReplyOutcome.of(row.getString("outcome")),
        new Terms(row.getDouble("revenue_share"), row.getDouble("fixed_fee")),
        ReplySource.of(row.getString("source")),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        correlatedAt == null ? null : correlatedAt.toInstant());
  }
}
