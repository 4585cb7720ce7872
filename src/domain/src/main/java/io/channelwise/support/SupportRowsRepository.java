package io.channelwise.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.campaign.StoredRows;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of support channels and training material as they were brought. Thread-safe. */
@Repository
class SupportRowsRepository extends StoredRows {
  private static final String SUPPORT =
      """
      select content, count(*) over () as total
        from (select support_channel,
                     jsonb_build_object(
                       'support_channel', support_channel, 'hours', hours,
                       'sla_minutes', sla_minutes) as content
                from support_channel
               where campaign_key = :campaignKey) as brought
       where content @> cast(:where as jsonb)
       order by support_channel
       limit :size offset :offset
      """;

  private static final String TRAINING_MATERIAL =
      """
      select content, count(*) over () as total
        from (select material,
                     jsonb_build_object(
                       'material', material, 'channel', channel, 'title', title, 'body', body) as content
                from training_material
               where campaign_key = :campaignKey) as brought
       where content @> cast(:where as jsonb)
       order by material
       limit :size offset :offset
      """;

  SupportRowsRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    super(jdbc, json, Map.of("support", SUPPORT, "training-material", TRAINING_MATERIAL));
  }
}
