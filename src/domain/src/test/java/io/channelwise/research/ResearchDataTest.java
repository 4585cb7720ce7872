package io.channelwise.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.Finding;
import io.channelwise.campaign.ImportService;
import io.channelwise.campaign.InvalidDataException;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class ResearchDataTest {
  private static AnnotationConfigApplicationContext context;
  private static ResearchService research;

  @BeforeAll
  static void start() {
    context = new AnnotationConfigApplicationContext();
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    context.register(DomainConfiguration.class);
    context.refresh();
    research = context.getBean(ResearchService.class);
    context
        .getBean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"research","name":"n","company":"c","product":"p","promotionBudget":1,
                 "currency":"EUR"}
                """));
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  void shouldCountNeedWithItsWilsonInterval() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Map<String, Object> values = new HashMap<>();
      values.put("market", "healthcare");
      values.put("respondent", "r" + i);
      values.put("need", i < 8);
      values.put("willingness_to_pay", i < 4 ? Double.valueOf(10.0 * (i + 1)) : null);
      rows.add(new Row(i + 2, values));
    }
    context.getBean(SurveyLoader.class).load("research", rows.iterator());

    Demand demand = research.demand("research", "healthcare").orElseThrow();

    // R: binom::binom.wilson(8, 10) gives 0.4901625 and 0.9433178.
    assertThat(demand.share()).isEqualTo(0.8);
    assertThat(demand.low()).isCloseTo(0.4901625, within(1e-7));
    assertThat(demand.high()).isCloseTo(0.9433178, within(1e-7));
    assertThat(demand.willingnessToPay()).isEqualTo(25.0);
    assertThat(research.markets("research")).containsExactly("healthcare");
    assertThat(research.demand("research", "finance")).isEmpty();
  }

  @Test
  void shouldRefuseTwoSizesOfOneSegment() {
    List<Row> rows =
        List.of(sized(2, "small", 900.0), sized(3, "large", 100.0), sized(4, "small", 800.0));

    InvalidDataException refused =
        catchThrowableOfType(
            InvalidDataException.class,
            () -> context.getBean(SurveyLoader.class).load("research", rows.iterator()));

    assertThat(refused.findings().get(0).message().en())
        .isEqualTo(
            "survey.csv, row 4, column segment_population: found “800”, expected 900 as in row 2, one size for each segment of a market.");
    assertThat(refused.findings().get(0).message().zh()).contains("应为 900（与第 2 行一致");
  }

  @Test
  void shouldRefuseSizesAndPricesThatAreNoNumbers(@TempDir Path folder) throws IOException {
    Path survey =
        Files.writeString(
            folder.resolve("survey.csv"),
            """
            市场,受访者,需求,支付意愿,用户群,用户群规模
            retail,r1,是,NaN,small,-5
            retail,r2,是,infinity,small,NaN
            """);

    assertThat(
            context
                .getBean(ImportService.class)
                .check(List.of(new SourceFile("survey.csv", survey)))
                .findings())
        .filteredOn(f -> f.file().equals("survey.csv"))
        .extracting(Finding::row, Finding::column, Finding::found)
        .containsExactlyInAnyOrder(
            tuple(2L, "支付意愿", "NaN"),
            tuple(2L, "用户群规模", "-5"),
            tuple(3L, "支付意愿", "infinity"),
            tuple(3L, "用户群规模", "NaN"));
  }

  private static Row sized(long line, String segment, Double population) {
    return new Row(
        line,
        Map.of(
            "market",
            "sized",
            "respondent",
            "r" + line,
            "need",
            true,
            "segment",
            segment,
            "segment_population",
            population));
  }

  @Test
  void shouldGiveCompetitorsOfTheLatestPeriod() {
    context
        .getBean(CompetitorsLoader.class)
        .load(
            "research",
            List.of(
                    competitor(2, "old", 0.9, 100, "2024"),
                    competitor(3, "small", 0.2, 12, "2025-Q3"),
                    competitor(4, "big", 0.5, 20, "2025-Q3"))
                .iterator());

    assertThat(research.competitors("research", "healthcare"))
        .containsExactly(new Competitor("big", 0.5, 20), new Competitor("small", 0.2, 12));
  }

  private static Row competitor(long line, String name, double share, double price, String period) {
    return new Row(
        line,
        Map.of(
            "market",
            "healthcare",
            "competitor",
            name,
            "market_share",
            share,
            "price",
            price,
            "period",
            period));
  }
}
