package io.channelwise.research;

import io.channelwise.campaign.Periods;
import io.channelwise.campaign.Row;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows brought: survey answers and competitors. */
@Repository
class ResearchDataRepository {
  private static final int BATCH = 1000;

  private static final String DELETE_SURVEY =
      "delete from survey_answer where campaign_key = :campaignKey";

  private static final String INSERT_SURVEY =
      """
      insert into survey_answer (campaign_key, market, respondent, need, pain_point,
                                 willingness_to_pay, segment)
      values (?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String DELETE_COMPETITORS =
      "delete from competitor where campaign_key = :campaignKey";

  private static final String INSERT_COMPETITOR =
      """
      insert into competitor (campaign_key, market, competitor, period, period_start,
                              market_share, price, strength, weakness)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String MARKETS =
      """
      select distinct market
        from survey_answer
       where campaign_key = :campaignKey
       order by market
       limit 10000
      """;

  private static final String LATEST_COMPETITORS =
      """
      select competitor, market_share, price
        from competitor
       where campaign_key = :campaignKey
         and market = :market
         and period_start = (select max(period_start)
                               from competitor
                              where campaign_key = :campaignKey
                                and market = :market)
       order by market_share desc, competitor
       limit 10000
      """;

  private static final String DEMAND =
      """
      select market, segment, respondents, needing, need_share, need_low, need_high,
             willingness_to_pay
        from survey_demand
       where campaign_key = :campaignKey
         and market = :market
         and segment = ''
      """;

  private static final String WILLINGNESS =
      """
      select count(*) as respondents, avg(willingness_to_pay::numeric)::float8 as mean,
             stddev_samp(willingness_to_pay::numeric)::float8 as deviation
        from survey_answer
       where campaign_key = :campaignKey
         and market = :market
         and need
         and willingness_to_pay is not null
      having count(*) > 0
      """;

  static final RowMapper<Demand> DEMAND_ROW =
      (row, index) ->
          new Demand(
              row.getString("market"),
              row.getString("segment"),
              row.getLong("respondents"),
              row.getLong("needing"),
              row.getDouble("need_share"),
              row.getDouble("need_low"),
              row.getDouble("need_high"),
              row.getObject("willingness_to_pay", Double.class));

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  ResearchDataRepository(JdbcClient jdbc, @Qualifier("domainDataSource") DataSource dataSource) {
    this.jdbc = jdbc;
    this.batches = new JdbcTemplate(dataSource);
  }

  long replaceSurvey(String campaignKey, Iterator<Row> rows) {
    jdbc.sql(DELETE_SURVEY).param("campaignKey", campaignKey).update();
    return insert(
        INSERT_SURVEY,
        rows,
        (statement, row) -> {
          statement.setString(1, campaignKey);
          statement.setString(2, row.text("market"));
          statement.setString(3, row.text("respondent"));
          statement.setBoolean(4, row.bool("need"));
          statement.setString(5, row.text("pain_point"));
          setDouble(statement, 6, row.number("willingness_to_pay"));
          statement.setString(7, row.text("segment"));
        });
  }

  long replaceCompetitors(String campaignKey, Iterator<Row> rows) {
    jdbc.sql(DELETE_COMPETITORS).param("campaignKey", campaignKey).update();
    return insert(
        INSERT_COMPETITOR,
        rows,
        (statement, row) -> {
          String period = row.text("period") == null ? "" : row.text("period");
          statement.setString(1, campaignKey);
          statement.setString(2, row.text("market"));
          statement.setString(3, row.text("competitor"));
          statement.setString(4, period);
          statement.setObject(5, Periods.start(period));
          statement.setDouble(6, row.number("market_share"));
          statement.setDouble(7, row.number("price"));
          statement.setString(8, row.text("strength"));
          statement.setString(9, row.text("weakness"));
        });
  }

  List<String> markets(String campaignKey) {
    return jdbc.sql(MARKETS).param("campaignKey", campaignKey).query(String.class).list();
  }

  List<Competitor> latestCompetitors(String campaignKey, String market) {
    return jdbc.sql(LATEST_COMPETITORS)
        .param("campaignKey", campaignKey)
        .param("market", market)
        .query(
            (row, index) ->
                new Competitor(
                    row.getString("competitor"),
                    row.getDouble("market_share"),
                    row.getDouble("price")))
        .list();
  }

  Optional<Demand> demand(String campaignKey, String market) {
    return jdbc.sql(DEMAND)
        .param("campaignKey", campaignKey)
        .param("market", market)
        .query(DEMAND_ROW)
        .optional();
  }

  Optional<WillingnessToPay> willingnessToPay(String campaignKey, String market) {
    return jdbc.sql(WILLINGNESS)
        .param("campaignKey", campaignKey)
        .param("market", market)
        .query(WillingnessToPay.class)
        .optional();
  }

  private long insert(
      String sql, Iterator<Row> rows, ParameterizedPreparedStatementSetter<Row> setter) {
    long stored = 0;
    List<Row> batch = new ArrayList<>(BATCH);
    while (rows.hasNext()) {
      batch.add(rows.next());
      if (batch.size() == BATCH || !rows.hasNext()) {
        batches.batchUpdate(sql, batch, BATCH, setter);
        stored += batch.size();
        batch.clear();
      }
    }
    return stored;
  }

  private static void setDouble(PreparedStatement statement, int index, Double value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.DOUBLE);
    } else {
      statement.setDouble(index, value);
    }
  }
}
