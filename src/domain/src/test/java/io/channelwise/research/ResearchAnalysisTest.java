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
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The figures against hand arithmetic, on real PostgreSQL. */
class ResearchAnalysisTest {
  private static final String KEY = "analysis";
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
    context
        .getBean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"own-weights","name":"n","company":"c","product":"p","promotionBudget":1,
                 "currency":"EUR",
                 "settings":{"opportunityWeights":{"need":60,"room":20,"growth":0,"payment":0}}}
                """));
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
    return research.analyseOpportunity(key, cycle, Arrays.asList(excluded), null);
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

    DemandFigures found = figures(2, ResearchPart.DEMAND, DemandFigures.class);
    assertThat(found.markets())
        .extracting(DemandFigures.Market::market)
        .containsExactly("health", "retail");
    DemandFigures.Market retail = found.markets().get(1);
    assertThat(retail.total())
        .extracting(Demand::respondents, Demand::needing, Demand::willingnessToPay)
        .containsExactly(10L, 8L, 25.0);
    assertThat(retail.segments())
        .extracting(
            s -> s.demand().segment(), s -> s.demand().respondents(), s -> s.demand().needing())
        .containsExactly(tuple("large", 5L, 3L), tuple("small", 5L, 5L));
    assertThat(retail.painPoints())
        .extracting(PainPoint::painPoint, PainPoint::mentions, p -> p.share().share())
        .containsExactly(tuple("slow", 6L, 0.75), tuple("dear", 4L, 0.5));
    // 10·1, 20·¾, 30·½, 40·¼.
    assertThat(retail.curve().optimum().price()).isEqualTo(20);
    assertThat(found.markets().get(0).curve()).isNull();
  }

  @Test
  void shouldMeasureCompetitionOfTheLatestPeriod() {
    research.analyseCompetition(KEY, 3);

    CompetitionFigures found = figures(3, ResearchPart.COMPETITION, CompetitionFigures.class);
    Concentration retail = found.market("retail").orElseThrow().latest();
    // 0.4² + 0.4² + 0.2² = 0.36; prices 0.4·20 + 0.4·30 + 0.2·10 = 22.
    assertThat(retail.hhi()).isCloseTo(0.36, within(1e-12));
    assertThat(retail.hhiHigh()).isCloseTo(0.36, within(1e-12));
    assertThat(retail.priceMean()).isCloseTo(22, within(1e-12));
    assertThat(retail.leader()).isEqualTo("X");
    assertThat(retail.competitors()).isEqualTo(3);
    assertThat(found.market("health").orElseThrow().latest().hhi()).isCloseTo(0.64, within(1e-12));
  }

  @Test
  void shouldMeasureGrowthAYear_andSayWhyNothingIsForecast() {
    research.analyseTrend(KEY, 4);

    TrendFigures found = figures(4, ResearchPart.TREND, TrendFigures.class);
    TrendFigures.Market health = found.markets().get(0);
    TrendFigures.Market retail = found.markets().get(1);
    assertThat(health.growth()).isNull();
    // From 1/0.5 = 2 to 1/0.36 effective competitors in 365 days.
    double growth = Math.pow(1 / 0.36 / 2, 365.25 / 365) - 1;
    assertThat(retail.growth().value()).isCloseTo(growth, within(1e-12));
    assertThat(retail.growth().low()).as("two periods have no interval").isNull();
    // From 25 to 22.
    assertThat(retail.priceGrowth().value())
        .isCloseTo(Math.pow(22.0 / 25, 365.25 / 365) - 1, within(1e-12));
    assertThat(retail.leaderChange().value()).isCloseTo(-0.1 * 365.25 / 365, within(1e-12));
    assertThat(new TrendSection(found).tables().get(0).rows().get(1).subList(8, 11))
        .as("points a year, no interval of two periods")
        .containsExactly(100 * retail.leaderChange().value(), null, null);
    assertThat(retail.price().note().en())
        .startsWith("No forecast of the mean price in retail: it has 2 periods (2025 to 2026)");
  }

  @Test
  void shouldScoreMarketsByTheFormula() {
    Opportunity best = analyse(KEY, 5).orElseThrow();

    assertThat(best.market()).isEqualTo("retail");
    double growth = 0.5 + Math.pow(1 / 0.36 / 2, 365.25 / 365) - 1;
    // Lower Wilson bounds of 8 of 10 with the need and, asked 22, 2 of 4 who would pay (numpy).
    double score = 0.40 * 0.4901625 + 0.25 * 0.64 + 0.15 * growth + 0.20 * 0.1500390;
    assertThat(best.score()).isCloseTo(score, within(1e-7));
    assertThat(best.scoreLow()).isCloseTo(score, within(1e-7));
    // Upper bounds 0.9433178 and 0.8499610; room and growth have no interval here.
    assertThat(best.scoreHigh())
        .isCloseTo(0.40 * 0.9433178 + 0.25 * 0.64 + 0.15 * growth + 0.20 * 0.8499610, within(1e-7));

    Opportunity health = research.opportunities(KEY, 5).get(1);
    assertThat(health.paymentPart()).isZero();
    assertThat(health.growth()).isZero();
    assertThat(health.growthPart()).isEqualTo(0.5);
  }

  @Test
  void shouldRankByOtherWeights_withoutStoringAnything() {
    analyse(KEY, 9);
    List<Map<String, Object>> before = snapshot(9);

    OpportunityBoard byRoom = research.weigh(KEY, 9, new OpportunityWeights(0, 1, 0, 0), List.of());

    // 1 − HHI alone: 1 − 0.36 and 1 − 0.64.
    assertThat(byRoom.ranked()).extracting(Opportunity::market).containsExactly("retail", "health");
    assertThat(byRoom.ranked().get(0).score()).isCloseTo(0.64, within(1e-12));
    assertThat(byRoom.ranked().get(1).score()).isCloseTo(0.36, within(1e-12));
    assertThat(byRoom.chosenBy()).isEqualTo(WeightsOwner.PERSON);
    assertThat(research.board(KEY, 9).ranked().get(0).score()).isLessThan(0.64);
    assertThat(research.board(KEY, 9).chosenBy()).isEqualTo(WeightsOwner.DEFAULT);
    assertThat(snapshot(9)).isEqualTo(before);
  }

  /** What the form showed is what the analysis stores: the same bits, whatever the weights. */
  @Test
  void shouldStoreWhatTheFormShowed_andSayWhoChoseTheWeights() {
    analyse(KEY, 12);
    SplittableRandom random = new SplittableRandom(4);
    for (int run = 0; run < 20; run++) {
      OpportunityWeights weights =
          new OpportunityWeights(
              random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble());
      OpportunityBoard shown = research.weigh(KEY, 12, weights, List.of());

      research.analyseOpportunity(KEY, 12, List.of(), weights);

      assertThat(research.board(KEY, 12)).isEqualTo(shown);
    }
    Briefing briefing =
        context
            .getBean(BriefingService.class)
            .find(ResearchService.briefingId(KEY, 12))
            .orElseThrow();
    assertThat(briefing.summary().en())
        .contains(
            "The weights were chosen by the person who asked for the analysis again: need 0.");
    assertThat(briefing.summary().zh()).contains("权重由要求重新分析者选定：需求 0.");
    // The usual weights are nobody's choice.
    research.analyseOpportunity(KEY, 12, List.of(), OpportunityWeights.DEFAULT);
    assertThat(research.board(KEY, 12).chosenBy()).isEqualTo(WeightsOwner.DEFAULT);
    assertThat(research.latestRanking(KEY)).hasValueSatisfying(c -> assertThat(c).isPositive());
  }

  @Test
  void shouldScoreWithTheCampaignsWeights_andSayThatTheyAreSet() {
    loadSurvey("own-weights", survey());
    loadCompetitors("own-weights", competitors());

    Opportunity best = analyse("own-weights", 1).orElseThrow();

    // need : room = 3 : 1, the parts as above.
    assertThat(best.score()).isCloseTo(0.75 * 0.4901625 + 0.25 * 0.64, within(1e-7));
    OpportunityBoard board = research.board("own-weights", 1);
    assertThat(board.chosenBy()).isEqualTo(WeightsOwner.CAMPAIGN);
    assertThat(board.usual()).isEqualTo(new OpportunityWeights(0.75, 0.25, 0, 0));
    assertThat(context.getBean(BriefingService.class).find("own-weights/1/research.opportunity"))
        .map(b -> b.summary().en())
        .hasValueSatisfying(
            s ->
                assertThat(s)
                    .contains(
                        "The weights are set for the campaign: need 0.750, room 0.250, growth"
                            + " 0.000, payment 0.000."));
  }

  @Test
  void shouldLeaveMarketsOut_andSayWhereTheFirstPlaceChanges() {
    analyse(KEY, 13);

    OpportunityBoard both = research.board(KEY, 13);
    OpportunityBoard one = research.weigh(KEY, 13, OpportunityWeights.DEFAULT, List.of("retail"));

    assertThat(both.firmness().en()).startsWith("retail is first. ");
    assertThat(both.sensitivity().ranges()).hasSize(4);
    assertThat(one.ranked()).extracting(Opportunity::market).containsExactly("health", "retail");
    assertThat(one.sensitivity()).isNull();
    assertThat(one.firmness().en()).isEqualTo("health is first. It is the only viable one.");
    assertThat(
            research
                .weigh(KEY, 13, OpportunityWeights.DEFAULT, List.of("retail", "health"))
                .firmness()
                .zh())
        .startsWith("没有剩余的");
    assertThatThrownBy(() -> research.board(KEY, 99))
        .isInstanceOf(NoRankingException.class)
        .hasMessageContaining("cycle 99, has no ranking of its markets yet");
  }

  /** A ranking of a release before has no intervals; they are made anew. */
  @Test
  void shouldWeighARankingOfTheReleaseBefore() {
    analyse(KEY, 14);
    OpportunityWeights weights = new OpportunityWeights(1, 1, 1, 1);
    OpportunityBoard expected = research.weigh(KEY, 14, weights, List.of());
    context
        .getBean(JdbcClient.class)
        .sql(
            """
            update research_part
               set figures = jsonb_set(figures - 'chosenBy', '{ranked}',
                     (select jsonb_agg(m - 'intervals')
                        from jsonb_array_elements(figures -> 'ranked') m))
             where campaign_key = ? and cycle = 14 and part = 'opportunity'
            """)
        .param(KEY)
        .update();

    assertThat(research.weigh(KEY, 14, weights, List.of())).isEqualTo(expected);
    assertThat(research.board(KEY, 14).chosenBy()).isEqualTo(WeightsOwner.DEFAULT);
  }

  @Test
  void shouldMakeFiguresAnew_whenTheReleaseBeforeLeftNone() {
    Optional<Opportunity> expected = analyse(KEY, 10);
    context
        .getBean(JdbcClient.class)
        .sql("update research_part set figures = null where campaign_key = ? and cycle = 10")
        .param(KEY)
        .update();

    assertThat(research.analyseOpportunity(KEY, 10, List.of(), null)).isEqualTo(expected);
  }

  @Test
  void shouldBriefInBothLanguages_withSourcesSensitivityAndRefusals() {
    analyse(KEY, 11);

    Briefing briefing =
        context
            .getBean(BriefingService.class)
            .find(ResearchService.briefingId(KEY, 11))
            .orElseThrow();
    assertThat(briefing.summary().en())
        .startsWith(
            "retail is proposed: 80 % of 10 respondents have the need (95 % interval 49 to");
    assertThat(briefing.tables())
        .extracting(t -> t.title().en())
        .contains(
            "Weights with which retail stays first (the others keep their proportions)",
            "How the answers are weighted",
            "What was forecast, and what was not");
    assertThat(briefing.allSources())
        .extracting(Briefing.Source::id)
        .contains("method/wilson", "method/trend")
        .anyMatch(id -> id.startsWith(KEY + "/survey/"));
    assertThat(briefing.tables())
        .allSatisfy(
            t -> {
              assertThat(t.title().zh()).isNotBlank();
              assertThat(t.rows()).allSatisfy(r -> assertThat(r).hasSameSizeAs(t.columns()));
            });
    assertThat(briefing.charts())
        .extracting(Briefing.Chart::kind)
        .contains("bar", "scatter", "line");
    assertThat(briefing.charts())
        .allSatisfy(
            c ->
                assertThat(c.series())
                    .allSatisfy(s -> assertThat(s.values()).hasSameSizeAs(c.labels())));
  }

  @Test
  void shouldProposeTheNextMarket_whenTheBestIsExcluded_andNoneWhenAllAre() {
    assertThat(analyse(KEY, 6, "retail")).map(Opportunity::market).contains("health");
    assertThat(context.getBean(BriefingService.class).find(ResearchService.briefingId(KEY, 6)))
        .map(b -> b.summary().en())
        .hasValueSatisfying(s -> assertThat(s).contains("It is the only viable one."));
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
    List<Map<String, Object>> first = snapshot(7);
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
    List<Map<String, Object>> first = snapshot(8);
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

    assertThatThrownBy(() -> research.analyseOpportunity("early", 1, List.of(), null))
        .hasMessageContaining("the analysis of competition and trend has not run");
    assertThatThrownBy(() -> research.analyseDemand("nobody", 1))
        .isInstanceOf(UnknownCampaignException.class);
  }

  private static <T> T figures(int cycle, ResearchPart part, Class<T> type) {
    return figures.find(KEY, cycle, part, type).orElseThrow();
  }

  private static List<Map<String, Object>> snapshot(int cycle) {
    return context
        .getBean(JdbcClient.class)
        .sql("select part, figures::text from research_part where cycle = ? order by part")
        .param(cycle)
        .query()
        .listOfRows();
  }
}
