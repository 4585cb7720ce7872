package io.channelwise.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class BriefingRepository {
  private static final String UPSERT =
      """
      insert into briefing (briefing_id, content, updated_at)
      values (:id, cast(:content as jsonb), :updatedAt)
      on conflict (briefing_id) do update
        set content = excluded.content, updated_at = excluded.updated_at
      """;

  private static final String FIND =
      """
      select content
        from briefing
       where briefing_id = :id
      """;

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  BriefingRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void upsert(String id, Briefing briefing, Instant now) {
    jdbc.sql(UPSERT)
        .param("id", id)
        .param("content", write(id, briefing))
        .param("updatedAt", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  Optional<Briefing> find(String id) {
    return jdbc.sql(FIND).param("id", id).query(String.class).optional().map(c -> read(id, c));
  }

  private String write(String id, Briefing briefing) {
    try {
      return json.writeValueAsString(briefing);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Briefing %s cannot be written as JSON.".formatted(id), e);
    }
  }

  private Briefing read(String id, String content) {
    try {
      return json.readValue(content, Briefing.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Briefing %s cannot be read from JSON.".formatted(id), e);
    }
  }
}
