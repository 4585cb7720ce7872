package io.channelwise.channel;

import io.channelwise.channel.AttractionFormula.Clicks;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class EventRepository {
  private static final String CLICKS =
      """
      select channel, segment, count(*) as count
        from event
       where campaign_key = :campaignKey
         and type = 'click'
       group by channel, segment
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

  private final JdbcClient jdbc;

  EventRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Clicks> clicks(String campaignKey) {
    return jdbc.sql(CLICKS).param("campaignKey", campaignKey).query(Clicks.class).list();
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
