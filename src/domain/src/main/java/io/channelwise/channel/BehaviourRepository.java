package io.channelwise.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sums up what users did before they bought. */
@Repository
class BehaviourRepository {
  /**
   * Users whose first event is a purchase are left out: nothing is known of them before it. Ties in
   * time go by event id, as in paths. Users by their hash, so that a limit takes a random part.
   */
  private static final String USERS =
      """
      with known as (
        select e.user_ref, e.event_id, e.segment, e.channel, e.type, e.occurred_at
          from event as e
          join channel as c on c.campaign_key = e.campaign_key and c.channel = e.channel
         where e.campaign_key = :campaignKey
      ),
      bought as (
        select user_ref, min(occurred_at) as at
          from known
         where type = 'purchase'
         group by user_ref
      ),
      before as (
        select k.user_ref, k.event_id, k.segment, k.channel, k.type, k.occurred_at,
               b.at is not null as bought,
               row_number() over (partition by k.user_ref
                                  order by k.occurred_at, k.event_id collate "C") as number
          from known as k
          left join bought as b on b.user_ref = k.user_ref
         where b.at is null or k.occurred_at < b.at
      ),
      clicked as (
        select user_ref, jsonb_object_agg(channel, n) as channels
          from (select user_ref, channel, count(*) as n
                  from before
                 where type = 'click'
                 group by user_ref, channel) as counted
         group by user_ref
      )
      select f.user_ref, f.segment, f.channel, f.bought,
             extract(hour from f.occurred_at at time zone 'UTC')::integer as first_hour,
             extract(isodow from f.occurred_at at time zone 'UTC')::integer as first_weekday,
             a.views, a.clicks, a.channels,
             round(extract(epoch from a.last - f.occurred_at) / 3600, 2)::float8 as hours,
             coalesce(c.channels, '{}')::text as clicked
        from before as f
        join (select user_ref,
                     count(*) filter (where type = 'view')::integer as views,
                     count(*) filter (where type = 'click')::integer as clicks,
                     count(distinct channel)::integer as channels,
                     max(occurred_at) as last
                from before
               group by user_ref) as a on a.user_ref = f.user_ref
        left join clicked as c on c.user_ref = f.user_ref
       where f.number = 1
       order by md5(f.user_ref), f.user_ref collate "C"
       limit :limit
      """;

  private static final TypeReference<Map<String, Integer>> COUNTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  BehaviourRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  List<UserBehaviour> users(String campaignKey, int limit) {
    return jdbc.sql(USERS)
        .param("campaignKey", campaignKey)
        .param("limit", limit)
        .query(this::user)
        .list();
  }

  private UserBehaviour user(ResultSet rs, int row) throws SQLException {
    return new UserBehaviour(
        rs.getString("user_ref"),
        rs.getString("segment"),
        rs.getString("channel"),
        rs.getInt("views"),
        rs.getInt("clicks"),
        counts(rs.getString("clicked")),
        rs.getInt("channels"),
        rs.getDouble("hours"),
        rs.getInt("first_hour"),
        rs.getInt("first_weekday"),
        rs.getBoolean("bought"));
  }

  private Map<String, Integer> counts(String text) {
    try {
      return json.readValue(text, COUNTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Counts by channel are always a JSON object.", e);
    }
  }
}
