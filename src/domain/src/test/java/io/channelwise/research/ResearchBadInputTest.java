package io.channelwise.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.Finding;
import io.channelwise.campaign.ImportService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.SourceFile;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Meagre, extreme and impossible data of markets: an answer or a sentence each. */
class ResearchBadInputTest {
  private static AnnotationConfigApplicationContext context;
  private static ResearchService research;

  @BeforeAll
  static void start() {
    context = new AnnotationConfigApplicationContext();
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    context.register(DomainConfiguration.class);
    context.refresh();
    research = context.getBean(ResearchService.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  private static Row answer(int i, boolean need, Double pay, Double population) {
    Map<String, Object> values = new HashMap<>();
    values.put("market", "retail");
    values.put("respondent", "r" + i);
    values.put("need", need);
    values.put("willingness_to_pay", pay);
    values.put("segment", "all");
    values.put("segment_population", population);
    return new Row(i + 2, values);
  }

  private static Row competitor(String name, double share, double price, String period) {
    Map<String, Object> values = new HashMap<>();
    values.put("market", "retail");
    values.put("competitor", name);
    values.put("market_share", share);
    values.put("price", price);
    values.put("period", period);
    return new Row(2, values);
  }

  private static Optional<Opportunity> analyse(String key, List<Row> answers, List<Row> rivals) {
    context
        .getBean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"%s","name":"n","company":"c","product":"p","promotionBudget":1,
                 "currency":"EUR"}
                """
                    .formatted(key)));
    context.getBean(SurveyLoader.class).load(key, answers.iterator());
    context.getBean(CompetitorsLoader.class).load(key, rivals.iterator());
    research.analyseDemand(key, 1);
    research.analyseCompetition(key, 1);
    research.analyseTrend(key, 1);
    return research.analyseOpportunity(key, 1, List.of(), null);
  }

  private static Briefing briefing(String key) {
    return context
        .getBean(BriefingService.class)
        .find(ResearchService.briefingId(key, 1))
        .orElseThrow();
  }

  @Test
  void shouldAnswer_withOneMarket_oneSegment_oneRespondent_oneCompetitor() {
    Opportunity best =
        analyse(
                "single",
                List.of(answer(1, true, 100.0, 50.0)),
                List.of(competitor("Solo", 1, 90, "2026")))
            .orElseThrow();

    // Lower Wilson bound of 1 of 1, 1 / (1 + 1.96²) (scipy: 0.2065493), twice: need and payment.
    assertThat(best.needPart()).isCloseTo(0.2065493, within(1e-6));
    assertThat(best.paymentPart()).isCloseTo(0.2065493, within(1e-6));
    assertThat(best.roomPart()).isZero();
    assertThat(best.growthPart()).as("one period: not known").isEqualTo(0.5);
    OpportunityBoard board = research.board("single", 1);
    assertThat(board.sensitivity()).isNull();
    assertThat(board.firmness().en()).isEqualTo("retail is first. It is the only viable one.");
    assertThat(briefing("single").summary().zh()).contains("这是唯一可行的市场。");
  }

  @Test
  void shouldAnswer_withoutCompetitors() {
    List<Row> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(answer(i, i < 8, 10.0 * (i + 1), null));
    }

    Opportunity best = analyse("alone", answers, List.of()).orElseThrow();

    assertThat(best.roomPart()).as("nobody holds any of it").isEqualTo(1);
    assertThat(best.paymentPart()).as("no price to pay is known").isEqualTo(0.5);
    assertThat(best.intervals().get(3)).isEqualTo(new Opportunity.Interval(0, 1));
    assertThat(best.concentration()).isZero();
    assertThat(briefing("alone").figures()).noneMatch(f -> f.id().equals("leader"));
    assertThat(briefing("alone").tables())
        .allSatisfy(
            t -> assertThat(t.rows()).allSatisfy(r -> assertThat(r).hasSameSizeAs(t.columns())));
  }

  @Test
  void shouldAnswer_withAConstantSeries_andRefuseTooShortAOneWithASentence() {
    List<Row> constant = new ArrayList<>();
    for (int quarter = 0; quarter < 8; quarter++) {
      String period = "%d-Q%d".formatted(2024 + quarter / 4, 1 + quarter % 4);
      constant.add(competitor("A", 0.5, 100, period));
      constant.add(competitor("B", 0.5, 100, period));
    }
    List<Row> answers = List.of(answer(1, true, 100.0, null), answer(2, true, 100.0, null));

    Opportunity best = analyse("constant", answers, constant).orElseThrow();
    analyse("short", answers, constant.subList(0, 4));

    assertThat(best.growth()).isZero();
    assertThat(best.growthPart()).isEqualTo(0.5);
    assertThat(best.intervals().get(2)).isEqualTo(new Opportunity.Interval(0.5, 0.5));
    assertThat(notes("short"))
        .anyMatch(
            n ->
                n.startsWith(
                    "No forecast of the mean price in retail: it has 2 periods (2024-Q1 to"
                        + " 2024-Q2); at least 7 are needed"));
    assertThat(notes("constant")).noneMatch(n -> n.startsWith("No forecast"));
  }

  private static List<String> notes(String key) {
    return briefing(key).tables().stream()
        .filter(t -> t.title().en().equals("What was forecast, and what was not"))
        .flatMap(t -> t.rows().stream())
        .map(row -> (String) ((Map<?, ?>) row.get(1)).get("en"))
        .toList();
  }

  @Test
  void shouldProposeNothing_whenThoseWithTheNeedWeighNothing() {
    assertThat(
            analyse(
                "weightless",
                List.of(answer(1, true, 100.0, 0.0), answer(2, false, null, 0.0)),
                List.of(competitor("A", 0.5, 100, "2026"))))
        .as("all segments of size 0: not weighted, so the need of 1 of 2 counts")
        .map(Opportunity::demandShare)
        .contains(0.5);
    assertThat(analyse("needless", List.of(answer(1, false, null, 9.0)), List.of())).isEmpty();
    assertThat(research.board("needless", 1).firmness().en()).startsWith("No market is left");
  }

  @Test
  void shouldRefuseSharesAndPricesThatAreNoNumbers(@TempDir Path folder) throws IOException {
    Path survey =
        Files.writeString(
            folder.resolve("survey.csv"), "market,respondent,need\nretail,r1,yes\nretail,r2,NaN\n");
    Path competitors =
        Files.writeString(
            folder.resolve("competitors.csv"),
            """
            market,competitor,market_share,price,period
            retail,A,NaN,100,2026
            retail,B,Infinity,100,2026
            retail,C,0.1,NaN,2026
            retail,D,0.1,-inf,2026
            retail,E,0.1,1e999,2026
            retail,F,1.2,-1,2026
            """);

    List<Finding> findings =
        context
            .getBean(ImportService.class)
            .check(
                List.of(
                    new SourceFile("survey.csv", survey),
                    new SourceFile("competitors.csv", competitors)))
            .findings();

    assertThat(findings)
        .filteredOn(f -> f.row() > 0)
        .extracting(Finding::file, Finding::row, Finding::column, Finding::found)
        .containsExactlyInAnyOrder(
            tuple("survey.csv", 3L, "need", "NaN"),
            tuple("competitors.csv", 2L, "market_share", "NaN"),
            tuple("competitors.csv", 3L, "market_share", "Infinity"),
            tuple("competitors.csv", 4L, "price", "NaN"),
            tuple("competitors.csv", 5L, "price", "-inf"),
            tuple("competitors.csv", 6L, "price", "1e999"),
            tuple("competitors.csv", 7L, "market_share", "1.2"),
            tuple("competitors.csv", 7L, "price", "-1"));
  }
}
