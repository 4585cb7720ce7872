package io.channelwise.research;

import io.channelwise.campaign.Periods;
import io.channelwise.campaign.Row;
import io.channelwise.research.MarketHistory.CompetitorRow;
import io.channelwise.research.SurveyCounts.Cell;
import io.channelwise.research.SurveyCounts.PainCount;
import io.channelwise.research.SurveyCounts.PriceCount;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows brought: survey answers, counted where they lie, and competitors. */
@Repository
class ResearchDataRepository {
  private static final int BATCH = 1000;

  private static final String DELETE_SURVEY =
      "delete from survey_answer where campaign_key = :campaignKey";

  private static final String INSERT_SURVEY =
      """
      insert into survey_answer (campaign_key, market, respondent, need, pain_point,
                                 willingness_to_pay, segment, segment_population)
      values (?, ?, ?, ?, ?, ?, ?, ?)
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

  private static final String SURVEY_CELLS =
      """
      select market, coalesce(segment, '') as segment, max(segment_population) as population,
             count(*) as respondents, count(*) filter (where need) as needing
        from survey_answer
       where campaign_key = :campaignKey
       group by market, coalesce(segment, '')
       order by market, coalesce(segment, '')
       limit 1000000
      """;

  /** A cell may name several, separated by a semicolon or bar; each counts once a respondent. */
  private static final String SURVEY_PAIN_POINTS =
      """
      select n.market, n.segment, n.pain_point, count(*) as mentions
        from (select distinct a.market, a.respondent, coalesce(a.segment, '') as segment,
                     trim(p.name) as pain_point
                from survey_answer a
               cross join lateral regexp_split_to_table(a.pain_point, '[;；|]') as p (name)
               where a.campaign_key = :campaignKey
                 and a.need) n
       where n.pain_point <> ''
       group by n.market, n.segment, n.pain_point
       order by count(*) desc, n.market, n.segment, n.pain_point
       limit 1000000
      """;

  private static final String SURVEY_PRICES =
      """
      select market, coalesce(segment, '') as segment, willingness_to_pay as price,
             count(*) as answers
        from survey_answer
       where campaign_key = :campaignKey
         and need
         and willingness_to_pay is not null
       group by market, coalesce(segment, ''), willingness_to_pay
       order by market, coalesce(segment, ''), willingness_to_pay
       limit 1000000
      """;

  private static final String COMPETITORS =
      """
      select market, competitor, period, market_share, price, strength, weakness
        from competitor
       where campaign_key = :campaignKey
       order by market, competitor, period_start, period
       limit 1000000
      """;

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
          setDouble(statement, 8, row.number("segment_population"));
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

  /** The survey counted, a market; the order of rows does not matter. */
  List<SurveyCounts> surveys(String campaignKey) {
    Map<String, List<Cell>> cells =
        byMarket(
            SURVEY_CELLS,
            campaignKey,
            (row, index) ->
                new Cell(
                    row.getString("segment"),
                    row.getObject("population", Double.class),
                    row.getLong("respondents"),
                    row.getLong("needing")));
    Map<String, List<PainCount>> painPoints =
        byMarket(
            SURVEY_PAIN_POINTS,
            campaignKey,
            (row, index) ->
                new PainCount(
                    row.getString("segment"),
                    row.getString("pain_point"),
                    row.getLong("mentions")));
    Map<String, List<PriceCount>> prices =
        byMarket(
            SURVEY_PRICES,
            campaignKey,
            (row, index) ->
                new PriceCount(
                    row.getString("segment"), row.getDouble("price"), row.getLong("answers")));
    return cells.keySet().stream()
        .map(
            market ->
                SurveyCounts.of(
                    market,
                    cells.get(market),
                    painPoints.getOrDefault(market, List.of()),
                    prices.getOrDefault(market, List.of())))
        .toList();
  }

  private <T> Map<String, List<T>> byMarket(String sql, String campaignKey, RowMapper<T> mapper) {
    Map<String, List<T>> found = new TreeMap<>();
    RowCallbackHandler adder =
        row ->
            found
                .computeIfAbsent(row.getString("market"), market -> new ArrayList<>())
                .add(mapper.mapRow(row, 0));
    jdbc.sql(sql).param("campaignKey", campaignKey).query(adder);
    return found;
  }

  List<MarketHistory> histories(String campaignKey) {
    return MarketHistory.of(
        jdbc.sql(COMPETITORS)
            .param("campaignKey", campaignKey)
            .query(
                (row, index) ->
                    new CompetitorRow(
                        row.getString("market"),
                        row.getString("competitor"),
                        row.getString("period"),
                        row.getDouble("market_share"),
                        row.getDouble("price"),
                        row.getString("strength"),
                        row.getString("weakness")))
            .list());
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
