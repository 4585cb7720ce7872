package io.channelwise.feedback;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of feedback, improvements and the backlog. */
@Repository
class FeedbackRepository {
  private static final String DELETE_IMPORTED =
      "delete from feedback where campaign_key = :campaignKey and source = 'import'";

  /** Known feedback keeps its cycle; a label corrected later replaces the one before. */
  private static final String SAVE =
      """
      insert into feedback
        (id, campaign_key, source, source_ref, kind, text, label, sentiment, rating, created_at)
      select gen_random_uuid(), :campaignKey, source, source_ref, kind, text, label, sentiment,
             rating, created_at
        from unnest(cast(:sources as text[]), cast(:refs as text[]), cast(:kinds as text[]),
                    cast(:texts as text[]), cast(:labels as text[]), cast(:sentiments as text[]),
                    cast(:ratings as double precision[]), cast(:times as timestamptz[]))
             as r (source, source_ref, kind, text, label, sentiment, rating, created_at)
      on conflict (campaign_key, source, source_ref) do update
         set label = excluded.label, sentiment = excluded.sentiment
      """;

  private static final String COLLECT =
      """
      update feedback set cycle = :cycle where campaign_key = :campaignKey and cycle is null
      """;

  private static final String TOTALS =
      """
      select count(*) as feedback,
             count(label) as labelled,
             count(*) filter (where source = 'ticket') as tickets,
             avg(rating) as rating
        from feedback
       where campaign_key = :campaignKey and cycle = :cycle
      """;

  private static final String BY_INTENT =
      """
      select label, count(*) as feedback, avg(rating) as rating,
             avg(case when sentiment is not null then (sentiment = 'negative')::int
                      when rating is not null then (rating < 2.5)::int end) as negative_share
        from feedback
       where campaign_key = :campaignKey and cycle = :cycle and label is not null
       group by label
       order by count(*) desc, label
       limit 100
      """;

  private static final String LABELLED =
      """
      select text, label
        from feedback
       where campaign_key = :campaignKey and cycle <= :cycle and label is not null
       order by created_at, source, source_ref
      """;

  /**
   * A person's label first, else the rating: below 2.5 negative, below 3.5 neutral, else positive.
   */
  private static final String WITH_SENTIMENT =
      """
      select text,
             coalesce(sentiment,
                      case when rating < 2.5 then 'negative'
                           when rating < 3.5 then 'neutral'
                           else 'positive' end) as label
        from feedback
       where campaign_key = :campaignKey and cycle <= :cycle
         and (sentiment is not null or rating is not null)
       order by created_at, source, source_ref
      """;

  private static final String DELETE_IMPROVEMENTS =
      "delete from improvement where campaign_key = :campaignKey";

  private static final String INSERT_IMPROVEMENT =
      """
      insert into improvement (campaign_key, line, kind, description, effort, value)
      values (:campaignKey, :line, :kind, :description, :effort, :value)
      """;

  private static final String RANKED_IMPROVEMENTS =
      """
      select kind, description, effort, value
        from improvement
       where campaign_key = :campaignKey
       order by value / effort desc nulls last, value desc nulls last, line
      """;

  private static final String DELETE_BACKLOG =
      "delete from backlog_item where campaign_key = :campaignKey and cycle = :cycle";

  private static final String INSERT_BACKLOG =
      """
      insert into backlog_item
        (campaign_key, cycle, position, kind, description, effort, value, comment, planned_at)
      values
        (:campaignKey, :cycle, :position, :kind, :description, :effort, :value, :comment, :now)
      """;

  private static final String BACKLOG =
      """
      select kind, description, effort, value
        from backlog_item
       where campaign_key = :campaignKey and cycle = :cycle
       order by position
      """;

  private final JdbcClient jdbc;

  FeedbackRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Feedback of a cycle; {@code rating} null when nobody rated. */
  record Totals(int feedback, int labelled, int tickets, Double rating) {}

  /** Feedback of one intent; shares 0..1, null when unknown. */
  record IntentTotals(String label, int feedback, Double rating, Double negativeShare) {}

  void deleteImported(String campaignKey) {
    jdbc.sql(DELETE_IMPORTED).param("campaignKey", campaignKey).update();
  }

  void save(String campaignKey, List<Feedback> rows) {
    jdbc.sql(SAVE)
        .param("campaignKey", campaignKey)
        .param("sources", texts(rows, Feedback::source))
        .param("refs", texts(rows, Feedback::sourceRef))
        .param("kinds", texts(rows, Feedback::kind))
        .param("texts", texts(rows, Feedback::text))
        .param("labels", texts(rows, Feedback::label))
        .param("sentiments", texts(rows, Feedback::sentiment))
        .param("ratings", rows.stream().map(Feedback::rating).toArray(Double[]::new))
        .param("times", texts(rows, row -> row.createdAt().toString()))
        .update();
  }

  int collect(String campaignKey, int cycle) {
    return jdbc.sql(COLLECT).param("campaignKey", campaignKey).param("cycle", cycle).update();
  }

  Totals totals(String campaignKey, int cycle) {
    return jdbc.sql(TOTALS)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(
            (rs, row) ->
                new Totals(
                    rs.getInt("feedback"),
                    rs.getInt("labelled"),
                    rs.getInt("tickets"),
                    rs.getObject("rating", Double.class)))
        .single();
  }

  List<IntentTotals> byIntent(String campaignKey, int cycle) {
    return jdbc.sql(BY_INTENT)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(
            (rs, row) -> {
              double negative = rs.getDouble("negative_share");
              boolean unknown = rs.wasNull();
              return new IntentTotals(
                  rs.getString("label"),
                  rs.getInt("feedback"),
                  rs.getObject("rating", Double.class),
                  unknown ? null : Double.valueOf(negative));
            })
        .list();
  }

  List<Example> labelled(String campaignKey, int cycle) {
    return examples(LABELLED, campaignKey, cycle);
  }

  List<Example> withSentiment(String campaignKey, int cycle) {
    return examples(WITH_SENTIMENT, campaignKey, cycle);
  }

  private List<Example> examples(String sql, String campaignKey, int cycle) {
    return jdbc.sql(sql)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query((rs, row) -> new Example(rs.getString("text"), rs.getString("label")))
        .list();
  }

  void deleteImprovements(String campaignKey) {
    jdbc.sql(DELETE_IMPROVEMENTS).param("campaignKey", campaignKey).update();
  }

  void insertImprovement(String campaignKey, long line, Improvement improvement) {
    jdbc.sql(INSERT_IMPROVEMENT)
        .param("campaignKey", campaignKey)
        .param("line", line)
        .param("kind", improvement.kind())
        .param("description", improvement.description())
        .param("effort", improvement.effort())
        .param("value", improvement.value())
        .update();
  }

  List<Improvement> rankedImprovements(String campaignKey) {
    return jdbc.sql(RANKED_IMPROVEMENTS)
        .param("campaignKey", campaignKey)
        .query(FeedbackRepository::improvement)
        .list();
  }

  void deleteBacklog(String campaignKey, int cycle) {
    jdbc.sql(DELETE_BACKLOG).param("campaignKey", campaignKey).param("cycle", cycle).update();
  }

  void insertBacklog(
      String campaignKey, int cycle, int position, Improvement item, String comment, Instant now) {
    jdbc.sql(INSERT_BACKLOG)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("position", position)
        .param("kind", item.kind())
        .param("description", item.description())
        .param("effort", item.effort())
        .param("value", item.value())
        .param("comment", comment)
        .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .update();
  }

  List<Improvement> backlog(String campaignKey, int cycle) {
    return jdbc.sql(BACKLOG)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(FeedbackRepository::improvement)
        .list();
  }

  private static Improvement improvement(ResultSet rs, int row) throws SQLException {
    return new Improvement(
        rs.getString("kind"),
        rs.getString("description"),
        rs.getObject("effort", Double.class),
        rs.getObject("value", Double.class));
  }

  private static String[] texts(List<Feedback> rows, Function<Feedback, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }
}
