package io.channelwise.channel;

import io.channelwise.channel.AttractionFormula.Clicks;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.stereotype.Repository;

@Repository
class EventRepository {
  private static final int BUFFER_CHARS = 65_536;

  private static final String CLICKS =
      """
      select channel, segment, events as count
        from event_count
       where campaign_key = :campaignKey
         and type = 'click'
       order by channel, segment
      """;

  private static final String TOTALS =
      """
      select count(*) filter (where type = 'view') as views,
             count(*) filter (where type = 'click') as clicks,
             count(*) filter (where type = 'purchase') as purchases,
             coalesce(sum(revenue), 0) as revenue,
             coalesce(sum(cost), 0) as cost
        from event
       where campaign_key = :campaignKey
         and (cast(:channel as text) is null or channel = :channel)
         and occurred_at >= coalesce(cast(:from as timestamptz), '-infinity')
         and occurred_at < coalesce(cast(:to as timestamptz), 'infinity')
      """;

  private static final String COUNTS =
      """
      select channel, segment, type, count(*) as events, sum(revenue) as revenue, sum(cost) as cost
        from event
       where campaign_key = :campaignKey
         and occurred_at >= coalesce(cast(:from as timestamptz), '-infinity')
         and occurred_at < coalesce(cast(:to as timestamptz), 'infinity')
       group by channel, segment, type
       order by channel, segment, type
       limit 100000
      """;

  private static final String REACTIONS =
      """
      select segment,
             count(*) filter (where type = 'view') as views,
             count(*) filter (where type = 'click') as clicks
        from event
       where campaign_key = :campaignKey
         and channel = :channel
         and occurred_at >= :from
         and occurred_at < :to
       group by segment
       order by segment
      """;

  private static final String RECORDED =
      """
      select coalesce(sum(events), 0)
        from event_count
       where campaign_key = :campaignKey
      """;

  // In UTC, whatever the session's time zone.
  private static final String SPEND_DAYS =
      """
      select channel, (occurred_at at time zone 'UTC')::date as day, sum(cost) as spend,
             count(*) filter (where type = 'click') as clicks
        from event
       where campaign_key = :campaignKey
       group by channel, day
       order by channel, day
      """;

  private static final String CREATE_STAGING =
      """
      create temporary table event_staging (
        event_id    text not null,
        user_ref    text not null,
        segment     text not null,
        channel     text not null,
        type        text not null,
        occurred_at timestamptz not null,
        revenue     double precision not null,
        cost        double precision not null
      ) on commit drop
      """;

  private static final String COPY_STAGING =
      """
      copy event_staging (event_id, user_ref, segment, channel, type, occurred_at, revenue, cost)
      from stdin
      """;

  private static final String ADD_NEW =
      """
      insert into event (campaign_key, event_id, user_ref, segment, channel, type, occurred_at,
                         revenue, cost)
      select :campaignKey, event_id, user_ref, segment, channel, type, occurred_at, revenue, cost
        from event_staging
       order by event_id collate "C"
      on conflict (campaign_key, event_id) do nothing
      """;

  // Without the memory the sort would go through the disk.
  private static final String PREPARE = "select set_config('work_mem', '256MB', true)";

  private static final String DROP_STAGING = "drop table event_staging";

  private final JdbcClient jdbc;
  private final DataSource dataSource;

  EventRepository(JdbcClient jdbc, @Qualifier("domainDataSource") DataSource dataSource) {
    this.jdbc = jdbc;
    this.dataSource = dataSource;
  }

  /**
   * Adds the events whose id is new, by COPY into a table of this transaction.
   *
   * <p>Must run in a transaction. Inserted in the order of their ids, so that two requests with the
   * same events wait for each other instead of meeting in a deadlock.
   */
  EventsAdded add(String campaignKey, EventRows rows) {
    jdbc.sql(CREATE_STAGING).update();
    long received = copy(rows);
    jdbc.sql(PREPARE).query(String.class).single();
    long added = jdbc.sql(ADD_NEW).param("campaignKey", campaignKey).update();
    jdbc.sql(DROP_STAGING).update();
    return new EventsAdded(received, added);
  }

  List<Reactions> reactions(String campaignKey, String channel, Instant from, Instant to) {
    return jdbc.sql(REACTIONS)
        .param("campaignKey", campaignKey)
        .param("channel", channel)
        .param("from", from.atOffset(ZoneOffset.UTC))
        .param("to", to.atOffset(ZoneOffset.UTC))
        .query(Reactions.class)
        .list();
  }

  /** What each channel cost and brought on each day on which it has an event. */
  List<SpendDays.Day> spendDays(String campaignKey) {
    return jdbc.sql(SPEND_DAYS).param("campaignKey", campaignKey).query(SpendDays.Day.class).list();
  }

  private long copy(EventRows rows) {
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try {
      CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY_STAGING);
      try {
        write(copy, rows);
        return copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException e) {
      throw new SQLErrorCodeSQLExceptionTranslator(dataSource)
          .translate("copy events", COPY_STAGING, e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private static void write(CopyIn copy, EventRows rows) throws SQLException {
    StringBuilder buffer = new StringBuilder(BUFFER_CHARS + 4_096);
    while (rows.next(buffer)) {
      if (buffer.length() >= BUFFER_CHARS) {
        flush(copy, buffer);
      }
    }
    flush(copy, buffer);
  }

  private static void flush(CopyIn copy, StringBuilder buffer) throws SQLException {
    byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    buffer.setLength(0);
  }

  /** Events recorded so far. */
  long recorded(String campaignKey) {
    return jdbc.sql(RECORDED).param("campaignKey", campaignKey).query(Long.class).single();
  }

  /** Read from sums that are kept as events come; costs the same for any number of events. */
  List<Clicks> clicks(String campaignKey) {
    return jdbc.sql(CLICKS).param("campaignKey", campaignKey).query(Clicks.class).list();
  }

  List<EventCount> counts(String campaignKey, Instant from, Instant to) {
    return jdbc.sql(COUNTS)
        .param("campaignKey", campaignKey)
        .param("from", from == null ? null : from.atOffset(ZoneOffset.UTC))
        .param("to", to == null ? null : to.atOffset(ZoneOffset.UTC))
        .query(EventCount.class)
        .list();
  }

  EventTotals totals(String campaignKey, String channel, Instant from, Instant to) {
    return jdbc.sql(TOTALS)
        .param("campaignKey", campaignKey)
        .param("channel", channel)
        .param("from", from == null ? null : from.atOffset(ZoneOffset.UTC))
        .param("to", to == null ? null : to.atOffset(ZoneOffset.UTC))
        .query(EventTotals.class)
        .single();
  }
}
