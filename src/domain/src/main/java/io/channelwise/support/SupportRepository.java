package io.channelwise.support;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of support channels, training material and service windows. */
@Repository
class SupportRepository {
  private static final String DELETE_CHANNELS =
      "delete from support_channel where campaign_key = :campaignKey";

  private static final String INSERT_CHANNEL =
      """
      insert into support_channel (campaign_key, support_channel, hours, sla_minutes)
      values (:campaignKey, :channel, :hours, :slaMinutes)
      """;

  private static final String CHANNELS =
      """
      select support_channel, hours, sla_minutes
        from support_channel
       where campaign_key = :campaignKey
       order by support_channel
      """;

  private static final String DELETE_MATERIALS =
      "delete from training_material where campaign_key = :campaignKey";

  private static final String INSERT_MATERIAL =
      """
      insert into training_material (campaign_key, material, channel, title, body, language)
      values (:campaignKey, :material, :channel, :title, :body, :language)
      """;

  private static final String MATERIALS =
      """
      select material, channel, title, body, language
        from training_material
       where campaign_key = :campaignKey
       order by material
      """;

  private static final String MATERIALS_IN =
      """
      select material, channel, title, body, language
        from training_material
       where campaign_key = :campaignKey and language = :language
       order by material
      """;

  private static final String OPEN_WINDOW =
      """
      insert into service_window (campaign_key, cycle, support_channels, materials, opened_at)
      select :campaignKey, :cycle,
             (select count(*) from support_channel where campaign_key = :campaignKey),
             (select count(*) from training_material where campaign_key = :campaignKey),
             :now
      on conflict do nothing
      """;

  /** Material written for one support channel goes there; any other goes to every channel. */
  private static final String HAND_OUT =
      """
      insert into material_handout (campaign_key, cycle, support_channel, material, handed_out_at)
      select c.campaign_key, :cycle, c.support_channel, m.material, :now
        from support_channel c
        join training_material m on m.campaign_key = c.campaign_key
       where c.campaign_key = :campaignKey
         and (m.channel is null
              or m.channel = c.support_channel
              or not exists (select 1 from support_channel o
                              where o.campaign_key = c.campaign_key
                                and o.support_channel = m.channel))
      on conflict do nothing
      """;

  private static final String WINDOW =
      """
      select support_channels, materials, opened_at, summarised_at,
             (select count(*) from material_handout h
               where h.campaign_key = w.campaign_key and h.cycle = w.cycle) as handed_out
        from service_window w
       where campaign_key = :campaignKey and cycle = :cycle
      """;

  private static final String CLOSE_WINDOW =
      """
      update service_window
         set summarised_at = :now
       where campaign_key = :campaignKey and cycle = :cycle and summarised_at is null
      """;

  /** Tickets since the end of the window before, so that none falls between two windows. */
  private static final String SUMMARY =
      """
      with bounds as (
        select coalesce((select max(p.summarised_at) from service_window p
                          where p.campaign_key = w.campaign_key and p.cycle < w.cycle),
                        '-infinity'::timestamptz) as after,
               coalesce(w.summarised_at, 'infinity'::timestamptz) as until
          from service_window w
         where w.campaign_key = :campaignKey and w.cycle = :cycle),
      seen as (
        select t.state, t.answered_by, t.surge, t.escalated_at, t.opened_at, t.answered_at,
               t.closed_at, c.sla_minutes,
               coalesce(t.corrected_sentiment, nullif(t.sentiment, 'unknown')) as sentiment,
               t.rating
          from ticket t
          join bounds b on t.opened_at > b.after and t.opened_at <= b.until
          left join support_channel c
            on c.campaign_key = t.campaign_key and c.support_channel = t.channel
         where t.campaign_key = :campaignKey)
      select count(*) as tickets,
             count(*) filter (where state = 'closed') as closed,
             count(*) filter (where answered_by = 'material') as automatic,
             count(*) filter (where answered_by = 'agent') as by_agent,
             count(*) filter (where escalated_at is not null) as escalated,
             count(*) filter (where surge) as surges,
             avg(extract(epoch from closed_at - opened_at) / 60) as mean_minutes,
             avg(case when sla_minutes is null or answered_at is null then null
                      when answered_at <= opened_at + sla_minutes * interval '1 minute' then 1.0
                      else 0.0 end) as within_sla,
             avg(case when rating is not null then (rating - 1) / 4.0
                      when sentiment = 'positive' then 1.0
                      when sentiment = 'neutral' then 0.5
                      when sentiment = 'negative' then 0.0 end) as satisfaction,
             avg(case when sentiment is null then null
                      when sentiment = 'negative' then 1.0 else 0.0 end) as negative_share
        from seen
      """;

  private static final String INTENTS =
      """
      select coalesce(t.corrected_intent, t.intent) as intent, count(*) as tickets,
             count(*) filter (where coalesce(t.corrected_sentiment, t.sentiment) = 'negative')
               as negative
        from ticket t
        join service_window w on w.campaign_key = t.campaign_key and w.cycle = :cycle
       where t.campaign_key = :campaignKey
         and t.intent is not null
         and t.opened_at <= coalesce(w.summarised_at, 'infinity'::timestamptz)
         and t.opened_at > coalesce(
               (select max(p.summarised_at) from service_window p
                 where p.campaign_key = w.campaign_key and p.cycle < w.cycle),
               '-infinity'::timestamptz)
       group by 1
       order by 2 desc, 1
       limit 50
      """;

  private final JdbcClient jdbc;

  SupportRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A service step: what was there and handed out; {@code summarisedAt} null while it runs. */
  record Window(
      int supportChannels, int materials, int handedOut, Instant openedAt, Instant summarisedAt) {}

  /** Tickets of one intent, and the negative ones among them. */
  record IntentCount(String intent, int tickets, int negative) {}

  void deleteChannels(String campaignKey) {
    jdbc.sql(DELETE_CHANNELS).param("campaignKey", campaignKey).update();
  }

  void insertChannel(String campaignKey, SupportChannel channel) {
    jdbc.sql(INSERT_CHANNEL)
        .param("campaignKey", campaignKey)
        .param("channel", channel.supportChannel())
        .param("hours", channel.hours())
        .param("slaMinutes", channel.slaMinutes())
        .update();
  }

  List<SupportChannel> channels(String campaignKey) {
    return jdbc.sql(CHANNELS)
        .param("campaignKey", campaignKey)
        .query(
            (rs, row) ->
                new SupportChannel(
                    rs.getString("support_channel"),
                    rs.getString("hours"),
                    rs.getObject("sla_minutes", Integer.class)))
        .list();
  }

  void deleteMaterials(String campaignKey) {
    jdbc.sql(DELETE_MATERIALS).param("campaignKey", campaignKey).update();
  }

  void insertMaterial(String campaignKey, TrainingMaterial material) {
    jdbc.sql(INSERT_MATERIAL)
        .param("campaignKey", campaignKey)
        .param("material", material.material())
        .param("channel", material.channel())
        .param("title", material.title())
        .param("body", material.body())
        .param("language", material.language())
        .update();
  }

  List<TrainingMaterial> materials(String campaignKey) {
    return jdbc.sql(MATERIALS)
        .param("campaignKey", campaignKey)
        .query(TrainingMaterial.class)
        .list();
  }

  List<TrainingMaterial> materials(String campaignKey, String language) {
    return jdbc.sql(MATERIALS_IN)
        .param("campaignKey", campaignKey)
        .param("language", language)
        .query(TrainingMaterial.class)
        .list();
  }

  /** False when the window was open already. */
  boolean openWindow(String campaignKey, int cycle, Instant now) {
    return jdbc.sql(OPEN_WINDOW)
            .param("campaignKey", campaignKey)
            .param("cycle", cycle)
            .param("now", utc(now))
            .update()
        == 1;
  }

  int handOut(String campaignKey, int cycle, Instant now) {
    return jdbc.sql(HAND_OUT)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("now", utc(now))
        .update();
  }

  Optional<Window> window(String campaignKey, int cycle) {
    return jdbc.sql(WINDOW)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(
            (rs, row) -> {
              OffsetDateTime summarised = rs.getObject("summarised_at", OffsetDateTime.class);
              return new Window(
                  rs.getInt("support_channels"),
                  rs.getInt("materials"),
                  rs.getInt("handed_out"),
                  rs.getObject("opened_at", OffsetDateTime.class).toInstant(),
                  summarised == null ? null : summarised.toInstant());
            })
        .optional();
  }

  void closeWindow(String campaignKey, int cycle, Instant now) {
    jdbc.sql(CLOSE_WINDOW)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("now", utc(now))
        .update();
  }

  ServiceSummary summary(String campaignKey, int cycle) {
    return jdbc.sql(SUMMARY)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(
            (rs, row) ->
                new ServiceSummary(
                    rs.getInt("tickets"),
                    rs.getInt("closed"),
                    rs.getInt("automatic"),
                    rs.getInt("by_agent"),
                    rs.getInt("escalated"),
                    rs.getInt("surges"),
                    rs.getDouble("mean_minutes"),
                    Optional.ofNullable(rs.getObject("within_sla", BigDecimal.class))
                        .map(BigDecimal::doubleValue)
                        .orElse(null),
                    Optional.ofNullable(rs.getObject("satisfaction", BigDecimal.class))
                        .map(BigDecimal::doubleValue)
                        .orElse(ServiceSummary.SATISFACTION_UNKNOWN),
                    rs.getDouble("negative_share")))
        .single();
  }

  List<IntentCount> intents(String campaignKey, int cycle) {
    return jdbc.sql(INTENTS)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(
            (rs, row) ->
                new IntentCount(
                    rs.getString("intent"), rs.getInt("tickets"), rs.getInt("negative")))
        .list();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
