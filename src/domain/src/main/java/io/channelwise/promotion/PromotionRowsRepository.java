package io.channelwise.promotion;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.campaign.StoredRows;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of materials and activities as they were brought. Thread-safe. */
@Repository
class PromotionRowsRepository extends StoredRows {
  private static final String MATERIALS =
      """
      select content, count(*) over () as total
        from (select line,
                     jsonb_build_object(
                       'material', material, 'kind', kind, 'channel', channel,
                       'title', title, 'body', body) as content
                from material
               where campaign_key = :campaignKey) as brought
       where content @> cast(:where as jsonb)
       order by line
       limit :size offset :offset
      """;

  private static final String ACTIVITIES =
      """
      select content, count(*) over () as total
        from (select line,
                     jsonb_build_object(
                       'activity', activity, 'material', material, 'channel', channel,
                       'start', starts, 'end', ends, 'budget', budget) as content
                from activity
               where campaign_key = :campaignKey) as brought
       where content @> cast(:where as jsonb)
       order by line
       limit :size offset :offset
      """;

  PromotionRowsRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    super(jdbc, json, Map.of("materials", MATERIALS, "activities", ACTIVITIES));
  }
}
