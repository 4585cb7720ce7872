package io.channelwise.research;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.campaign.StoredRows;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of survey answers and competitors as they were brought. Thread-safe. */
@Repository
class ResearchRowsRepository extends StoredRows {
  private static final String SURVEY =
      """
      select content, count(*) over () as total
        from (select market, respondent,
                     jsonb_build_object(
                       'market', market, 'respondent', respondent, 'need', need,
                       'pain_point', pain_point, 'willingness_to_pay', willingness_to_pay,
                       'segment', segment, 'segment_population', segment_population) as content
                from survey_answer
               where campaign_key = :campaignKey) as brought
       where content @> cast(:where as jsonb)
       order by market, respondent
       limit :size offset :offset
      """;

  private static final String COMPETITORS =
      """
      select content, count(*) over () as total
        from (select market, competitor, period,
                     jsonb_build_object(
                       'market', market, 'competitor', competitor,
                       'market_share', market_share, 'price', price, 'strength', strength,
                       'weakness', weakness, 'period', nullif(period, '')) as content
                from competitor
               where campaign_key = :campaignKey) as brought
       where content @> cast(:where as jsonb)
       order by market, competitor, period
       limit :size offset :offset
      """;

  ResearchRowsRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    super(jdbc, json, Map.of("survey", SURVEY, "competitors", COMPETITORS));
  }
}
