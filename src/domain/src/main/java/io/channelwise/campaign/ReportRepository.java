package io.channelwise.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ReportRepository {
  private static final String UPSERT =
      """
      insert into report (report_id, campaign_key, cycle, outcome, html_en, html_zh, content,
                          created_at, updated_at)
      values (:id, :campaignKey, :cycle, :outcome, :htmlEn, :htmlZh, cast(:content as jsonb),
              :now, :now)
      on conflict (campaign_key, cycle) do update
        set outcome = excluded.outcome,
            html_en = excluded.html_en,
            html_zh = excluded.html_zh,
            content = excluded.content,
            updated_at = excluded.updated_at
      """;

  private static final String FIND =
      """
      select report_id, campaign_key, cycle, outcome, html_en, html_zh, content, created_at,
             updated_at
        from report
       where campaign_key = :campaignKey
         and cycle = :cycle
      """;

  private static final String LATEST =
      """
      select report_id, campaign_key, cycle, outcome, html_en, html_zh, content, created_at,
             updated_at
        from report
       where campaign_key = :campaignKey
       order by cycle desc
       limit 1
      """;

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  ReportRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void upsert(UUID id, ReportContent content, String htmlEn, String htmlZh) {
    jdbc.sql(UPSERT)
        .param("id", id)
        .param("campaignKey", content.campaign().key())
        .param("cycle", content.cycle())
        .param("outcome", content.outcome())
        .param("htmlEn", htmlEn)
        .param("htmlZh", htmlZh)
        .param("content", write(content))
        .param("now", content.writtenAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  Optional<Report> find(String campaignKey, int cycle) {
    return jdbc.sql(FIND)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(this::report)
        .optional();
  }

  Optional<Report> latest(String campaignKey) {
    return jdbc.sql(LATEST).param("campaignKey", campaignKey).query(this::report).optional();
  }

  private Report report(ResultSet row, int index) throws SQLException {
    String id = row.getString("report_id");
    return new Report(
        id,
        row.getString("campaign_key"),
        row.getInt("cycle"),
        row.getString("outcome"),
        row.getString("html_en"),
        row.getString("html_zh"),
        read(id, row.getString("content")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }

  private String write(ReportContent content) {
    try {
      return json.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The report of campaign %s cannot be written as JSON."
              .formatted(content.campaign().key()),
          e);
    }
  }

  private ReportContent read(String id, String content) {
    try {
      return json.readValue(content, ReportContent.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Report %s cannot be read from JSON.".formatted(id), e);
    }
  }
}
