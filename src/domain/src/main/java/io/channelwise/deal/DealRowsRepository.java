package io.channelwise.deal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.campaign.StoredRows;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of past negotiations as they were brought. Thread-safe. */
@Repository
class DealRowsRepository extends StoredRows {
  private static final String NEGOTIATIONS =
      """
      select content, count(*) over () as total
        from (select channel, round,
                     jsonb_build_object(
                       'channel', channel, 'round', round, 'revenue_share', revenue_share,
                       'fixed_fee', fixed_fee, 'exclusive', exclusive,
                       'term_months', term_months, 'outcome', outcome) as content
                from negotiation_history
               where campaign_key = :campaignKey) as brought
       where content @> cast(:where as jsonb)
       order by channel, round
       limit :size offset :offset
      """;

  DealRowsRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    super(jdbc, json, Map.of("negotiations", NEGOTIATIONS));
  }
}
