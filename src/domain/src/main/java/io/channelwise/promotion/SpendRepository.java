package io.channelwise.promotion;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of messages sent, money released and results collected. */
@Repository
class SpendRepository {
  /** A rejected message is tried again when a newer allocation still wants the channel. */
  private static final String PLAN_DISPATCH =
      """
      insert into promotion_dispatch
        (campaign_key, cycle, channel, material, message_id, version, state)
      values (:campaignKey, :cycle, :channel, :material, :messageId, :version, 'pending')
      on conflict (campaign_key, cycle, channel, material) do update
         set state = 'pending', version = excluded.version, reason = null
       where promotion_dispatch.state = 'rejected'
         and promotion_dispatch.version < excluded.version
      """;

  private static final String DISPATCHES =
      """
      select channel, material, message_id, version, state, sent_at, sent_via, reason
        from promotion_dispatch
       where campaign_key = :campaignKey and cycle = :cycle
       order by channel, material
      """;

  private static final String FIRST_SENT =
      """
      select channel, material, min(sent_at) as sent_at
        from promotion_dispatch
       where campaign_key = :campaignKey and cycle <= :cycle and state = 'sent'
       group by channel, material
       order by channel, material
       limit 1000
      """;

  /** As it was sent the last time, where it went to several channels by the first one. */
  private static final String SENT_MATERIALS =
      """
      select distinct on (m.material) m.material, m.kind, m.channel, m.title, m.body
        from promotion_dispatch d
        join prepared_material m
          on m.campaign_key = d.campaign_key and m.cycle = d.cycle and m.channel = d.channel
         and m.material = d.material
       where d.campaign_key = :campaignKey and d.cycle <= :cycle and d.state = 'sent'
       order by m.material, m.cycle desc, m.channel
       limit 1000
      """;

  private static final String LAST_COLLECTED =
      """
      select max(collected_at)
        from promotion_collection
       where campaign_key = :campaignKey and cycle <= :cycle
      """;

  private static final String CLAIM =
      """
      update promotion_dispatch
         set state = 'sending', claim = :claim, claimed_at = :now
       where message_id = :messageId
         and (state = 'pending' or (state = 'sending' and claimed_at < :expired))
      """;

  private static final String STATE =
      "select state from promotion_dispatch where message_id = :messageId";

  private static final String SENT =
      """
      update promotion_dispatch
         set state = 'sent', sent_at = :now, sent_via = :via, claim = null
       where message_id = :messageId and state = 'sending' and claim = :claim
      """;

  private static final String REJECTED =
      """
      update promotion_dispatch
         set state = 'rejected', reason = :reason, claim = null
       where message_id = :messageId and state = 'sending' and claim = :claim
      """;

  private static final String RELEASE_CLAIM =
      """
      update promotion_dispatch
         set state = 'pending', claim = null, claimed_at = null
       where message_id = :messageId and state = 'sending' and claim = :claim
      """;

  private static final String SPEND =
      """
      insert into promotion_spend
        (campaign_key, cycle, channel, step, amount, spent_at, told_at)
      values
        (:campaignKey, :cycle, :channel, :step, :amount, :now,
         case when :step = 0 then cast(:now as timestamptz) end)
      on conflict do nothing
      """;

  private static final String ADD_SPENT =
      """
      update promotion
         set spent = spent + :amount, dispatched_at = coalesce(dispatched_at, :now)
       where campaign_key = :campaignKey and cycle = :cycle
      """;

  private static final String SPENT_BY_CHANNEL =
      """
      select channel, sum(amount) as amount
        from promotion_spend
       where campaign_key = :campaignKey and cycle = :cycle
       group by channel
       order by channel
      """;

  private static final String CLAIM_UNTOLD =
      """
      update promotion_spend
         set telling_since = :now
       where (campaign_key, cycle, channel, step) =
             (select campaign_key, cycle, channel, step
                from promotion_spend
               where campaign_key = :campaignKey and cycle = :cycle and told_at is null
                 and (telling_since is null or telling_since < :expired)
               order by step, channel
               limit 1
                 for update skip locked)
      returning channel, step, amount
      """;

  private static final String RELEASE_UNTOLD =
      """
      update promotion_spend
         set telling_since = null
       where campaign_key = :campaignKey and cycle = :cycle and channel = :channel and step = :step
         and told_at is null
      """;

  private static final String TOLD =
      """
      update promotion_spend
         set told_at = :now
       where campaign_key = :campaignKey and cycle = :cycle and channel = :channel and step = :step
      """;

  private static final String INSERT_COLLECTION =
      """
      insert into promotion_collection
        (campaign_key, cycle, step, request, clicks, conversions, revenue, spent, collected_at)
      values
        (:campaignKey, :cycle, :step, :request, :clicks, :conversions, :revenue, :spent, :now)
      """;

  private static final String COLLECTION =
      """
      select step, clicks, conversions, revenue, spent, collected_at
        from promotion_collection
       where campaign_key = :campaignKey and cycle = :cycle and request = :request
      """;

  private static final String COLLECTIONS =
      """
      select step, clicks, conversions, revenue, spent, collected_at
        from promotion_collection
       where campaign_key = :campaignKey and cycle = :cycle
       order by step
       limit 1000
      """;

  private static final String NEXT_STEP =
      """
      select coalesce(max(step), 0) + 1
        from promotion_collection
       where campaign_key = :campaignKey and cycle = :cycle
      """;

  private final JdbcClient jdbc;

  SpendRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A message; {@code sentAt}, {@code sentVia} null until sent, {@code reason} until rejected. */
  record Dispatch(
      String channel,
      String material,
      String messageId,
      int version,
      String state,
      Instant sentAt,
      String sentVia,
      String reason) {}

  /** Money a channel has got so far. */
  record Spent(String channel, BigDecimal amount) {}

  /** When a material first went to a channel. */
  record FirstSent(String channel, String material, Instant sentAt) {}

  /** What was sent in the cycles up to this one. */
  List<FirstSent> firstSent(String campaignKey, int cycle) {
    return cycle(FIRST_SENT, campaignKey, cycle)
        .query(
            (rs, row) ->
                new FirstSent(
                    rs.getString("channel"), rs.getString("material"), instant(rs, "sent_at")))
        .list();
  }

  /** The texts of what was sent in the cycles up to this one, one a name. */
  List<Material> sentMaterials(String campaignKey, int cycle) {
    return cycle(SENT_MATERIALS, campaignKey, cycle).query(Material.class).list();
  }

  /** When results were last collected in the cycles up to this one. */
  Optional<Instant> lastCollected(String campaignKey, int cycle) {
    return cycle(LAST_COLLECTED, campaignKey, cycle)
        .query((rs, row) -> Optional.ofNullable(instant(rs, "max")))
        .single();
  }

  void plan(
      String campaignKey, int cycle, String channel, String material, String id, int version) {
    cycle(PLAN_DISPATCH, campaignKey, cycle)
        .param("channel", channel)
        .param("material", material)
        .param("messageId", id)
        .param("version", version)
        .update();
  }

  List<Dispatch> dispatches(String campaignKey, int cycle) {
    return cycle(DISPATCHES, campaignKey, cycle)
        .query(
            (rs, row) ->
                new Dispatch(
                    rs.getString("channel"),
                    rs.getString("material"),
                    rs.getString("message_id"),
                    rs.getInt("version"),
                    rs.getString("state"),
                    instant(rs, "sent_at"),
                    rs.getString("sent_via"),
                    rs.getString("reason")))
        .list();
  }

  boolean claim(String messageId, UUID claim, Instant now, Instant expired) {
    return jdbc.sql(CLAIM)
            .param("messageId", messageId)
            .param("claim", claim)
            .param("now", utc(now))
            .param("expired", utc(expired))
            .update()
        == 1;
  }

  String state(String messageId) {
    return jdbc.sql(STATE).param("messageId", messageId).query(String.class).single();
  }

  boolean sent(String messageId, UUID claim, String via, Instant now) {
    return jdbc.sql(SENT)
            .param("messageId", messageId)
            .param("claim", claim)
            .param("via", via)
            .param("now", utc(now))
            .update()
        == 1;
  }

  void rejected(String messageId, UUID claim, String reason) {
    jdbc.sql(REJECTED)
        .param("messageId", messageId)
        .param("claim", claim)
        .param("reason", reason)
        .update();
  }

  void releaseClaim(String messageId, UUID claim) {
    jdbc.sql(RELEASE_CLAIM).param("messageId", messageId).param("claim", claim).update();
  }

  /** Releases money once for a channel and step; the promotion's row must be locked. */
  void spend(
      String campaignKey, int cycle, String channel, int step, BigDecimal amount, Instant now) {
    int inserted =
        cycle(SPEND, campaignKey, cycle)
            .param("channel", channel)
            .param("step", step)
            .param("amount", amount)
            .param("now", utc(now))
            .update();
    if (inserted == 1) {
      cycle(ADD_SPENT, campaignKey, cycle).param("amount", amount).param("now", utc(now)).update();
    }
  }

  List<Spent> spentByChannel(String campaignKey, int cycle) {
    return cycle(SPENT_BY_CHANNEL, campaignKey, cycle).query(Spent.class).list();
  }

  Optional<Release> claimUntold(String campaignKey, int cycle, Instant now, Instant expired) {
    return cycle(CLAIM_UNTOLD, campaignKey, cycle)
        .param("now", utc(now))
        .param("expired", utc(expired))
        .query(Release.class)
        .optional();
  }

  void releaseUntold(String campaignKey, int cycle, Release release) {
    cycle(RELEASE_UNTOLD, campaignKey, cycle)
        .param("channel", release.channel())
        .param("step", release.step())
        .update();
  }

  void told(String campaignKey, int cycle, Release release, Instant now) {
    cycle(TOLD, campaignKey, cycle)
        .param("channel", release.channel())
        .param("step", release.step())
        .param("now", utc(now))
        .update();
  }

  void insertCollection(String campaignKey, int cycle, String request, Results collection) {
    cycle(INSERT_COLLECTION, campaignKey, cycle)
        .param("step", collection.step())
        .param("request", request)
        .param("clicks", collection.clicks())
        .param("conversions", collection.conversions())
        .param("revenue", collection.revenue())
        .param("spent", collection.spent())
        .param("now", utc(collection.collectedAt()))
        .update();
  }

  Optional<Results> collection(String campaignKey, int cycle, String request) {
    return cycle(COLLECTION, campaignKey, cycle)
        .param("request", request)
        .query(SpendRepository::collection)
        .optional();
  }

  /** Number of the next collection; the promotion's row must be locked. */
  int nextStep(String campaignKey, int cycle) {
    return cycle(NEXT_STEP, campaignKey, cycle).query(Integer.class).single();
  }

  /** In order of the steps. */
  List<Results> collections(String campaignKey, int cycle) {
    return cycle(COLLECTIONS, campaignKey, cycle).query(SpendRepository::collection).list();
  }

  private static Results collection(ResultSet rs, int row) throws SQLException {
    return new Results(
        rs.getInt("step"),
        rs.getLong("clicks"),
        rs.getLong("conversions"),
        rs.getDouble("revenue"),
        rs.getBigDecimal("spent"),
        instant(rs, "collected_at"));
  }

  private JdbcClient.StatementSpec cycle(String sql, String campaignKey, int cycle) {
    return jdbc.sql(sql).param("campaignKey", campaignKey).param("cycle", cycle);
  }

  private static Instant instant(ResultSet rs, String column) throws SQLException {
    OffsetDateTime time = rs.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
