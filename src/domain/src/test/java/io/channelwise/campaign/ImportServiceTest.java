package io.channelwise.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.research.ResearchService;
import io.channelwise.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** The import on real PostgreSQL, with the loaders of research and one that can fail. */
class ImportServiceTest {
  private static final String SURVEY = "market,respondent,need\nretail,r1,yes\nretail,r2,no\n";
  private static final String COMPETITORS =
      "market,competitor,market_share,price,period\nretail,Big,60%,100,2025-Q1\n";

  private static AnnotationConfigApplicationContext context;
  private static ResearchService research;
  private static ImportService imports;
  private static CampaignService campaigns;
  private static final FailingLoader LAST = new FailingLoader();

  @TempDir Path folder;

  /** A third table, loaded after the others, whose loading can be made to fail. */
  private static final class FailingLoader implements TableLoader {
    private boolean fails;

    @Override
    public TableSpec spec() {
      return new TableSpec(
          "zeta",
          new Text("Zeta", "末"),
          List.of(
              TableSpec.Column.required("market", "市场", TableSpec.Type.TEXT).in("survey.market")),
          List.of(),
          false);
    }

    @Override
    public long load(String campaignKey, Iterator<Row> rows) {
      if (fails) {
        throw new IllegalStateException("Loading zeta of %s failed.".formatted(campaignKey));
      }
      rows.forEachRemaining(row -> {});
      return 0;
    }
  }

  @BeforeAll
  static void start() {
    context = new AnnotationConfigApplicationContext();
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    context.register(DomainConfiguration.class);
    context.refresh();
    research = context.getBean(ResearchService.class);
    List<TableLoader> loaders = new ArrayList<>(List.of(LAST));
    context.getBeansOfType(TableLoader.class).values().stream()
        .filter(l -> List.of("survey", "competitors").contains(l.spec().name()))
        .forEach(loaders::add);
    TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
    Clock clock = context.getBean(Clock.class);
    imports =
        new ImportService(
            new TableCatalog(loaders), context.getBean(ImportRepository.class), transaction, clock);
    campaigns =
        new CampaignService(context.getBean(CampaignRepository.class), imports, transaction, clock);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  private SourceFile file(String name, String text) throws IOException {
    return new SourceFile(name, Files.writeString(folder.resolve(name), text));
  }

  private static NewCampaign json(String key) {
    return NewCampaign.parse(
        """
        {"key":"%s","name":"n","company":"c","product":"p","promotionBudget":1,"currency":"EUR"}
        """
            .formatted(key));
  }

  @Test
  void shouldCreateACampaignWithItsData_andKnowWhereItCameFrom() throws IOException {
    campaigns.create(
        json("whole"), List.of(file("competitors.csv", COMPETITORS), file("survey.csv", SURVEY)));

    assertThat(research.markets("whole")).containsExactly("retail");
    assertThat(research.competitors("whole", "retail")).hasSize(1);
    assertThat(imports.imports("whole"))
        .extracting(DataImport::table, DataImport::rows)
        .containsExactly(tuple("competitors", 1L), tuple("survey", 2L));
  }

  @Test
  void shouldCreateNothing_whenOneCellIsWrong() throws IOException {
    InvalidDataException refused =
        catchThrowableOfType(
            InvalidDataException.class,
            () ->
                campaigns.create(
                    json("one-bad-cell"),
                    List.of(
                        file("survey.csv", SURVEY),
                        file("competitors.csv", COMPETITORS.replace("60%", "160%")))));

    assertThat(refused.findings()).extracting(Finding::found).containsExactly("160%");
    assertThat(campaigns.find("one-bad-cell")).isEmpty();
  }

  @Test
  void shouldReportJsonAndFilesTogether() throws IOException {
    NewCampaign bad = NewCampaign.parse("{\"key\":\"together\",\"name\":\"n\"}");

    InvalidDataException refused =
        catchThrowableOfType(
            InvalidDataException.class,
            () -> campaigns.create(bad, List.of(file("survey.csv", "a,b\n1,2\n"))));

    assertThat(refused.findings())
        .extracting(Finding::file)
        .contains("campaign.json", "survey.csv", "competitors.csv");
  }

  @Test
  void shouldStoreNothing_whenTheLastLoaderFails() throws IOException {
    List<SourceFile> files =
        List.of(
            file("survey.csv", SURVEY),
            file("competitors.csv", COMPETITORS),
            file("zeta.csv", "market\nretail\n"));
    LAST.fails = true;
    try {
      assertThatThrownBy(() -> campaigns.create(json("last-fails"), files))
          .hasMessage("Loading zeta of last-fails failed.");
    } finally {
      LAST.fails = false;
    }

    assertThat(campaigns.find("last-fails")).isEmpty();
    assertThat(research.markets("last-fails")).isEmpty();
    campaigns.create(json("last-fails"), files);
    assertThat(research.markets("last-fails")).containsExactly("retail");
  }

  @Test
  void shouldReplaceOnlyTheTablesBrought_andCheckThemAgainstTheOthers() throws IOException {
    campaigns.create(
        json("replace"), List.of(file("survey.csv", SURVEY), file("competitors.csv", COMPETITORS)));

    imports.importAll("replace", List.of(file("survey.csv", SURVEY + "health,r1,yes\n")));
    assertThat(research.markets("replace")).containsExactly("health", "retail");
    assertThat(research.competitors("replace", "retail")).hasSize(1);

    InvalidDataException refused =
        catchThrowableOfType(
            InvalidDataException.class,
            () ->
                imports.importAll(
                    "replace", List.of(file("survey.csv", "market,respondent,need\nx,r,1\n"))));
    assertThat(refused.getMessage()).contains("competitors.csv, brought earlier, refers to");
    assertThat(research.markets("replace")).containsExactly("health", "retail");
  }

  @Test
  void shouldRefuseDataForAnUnknownCampaign() throws IOException {
    List<SourceFile> files =
        List.of(file("survey.csv", SURVEY), file("competitors.csv", COMPETITORS));

    assertThatThrownBy(() -> imports.importAll("nobody", files))
        .isInstanceOf(UnknownCampaignException.class);
  }

  @Test
  void shouldRefuseAKeyThatIsTaken_andKeepTheFirstData() throws IOException {
    List<SourceFile> files =
        List.of(file("survey.csv", SURVEY), file("competitors.csv", COMPETITORS));
    campaigns.create(json("taken"), files);

    assertThatThrownBy(
            () ->
                campaigns.create(
                    json("taken"),
                    List.of(
                        file("survey.csv", SURVEY.replace("retail", "health")),
                        file("competitors.csv", COMPETITORS.replace("retail", "health")))))
        .isInstanceOf(CampaignExistsException.class);
    assertThat(research.markets("taken")).containsExactly("retail");
  }
}
