package io.channelwise.research;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The figures of a cycle, one document an analysis. */
@Repository
class ResearchRepository {
  /** The row lock it takes makes a second delivery of the same task wait for the first. */
  private static final String UPSERT_PART =
      """
      insert into research_part (campaign_key, cycle, part, computed_at)
      values (:campaignKey, :cycle, :part, :now)
      on conflict (campaign_key, cycle, part) do update
        set computed_at = excluded.computed_at
      """;

  private static final String SAVE_FIGURES =
      """
      update research_part
         set figures = cast(:figures as jsonb)
       where campaign_key = :campaignKey
         and cycle = :cycle
         and part = :part
      """;

  private static final String FIGURES =
      """
      select figures
        from research_part
       where campaign_key = :campaignKey
         and cycle = :cycle
         and part = :part
         and figures is not null
      """;

  private static final String LATEST_CYCLE =
      """
      select max(cycle)
        from research_part
       where campaign_key = :campaignKey
         and part = :part
         and figures is not null
      having max(cycle) is not null
      """;

  private static final String PARTS =
      """
      select part
        from research_part
       where campaign_key = :campaignKey
         and cycle = :cycle
       order by part
      """;

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  ResearchRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  private StatementSpec statement(String sql, String campaignKey, int cycle) {
    return jdbc.sql(sql).param("campaignKey", campaignKey).param("cycle", cycle);
  }

  void begin(String campaignKey, int cycle, ResearchPart part, Instant now) {
    statement(UPSERT_PART, campaignKey, cycle)
        .param("part", part.text())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** The last cycle with figures of the part. */
  Optional<Integer> latestCycle(String campaignKey, ResearchPart part) {
    return jdbc.sql(LATEST_CYCLE)
        .param("campaignKey", campaignKey)
        .param("part", part.text())
        .query(Integer.class)
        .optional();
  }

  /** Parts begun or finished. */
  List<String> parts(String campaignKey, int cycle) {
    return statement(PARTS, campaignKey, cycle).query(String.class).list();
  }

  void save(String campaignKey, int cycle, ResearchPart part, Object figures) {
    int rows =
        statement(SAVE_FIGURES, campaignKey, cycle)
            .param("part", part.text())
            .param("figures", write(figures))
            .update();
    if (rows != 1) {
      throw new IllegalStateException(
          "The analysis of %s of campaign %s, cycle %d, was not begun; its figures cannot be stored."
              .formatted(part.text(), campaignKey, cycle));
    }
  }

  <T> Optional<T> find(String campaignKey, int cycle, ResearchPart part, Class<T> type) {
    return statement(FIGURES, campaignKey, cycle)
        .param("part", part.text())
        .query(String.class)
        .optional()
        .map(document -> read(document, type));
  }

  private String write(Object figures) {
    try {
      return json.writeValueAsString(figures);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s cannot be written as JSON.".formatted(figures.getClass().getSimpleName()), e);
    }
  }

  private <T> T read(String document, Class<T> type) {
    try {
      return json.readValue(document, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Stored figures cannot be read as %s.".formatted(type.getSimpleName()), e);
    }
  }
}
