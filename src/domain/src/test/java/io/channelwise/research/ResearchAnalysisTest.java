package io.channelwise.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The figures against hand arithmetic, on real PostgreSQL. */
class ResearchAnalysisTest {
  private static final String KEY = "analysis";
  private static final List<String> TABLES =
      List.of(
          "research_demand",
          "research_pain_point",
          "research_competition",
          "research_trend_point",
          "research_trend",
          "research_opportunity");

  private static AnnotationConfigApplicationContext context;
  private static ResearchService research;
  private static ResearchRepository figures;

  @BeforeAll
  static void start() {
    context = new AnnotationConfigApplicationContext();
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    context.register(DomainConfiguration.class);
    context.refresh();
    research = context.getBean(ResearchService.class);
    figures = context.getBean(ResearchRepository.class);
    for (String key : List.of(KEY, "no-need", "early")) {
      context
          .getBean(CampaignService.class)
          .create(
              NewCampaign.parse(
                  """
                  {"key":"%s","name":"n","company":"c","product":"p","promotionBudget":1,
                   "currency":"EUR"}
                  """
                      .formatted(key)));
    }
    loadSurvey(KEY, survey());
    loadCompetitors(KEY, competitors());
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  /** retail: 8 of 10 need it and 4 name 10, 20, 30, 40; health: 3 of 5, nobody names a price. */
  private static List<Row> survey() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(
          answer(
              "retail",
              i,
              i < 8,
              i < 4 ? "slow; dear" : i < 6 ? "slow" : null,
              i < 4 ? 10.0 * (i + 1) : null,
              i < 5 ? "small" : "large"));
    }
    for (int i = 0; i < 5; i++) {
      rows.add(answer("health", i, i < 3, null, null, null));
    }
    return rows;
  }

  private static Row answer(
      String market, int i, boolean need, String pain, Double pay, String segment) {
    Map<String, Object> values = new HashMap<>();
    values.put("market", market);
    values.put("respondent", "r" + i);
    values.put("need", need);
    values.put("pain_point", pain);
    values.put("willingness_to_pay", pay);
    values.put("segment", segment);
    return new Row(i + 2, values);
  }

  private static List<Row> competitors() {
    return List.of(
        competitor("retail", "X", 0.5, 20, "2025"),
        competitor("retail", "Y", 0.5, 30, "2025"),
        competitor("retail", "X", 0.4, 20, "2026"),
        competitor("retail", "Y", 0.4, 30, "2026"),
        competitor("retail", "Z", 0.2, 10, "2026"),
        competitor("health", "M", 0.8, 100, "2026"));
  }

  private static Row competitor(
      String market, String name, double share, double price, String period) {
    Map<String, Object> values = new HashMap<>();
    values.put("market", market);
    values.put("competitor", name);
    values.put("market_share", share);
    values.put("price", price);
    values.put("period", period);
    return new Row(2, values);
  }

  private static void loadSurvey(String key, List<Row> rows) {
    context.getBean(SurveyLoader.class).load(key, rows.iterator());
  }

  private static void loadCompetitors(String key, List<Row> rows) {
    context.getBean(CompetitorsLoader.class).load(key, rows.iterator());
  }

  private static Optional<Opportunity> analyse(String key, int cycle, String... excluded) {
    research.analyseDemand(key, cycle);
    research.analyseCompetition(key, cycle);
    research.analyseTrend(key, cycle);
    return research.analyseOpportunity(key, cycle, Arrays.asList(excluded));
  }

  @Test
  void shouldCountAnswersCompetitorsAndPeriods() {
    assertThat(research.analyseDemand(KEY, 1)).isEqualTo(15);
    assertThat(research.analyseCompetition(KEY, 1)).isEqualTo(4);
    assertThat(research.analyseTrend(KEY, 1)).isEqualTo(2);
  }

  @Test
  void shouldMeasureDemandBySegment_andRankPainPoints() {
    research.analyseDemand(KEY, 2);

    assertThat(figures.demand(KEY, 2))
        .extracting(Demand::market, Demand::segment, Demand::respondents, Demand::needing)
        .containsExactly(
            tuple("health", "", 5L, 3L),
            tuple("retail", "", 10L, 8L),
            tuple("retail", "large", 5L, 3L),
            tuple("retail", "small", 5L, 5L));
    assertThat(figures.painPoints(KEY, 2))
        .containsExactly(
            new PainPoint("retail", 1, "slow", 6, 0.75),
            new PainPoint("retail", 2, "dear", 4, 0.5));
  }

  @Test
  void shouldMeasureCompetitionOfTheLatestPeriod() {
    research.analyseCompetition(KEY, 3);

    Competition retail = figures.competition(KEY, 3).get(1);
    // 0.4² + 0.4² + 0.2² = 0.36; prices 0.4·20 + 0.4·30 + 0.2·10 = 22.
    assertThat(retail.concentration()).isCloseTo(0.36, within(1e-12));
    assertThat(retail.priceMean()).isCloseTo(22, within(1e-12));
    assertThat(retail.leader()).isEqualTo("X");
    assertThat(retail.competitors()).isEqualTo(3);
    assertThat(figures.competition(KEY, 3).get(0).concentration()).isCloseTo(0.64, within(1e-12));
  }

  @Test
  void shouldMeasureGrowthAYear_andLeaveItOpenWithOnePeriod() {
    research.analyseTrend(KEY, 4);

    Trend health = figures.trend(KEY, 4).get(0);
    Trend retail = figures.trend(KEY, 4).get(1);
    assertThat(health.growth()).isNull();
    // From 1/0.5 = 2 to 1/0.36 effective competitors in 365 days.
    double growth = Math.pow(1 / 0.36 / 2, 365.25 / 365) - 1;
    assertThat(retail.growth()).isCloseTo(growth, within(1e-12));
    // From 25 to 22.
    assertThat(retail.priceGrowth())
        .isCloseTo(Math.pow(22.0 / 25, 365.25 / 365) - 1, within(1e-12));
    assertThat(retail.leaderShareChange()).isCloseTo(-0.1 * 365.25 / 365, within(1e-12));
  }

  @Test
  void shouldScoreMarketsByTheFormula() {
    Opportunity best = analyse(KEY, 5).orElseThrow();

    assertThat(best.market()).isEqualTo("retail");
    double growth = 0.5 + Math.pow(1 / 0.36 / 2, 365.25 / 365) - 1;
    // 0.4901625 is the lower Wilson bound of 8 of 10; customers would pay 25, competitors ask 22.
    double score = 0.40 * 0.4901625 + 0.25 * 0.64 + 0.15 * growth + 0.20 * 25 / 47;
    assertThat(best.score()).isCloseTo(score, within(1e-7));
    assertThat(best.paymentPart()).isCloseTo(25.0 / 47, within(1e-12));

    Opportunity health = research.opportunities(KEY, 5).get(1);
    assertThat(health.paymentPart()).isZero();
    assertThat(health.growth()).isZero();
    assertThat(health.growthPart()).isEqualTo(0.5);
  }

  @Test
  void shouldProposeTheNextMarket_whenTheBestIsExcluded_andNoneWhenAllAre() {
    assertThat(analyse(KEY, 6, "retail")).map(Opportunity::market).contains("health");
    assertThat(analyse(KEY, 6, "retail", "health")).isEmpty();
    assertThat(context.getBean(BriefingService.class).find(ResearchService.briefingId(KEY, 6)))
        .map(b -> b.summary().en())
        .contains("No market is left in which the need is surely above zero.");
  }

  @Test
  void shouldProposeNoMarketWithoutNeed() {
    loadSurvey("no-need", List.of(answer("retail", 1, false, null, 5.0, null)));

    assertThat(analyse("no-need", 1)).isEmpty();
  }

  @Test
  void shouldLeaveTheSameFigures_whenRunTwice() {
    analyse(KEY, 7);
    Map<String, List<Map<String, Object>>> first = snapshot(7);
    Optional<Briefing> briefing =
        context.getBean(BriefingService.class).find(ResearchService.briefingId(KEY, 7));

    analyse(KEY, 7);

    assertThat(snapshot(7)).isEqualTo(first);
    assertThat(context.getBean(BriefingService.class).find(ResearchService.briefingId(KEY, 7)))
        .isEqualTo(briefing)
        .isPresent();
  }

  @Test
  void shouldGiveTheSameFigures_whateverTheOrderOfRows() {
    analyse(KEY, 8);
    Map<String, List<Map<String, Object>>> first = snapshot(8);
    List<Row> answers = survey();
    List<Row> rivals = new ArrayList<>(competitors());
    Collections.reverse(answers);
    Collections.reverse(rivals);
    loadSurvey(KEY, answers);
    loadCompetitors(KEY, rivals);

    analyse(KEY, 8);

    assertThat(snapshot(8)).isEqualTo(first);
  }

  @Test
  void shouldSayWhatToRun_whenAnAnalysisIsMissing() {
    research.analyseDemand("early", 1);

    assertThatThrownBy(() -> research.analyseOpportunity("early", 1, List.of()))
        .hasMessageContaining("the analysis of competition and trend has not run");
    assertThatThrownBy(() -> research.analyseDemand("nobody", 1))
        .isInstanceOf(UnknownCampaignException.class);
  }

  private static Map<String, List<Map<String, Object>>> snapshot(int cycle) {
    Map<String, List<Map<String, Object>>> rows = new HashMap<>();
    JdbcClient jdbc = context.getBean(JdbcClient.class);
    for (String table : TABLES) {
      rows.put(
          table,
          jdbc.sql("select * from " + table + " where cycle = ? order by 1, 2, 3, 4, 5, 6")
              .param(cycle)
              .query()
              .listOfRows());
    }
    return rows;
  }
}
