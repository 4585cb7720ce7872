package io.channelwise.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads feedback and datasets as they lie there, for who checks a figure. */
@Repository
class FeedbackTraceRepository {
  private static final String DATASET =
      """
      select json_build_object(
        'id', d.id, 'campaignKey', d.campaign_key, 'modelName', d.model_name, 'cycle', d.cycle,
        'kind', d.kind, 'columns', d.columns, 'labels', d.labels, 'examples', d.examples, 'sha256', d.sha256, 'dropped', d.dropped,
        'createdAt', d.created_at,
        'classes', (
          select coalesce(json_agg(json_build_object(
                   'label', c.label, 'train', c.train, 'eval', c.eval) order by c.label), '[]')
            from (select e.label, count(*) filter (where e.split = 'train') as train,
                         count(*) filter (where e.split = 'eval') as eval
                    from dataset_row e
                   where e.dataset_id = d.id
                   group by e.label) as c))
        from dataset d
       where d.id = :id
      """;

  private static final String EXAMPLES =
      """
      select json_build_object(
        'datasetId', d.id, 'page', cast(:page as integer), 'size', cast(:size as integer),
        'total', (select count(*) from dataset_row e where e.dataset_id = d.id),
        'rows', (
          select coalesce(json_agg(json_build_object(
                   'position', e.position, 'split', e.split, 'label', e.label, 'text', e.text,
                   'pair', e.pair, 'cells', e.cells)
                   order by e.position), '[]')
            from (select r.position, r.split, r.label, r.text, x.pair, r.cells
                    from dataset_row r
                    left join dataset_example x
                      on x.dataset_id = r.dataset_id and x.position = r.position
                   where r.dataset_id = :id
                   order by r.position
                   limit :size offset :offset) as e))
        from dataset d
       where d.id = :id
      """;

  private static final String FEEDBACK =
      """
      select json_build_object(
        'campaignKey', cast(:campaignKey as text), 'cycle', cast(:cycle as integer),
        'page', cast(:page as integer), 'size', cast(:size as integer),
        'total', (select count(*)
                    from feedback f
                   where f.campaign_key = :campaignKey and f.cycle = :cycle),
        'rows', (
          select coalesce(json_agg(json_build_object(
                   'source', f.source, 'sourceRef', f.source_ref, 'kind', f.kind, 'text', f.text,
                   'label', f.label, 'sentiment', f.sentiment, 'rating', f.rating,
                   'createdAt', f.created_at)
                   order by f.created_at, f.source, f.source_ref), '[]')
            from (select source, source_ref, kind, text, label, sentiment, rating, created_at
                    from feedback
                   where campaign_key = :campaignKey and cycle = :cycle
                   order by created_at, source, source_ref
                   limit :size offset :offset) as f))
      """;

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  FeedbackTraceRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  Optional<JsonNode> dataset(UUID id) {
    return jdbc.sql(DATASET).param("id", id).query(String.class).optional().map(this::read);
  }

  Optional<JsonNode> examples(UUID id, int page, int size) {
    return jdbc.sql(EXAMPLES)
        .param("id", id)
        .param("page", page)
        .param("size", size)
        .param("offset", (long) page * size)
        .query(String.class)
        .optional()
        .map(this::read);
  }

  JsonNode feedback(String campaignKey, int cycle, int page, int size) {
    return read(
        jdbc.sql(FEEDBACK)
            .param("campaignKey", campaignKey)
            .param("cycle", cycle)
            .param("page", page)
            .param("size", size)
            .param("offset", (long) page * size)
            .query(String.class)
            .single());
  }

  private JsonNode read(String content) {
    try {
      return json.readTree(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Recorded feedback cannot be read from JSON.", e);
    }
  }
}
