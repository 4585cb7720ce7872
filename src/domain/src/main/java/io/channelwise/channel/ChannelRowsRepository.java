package io.channelwise.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.campaign.StoredRows;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of channels and events as they were brought. Thread-safe. */
@Repository
class ChannelRowsRepository extends StoredRows {
  private static final String CHANNELS =
      """
      select content, count(*) over () as total
        from (select channel,
                     jsonb_build_object(
                       'channel', channel, 'market', market, 'kind', kind, 'reach', reach,
                       'fixed_cost', fixed_cost, 'revenue_share', revenue_share,
                       'parent', parent, 'contact', contact,
                       'half_saturation', half_saturation) as content
                from channel
               where campaign_key = :campaignKey) as brought
       where content @> cast(:where as jsonb)
       order by channel
       limit :size offset :offset
      """;

  /** Counted by the sums kept as events come, but for one user or event: there can be millions. */
  private static final String EVENTS =
      """
      with wanted as (
        select w ->> 'event_id' as event_id, w ->> 'user' as user_ref, w ->> 'segment' as segment,
               w ->> 'channel' as channel, w ->> 'type' as type
          from (select cast(:where as jsonb) as w) as given
      ), counted as (
        select case
                 when w.event_id is null and w.user_ref is null then
                   (select coalesce(sum(c.events), 0)
                      from event_count c
                     where c.campaign_key = :campaignKey
                       and (w.segment is null or c.segment = w.segment)
                       and (w.channel is null or c.channel = w.channel)
                       and (w.type is null or c.type = w.type))
                 else
                   (select count(*)
                      from event e
                     where e.campaign_key = :campaignKey
                       and (w.event_id is null or e.event_id = w.event_id)
                       and (w.user_ref is null or e.user_ref = w.user_ref)
                       and (w.segment is null or e.segment = w.segment)
                       and (w.channel is null or e.channel = w.channel)
                       and (w.type is null or e.type = w.type))
               end as total
          from wanted w
      )
      select jsonb_build_object(
               'event_id', e.event_id, 'user', e.user_ref, 'segment', e.segment,
               'channel', e.channel, 'type', e.type,
               'occurred_at',
               to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'revenue', e.revenue, 'cost', e.cost) as content,
             n.total
        from event e
       cross join wanted w
       cross join counted n
       where e.campaign_key = :campaignKey
         and (w.event_id is null or e.event_id = w.event_id)
         and (w.user_ref is null or e.user_ref = w.user_ref)
         and (w.segment is null or e.segment = w.segment)
         and (w.channel is null or e.channel = w.channel)
         and (w.type is null or e.type = w.type)
       order by e.event_id
       limit :size offset :offset
      """;

  ChannelRowsRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    super(jdbc, json, Map.of("channels", CHANNELS, "events", EVENTS));
  }
}
