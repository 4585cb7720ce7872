package io.channelwise.support;

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

/** SQL of tickets and of the counts behind the surge rule. */
@Repository
class TicketRepository {
  /** Labels that a model gave or an agent wrote; before a release there are only the latter. */
  private static final String INTENTS =
      """
      select intent
        from ticket
       where campaign_key = :campaignKey and intent is not null and model_version <> 'none'
       union
      select corrected_intent
        from ticket
       where campaign_key = :campaignKey and corrected_intent is not null
       order by intent
       limit 50
      """;

  private static final String COLUMNS =
      """
      id, campaign_key, text, language, channel, customer, rating, state, priority, intent,
      sentiment, confidence, model_version, surge, answer, answered_by, material,
      corrected_intent, corrected_sentiment, opened_at, classified_at, answered_at,
      escalated_at, closed_at
      """;

  private static final String INSERT =
      """
      insert into ticket
        (id, campaign_key, text, language, channel, customer, rating, state, priority, opened_at)
      values
        (:id, :campaignKey, :text, :language, :channel, :customer, :rating, 'open', 'normal', :now)
      """;

  private static final String FIND = "select " + COLUMNS + " from ticket where id = :id";

  private static final String LOCK = FIND + " for update";

  private static final String LATEST =
      "select "
          + COLUMNS
          + " from ticket where campaign_key = :campaignKey order by opened_at desc, id limit :limit";

  private static final String CLOSED =
      "select "
          + COLUMNS
          + """
             from ticket
            where campaign_key = :campaignKey and state = 'closed'
            order by closed_at, id
            """;

  private static final String CLASSIFY =
      """
      update ticket
         set intent = :intent, sentiment = :sentiment, confidence = :confidence,
             model_version = :modelVersion, classified_at = :now, classified_no = :number,
             surge = :surge,
             state = case when state = 'open' then 'classified' else state end
       where id = :id and classified_at is null
      """;

  private static final String CORRECT =
      """
      update ticket
         set corrected_intent = coalesce(:intent, corrected_intent),
             corrected_sentiment = coalesce(:sentiment, corrected_sentiment)
       where id = :id
      """;

  private static final String ANSWER =
      """
      update ticket
         set answer = :answer, answered_by = :answeredBy, material = :material,
             answered_at = :now, state = 'answered'
       where id = :id and state in ('open', 'classified')
      """;

  private static final String ESCALATE =
      """
      update ticket
         set priority = 'urgent', escalated_at = :now
       where id = :id and escalated_at is null and state <> 'closed'
      """;

  private static final String CLOSE =
      """
      update ticket
         set state = 'closed', closed_at = :now
       where id = :id and state <> 'closed'
      """;

  private static final String START_WATCH =
      """
      insert into surge_watch (campaign_key, classified, negative)
      values (:campaignKey, 0, 0)
      on conflict do nothing
      """;

  private static final String LOCK_WATCH =
      """
      select classified, negative, last_surge_no
        from surge_watch
       where campaign_key = :campaignKey
         for update
      """;

  private static final String NEGATIVE_SINCE =
      """
      select count(*)
        from ticket
       where campaign_key = :campaignKey and classified_no > :after and sentiment = 'negative'
      """;

  private static final String UPDATE_WATCH =
      """
      update surge_watch
         set classified = :classified, negative = :negative, last_surge_no = :lastSurgeNo
       where campaign_key = :campaignKey
      """;

  private final JdbcClient jdbc;

  TicketRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The watch's counts before the ticket in hand. */
  record Watch(long classified, long negative, Long lastSurgeNo) {}

  void insert(UUID id, NewTicket ticket, String language, Instant now) {
    jdbc.sql(INSERT)
        .param("id", id)
        .param("campaignKey", ticket.campaignKey())
        .param("text", ticket.text())
        .param("language", language)
        .param("channel", ticket.channel())
        .param("customer", ticket.customer())
        .param("rating", ticket.rating())
        .param("now", utc(now))
        .update();
  }

  Optional<Ticket> find(UUID id) {
    return jdbc.sql(FIND).param("id", id).query(TicketRepository::ticket).optional();
  }

  Optional<Ticket> lock(UUID id) {
    return jdbc.sql(LOCK).param("id", id).query(TicketRepository::ticket).optional();
  }

  List<Ticket> latest(String campaignKey, int limit) {
    return jdbc.sql(LATEST)
        .param("campaignKey", campaignKey)
        .param("limit", limit)
        .query(TicketRepository::ticket)
        .list();
  }

  List<Ticket> closed(String campaignKey) {
    return jdbc.sql(CLOSED)
        .param("campaignKey", campaignKey)
        .query(TicketRepository::ticket)
        .list();
  }

  int classify(
      UUID id,
      String intent,
      String sentiment,
      double confidence,
      String modelVersion,
      long number,
      boolean surge,
      Instant now) {
    return jdbc.sql(CLASSIFY)
        .param("id", id)
        .param("intent", intent)
        .param("sentiment", sentiment)
        .param("confidence", confidence)
        .param("modelVersion", modelVersion)
        .param("number", number)
        .param("surge", surge)
        .param("now", utc(now))
        .update();
  }

  List<String> intents(String campaignKey) {
    return jdbc.sql(INTENTS).param("campaignKey", campaignKey).query(String.class).list();
  }

  void correct(UUID id, String intent, String sentiment) {
    jdbc.sql(CORRECT)
        .param("id", id)
        .param("intent", intent)
        .param("sentiment", sentiment)
        .update();
  }

  int answer(UUID id, String answer, String answeredBy, String material, Instant now) {
    return jdbc.sql(ANSWER)
        .param("id", id)
        .param("answer", answer)
        .param("answeredBy", answeredBy)
        .param("material", material)
        .param("now", utc(now))
        .update();
  }

  int escalate(UUID id, Instant now) {
    return jdbc.sql(ESCALATE).param("id", id).param("now", utc(now)).update();
  }

  int close(UUID id, Instant now) {
    return jdbc.sql(CLOSE).param("id", id).param("now", utc(now)).update();
  }

  /** The campaign's watch, created when absent, locked until the transaction ends. */
  Watch lockWatch(String campaignKey) {
    jdbc.sql(START_WATCH).param("campaignKey", campaignKey).update();
    return jdbc.sql(LOCK_WATCH)
        .param("campaignKey", campaignKey)
        .query(
            (rs, row) ->
                new Watch(
                    rs.getLong("classified"),
                    rs.getLong("negative"),
                    rs.getObject("last_surge_no", Long.class)))
        .single();
  }

  long negativeSince(String campaignKey, long after) {
    return jdbc.sql(NEGATIVE_SINCE)
        .param("campaignKey", campaignKey)
        .param("after", after)
        .query(Long.class)
        .single();
  }

  void updateWatch(String campaignKey, Watch watch) {
    jdbc.sql(UPDATE_WATCH)
        .param("campaignKey", campaignKey)
        .param("classified", watch.classified())
        .param("negative", watch.negative())
        .param("lastSurgeNo", watch.lastSurgeNo())
        .update();
  }

  private static Ticket ticket(ResultSet rs, int row) throws SQLException {
    return new Ticket(
        rs.getString("id"),
        rs.getString("campaign_key"),
        rs.getString("text"),
        rs.getString("language"),
        rs.getString("channel"),
        rs.getString("customer"),
        rs.getObject("rating", Integer.class),
        rs.getString("state"),
        rs.getString("priority"),
        rs.getString("intent"),
        rs.getString("sentiment"),
        rs.getObject("confidence", Double.class),
        rs.getString("model_version"),
        rs.getBoolean("surge"),
        rs.getString("answer"),
        rs.getString("answered_by"),
        rs.getString("material"),
        rs.getString("corrected_intent"),
        rs.getString("corrected_sentiment"),
        instant(rs, "opened_at"),
        instant(rs, "classified_at"),
        instant(rs, "answered_at"),
        instant(rs, "escalated_at"),
        instant(rs, "closed_at"));
  }

  private static Instant instant(ResultSet rs, String column) throws SQLException {
    OffsetDateTime time = rs.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
