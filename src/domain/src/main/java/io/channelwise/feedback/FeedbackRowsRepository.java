package io.channelwise.feedback;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.campaign.StoredRows;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of imported feedback and improvements as they were brought. Thread-safe. */
@Repository
class FeedbackRowsRepository extends StoredRows {
  private static final String FEEDBACK =
      """
      select content, count(*) over () as total
        from (select cast(source_ref as bigint) as line,
                     jsonb_build_object(
                       'kind', kind, 'text', text, 'label', label, 'rating', rating,
                       'created_at',
                       to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as content
                from feedback
               where campaign_key = :campaignKey
                 and source = 'import') as brought
       where content @> cast(:where as jsonb)
       order by line
       limit :size offset :offset
      """;

  private static final String IMPROVEMENTS =
      """
      select content, count(*) over () as total
        from (select line,
                     jsonb_build_object(
                       'kind', kind, 'description', description, 'effort', effort,
                       'value', value) as content
                from improvement
               where campaign_key = :campaignKey) as brought
       where content @> cast(:where as jsonb)
       order by line
       limit :size offset :offset
      """;

  FeedbackRowsRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    super(jdbc, json, Map.of("feedback", FEEDBACK, "improvements", IMPROVEMENTS));
  }
}
