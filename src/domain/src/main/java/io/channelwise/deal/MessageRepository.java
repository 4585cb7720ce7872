package io.channelwise.deal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class MessageRepository {
  private static final String CLAIM =
      """
      insert into deal_message (message_id, deal_id, round, kind, claimed_until)
      values (:messageId, :dealId, :round, :kind, :until)
      on conflict (message_id) do update
        set claimed_until = excluded.claimed_until
      where deal_message.sent_at is null
        and (deal_message.claimed_until is null or deal_message.claimed_until <= :now)
      """;

  private static final String FIND =
      """
      select message_id, claimed_until, sent_at, sent_via
        from deal_message
       where message_id = :messageId
      """;

  private static final String RELEASE =
      """
      update deal_message
         set claimed_until = null
       where message_id = :messageId
         and sent_at is null
      """;

  private static final String CONFIRM =
      """
      update deal_message
         set sent_at = :now, sent_via = :via, claimed_until = null
       where message_id = :messageId
         and sent_at is null
      """;

  private static final String FORGET =
      """
      delete from deal_message
       where message_id = :messageId
         and sent_at is null
      """;

  /**
   * An attempt that was not confirmed may have arrived all the same; only a refusal is forgotten.
   */
  private static final String MAY_HAVE_OFFER =
      """
      select exists (
        select 1
          from deal_message
         where deal_id = :dealId
           and kind = 'offer')
      """;

  /** State of a message. */
  record Message(String messageId, Instant claimedUntil, Instant sentAt, String sentVia) {}

  private final JdbcClient jdbc;

  MessageRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  boolean claim(
      String messageId, String dealId, int round, MessageKind kind, Instant now, Instant until) {
    return jdbc.sql(CLAIM)
            .param("messageId", messageId)
            .param("dealId", dealId)
            .param("round", round)
            .param("kind", kind.text())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("until", until.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  Optional<Message> find(String messageId) {
    return jdbc.sql(FIND)
        .param("messageId", messageId)
        .query(
            (row, number) ->
                new Message(
                    row.getString("message_id"),
                    instant(row.getObject("claimed_until", OffsetDateTime.class)),
                    instant(row.getObject("sent_at", OffsetDateTime.class)),
                    row.getString("sent_via")))
        .optional();
  }

  private static Instant instant(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  void release(String messageId) {
    jdbc.sql(RELEASE).param("messageId", messageId).update();
  }

  void forget(String messageId) {
    jdbc.sql(FORGET).param("messageId", messageId).update();
  }

  boolean confirm(String messageId, String via, Instant now) {
    return jdbc.sql(CONFIRM)
            .param("messageId", messageId)
            .param("via", via)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  boolean partnerMayHaveOffer(String dealId) {
    return jdbc.sql(MAY_HAVE_OFFER).param("dealId", dealId).query(Boolean.class).single();
  }
}
