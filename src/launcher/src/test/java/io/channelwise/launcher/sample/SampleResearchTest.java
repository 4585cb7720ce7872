package io.channelwise.launcher.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.SourceFile;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.research.Opportunity;
import io.channelwise.research.ResearchService;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Market research on the sample, as it ships. */
class SampleResearchTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"en, retail", "zh, 零售"})
  void shouldProposeTheMarketTheSampleWasMadeFor(String language, String expected)
      throws Exception {
    SampleCampaign.write(folder, language);
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      context.registerBean("domainDataSource", HikariDataSource.class, () -> migrated(server));
      context.register(DomainConfiguration.class);
      context.refresh();
      NewCampaign campaign = NewCampaign.parse(Files.readString(folder.resolve("campaign.json")));
      String key = campaign.json().get("key").asText();
      context.getBean(CampaignService.class).create(campaign, tables());
      ResearchService research = context.getBean(ResearchService.class);
      research.analyseDemand(key, 1);
      research.analyseCompetition(key, 1);
      research.analyseTrend(key, 1);

      Opportunity best = research.analyseOpportunity(key, 1, List.of(), null).orElseThrow();

      assertThat(best.market()).isEqualTo(expected);
      Briefing briefing =
          context.getBean(BriefingService.class).find(ResearchService.briefingId(key, 1)).get();
      assertThat(briefing.tables())
          .extracting(t -> t.title().en())
          .contains(
              "How well each method would have forecast the past",
              "Forecast with 95 % prediction intervals")
          .doesNotContain("Doubts about the shares brought");
      assertThat(briefing.tables())
          .filteredOn(t -> t.title().en().equals("How the answers are weighted"))
          .flatExtracting(Briefing.Table::rows)
          .hasSize(3)
          .allSatisfy(
              row ->
                  assertThat(row.toString()).containsAnyOf("weighted to the segment sizes", "列加权"));
      assertThat(briefing.charts())
          .extracting(c -> c.title().en())
          .contains(
              "Price against share in " + expected,
              "Mean price in " + expected + ", and where it is heading");
    }
  }

  private static HikariDataSource migrated(EmbeddedPostgres server) {
    HikariDataSource dataSource = new HikariDataSource();
    dataSource.setJdbcUrl(
        server.getJdbcUrl("postgres", "postgres") + "&currentSchema=channelwise,public");
    Flyway.configure()
        .dataSource(dataSource)
        .schemas("channelwise")
        .locations("classpath:db/migration")
        .load()
        .migrate();
    return dataSource;
  }

  private List<SourceFile> tables() throws Exception {
    try (var files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".csv"))
          .sorted()
          .map(f -> new SourceFile(f.getFileName().toString(), f))
          .toList();
    }
  }
}
