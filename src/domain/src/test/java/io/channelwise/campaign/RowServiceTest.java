package io.channelwise.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Whoever follows a figure to its inputs finds the rows that were brought, and those only. */
class RowServiceTest {
  private static final String KEY = "rows";

  /**
   * Header and rows of each of the eleven tables, each row in the order in which it is read back.
   */
  private static final Map<String, String> TABLES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "survey",
                  """
                  market,respondent,need,pain_point,willingness_to_pay,segment,segment_population
                  finance,r3,true,slow,1500.5,banks,
                  retail,r1,true,,900,shops,40
                  retail,r2,false,,,shops,40
                  """),
              Map.entry(
                  "competitors",
                  """
                  market,competitor,market_share,price,strength,weakness,period
                  retail,Big,0.6,100,brand,,2025-Q1
                  """),
              Map.entry(
                  "channels",
                  """
                  channel,market,kind,reach,fixed_cost,revenue_share,parent,contact,half_saturation
                  Cloud,,cloud marketplace,1000,5,0.2,,a@example.com,250.5
                  Forum,retail,community,50,0,0,Cloud,,
                  """),
              Map.entry(
                  "negotiations",
                  """
                  channel,round,revenue_share,fixed_fee,exclusive,term_months,outcome
                  Cloud,1,0.1,10,false,12,counter
                  Cloud,2,0.15,20,true,24,accept
                  """),
              Map.entry(
                  "materials",
                  """
                  material,kind,channel,title,body
                  paper,white paper,Cloud,Title,Body with “quotes”
                  """),
              Map.entry(
                  "activities",
                  """
                  activity,material,channel,start,end,budget
                  launch,paper,Cloud,2026-01-01,2026-02-01,500
                  """),
              Map.entry("support", "support_channel,hours,sla_minutes\nmail,9-17,60\n"),
              Map.entry("training-material", "material,channel,title,body\nfaq,,FAQ,Answers\n"),
              Map.entry(
                  "feedback",
                  """
                  kind,text,label,rating,created_at
                  review,late again,delivery,2,2026-01-02T03:04:05Z
                  """),
              Map.entry("improvements", "kind,description,effort,value\nspeed,faster,2,8\n"),
              Map.entry(
                  "events",
                  """
                  event_id,user,segment,channel,type,occurred_at,revenue,cost
                  e1,u1,shops,Cloud,view,2026-01-05T10:00:00.000000Z,0,1
                  e2,u1,shops,Cloud,click,2026-01-05T10:01:00.250000Z,0,0
                  e3,u2,banks,Forum,click,2026-01-05T10:02:00.000000Z,0,0
                  """)));

  private static AnnotationConfigApplicationContext context;
  private static RowService rows;
  @TempDir static Path folder;

  @BeforeAll
  static void start() throws IOException {
    context = new AnnotationConfigApplicationContext();
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    context.register(DomainConfiguration.class);
    context.refresh();
    rows = context.getBean(RowService.class);
    List<SourceFile> files = new ArrayList<>();
    for (Map.Entry<String, String> table : TABLES.entrySet()) {
      Path file = folder.resolve(table.getKey() + ".csv");
      files.add(
          new SourceFile(file.getFileName().toString(), Files.writeString(file, table.getValue())));
    }
    context
        .getBean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"rows","name":"n","company":"c","product":"p","promotionBudget":1,
                 "currency":"EUR"}
                """),
            files);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  private static RowPage page(String table, Map<String, String> where) {
    return rows.rows(KEY, table, where, null, 0, 100);
  }

  /** As the CSV that they came from. */
  private static String csv(RowPage page) {
    StringBuilder csv = new StringBuilder();
    csv.append(
        String.join(",", page.columns().stream().map(RowPage.ColumnName::name).toList()) + "\n");
    for (Map<String, Object> row : page.rows()) {
      List<String> cells = row.values().stream().map(v -> v == null ? "" : v.toString()).toList();
      csv.append(String.join(",", cells)).append('\n');
    }
    return csv.toString();
  }

  @Test
  void shouldGiveBackEachTableAsItWasBrought() {
    for (Map.Entry<String, String> table : TABLES.entrySet()) {
      RowPage page = page(table.getKey(), Map.of());

      assertThat(csv(page)).as(table.getKey()).isEqualTo(table.getValue());
      assertThat(page.total()).as(table.getKey()).isEqualTo(page.rows().size());
      assertThat(page.imported().rows()).isEqualTo(page.total());
    }
  }

  @Test
  void shouldFindRowsByValue_andCountThemOnAllPages() {
    assertThat(page("survey", Map.of("market", "retail", "need", "true")).rows())
        .extracting(row -> row.get("respondent"))
        .containsExactly("r1");
    assertThat(page("negotiations", Map.of("round", "2")).rows()).hasSize(1);
    assertThat(page("survey", Map.of("market", "nowhere")).total()).isZero();

    RowPage second = rows.rows(KEY, "survey", Map.of(), null, 1, 2);
    assertThat(second.total()).isEqualTo(3);
    assertThat(second.rows()).extracting(row -> row.get("respondent")).containsExactly("r2");
  }

  @Test
  void shouldFindEvents_andCountThemBySumsOrRowByRow() {
    RowPage clicks = rows.rows(KEY, "events", Map.of("type", "click"), null, 0, 1);
    assertThat(clicks.total()).isEqualTo(2);
    assertThat(clicks.rows()).extracting(row -> row.get("event_id")).containsExactly("e2");
    RowPage ofUser = page("events", Map.of("user", "u1", "channel", "Cloud"));
    assertThat(ofUser.total()).isEqualTo(2);
    assertThat(page("events", Map.of("event_id", "e3", "segment", "shops")).total()).isZero();
  }

  @Test
  void shouldTell_whenTheFileALinkNamesWasReplaced() {
    String sha256 = page("survey", Map.of()).imported().sha256();

    assertThat(rows.rows(KEY, "survey", Map.of(), sha256.substring(0, 12), 0, 1).superseded())
        .isFalse();
    assertThat(rows.rows(KEY, "survey", Map.of(), "000000000000", 0, 1).superseded()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "customers | market | x    | 0 | 10  | true  | There is no table customers; the tables are activities",
        "survey    | name   | x    | 0 | 10  | false | Rows of table survey cannot be asked for by name; they can by market, respondent, need",
        "survey    | willingness_to_pay | 1 | 0 | 10 | false | cannot be asked for by willingness_to_pay",
        "survey    | need   | yes! | 0 | 10  | false | Column need was asked for “yes!”; expected true or false",
        "negotiations | round | 1e | 0 | 10  | false | Column round was asked for “1e”; expected a whole number",
        "survey    | market | x    | 0 | 501 | false | expected a page from 0 and 1 to 500 rows",
        "survey    | market | x    | -1 | 10 | false | expected a page from 0",
        "survey    | market | retail | 7 | 10 | true | has no page 7"
      })
  void shouldRefuseWithASentence(
      String table, String column, String value, int page, int size, boolean unknown, String why) {
    assertThatThrownBy(() -> rows.rows(KEY, table, Map.of(column, value), null, page, size))
        .isInstanceOfSatisfying(
            InvalidRowQueryException.class,
            e -> {
              assertThat(e.isUnknown()).isEqualTo(unknown);
              assertThat(e.reason().en()).contains(why);
              assertThat(e.reason().zh()).isNotEqualTo(e.reason().en());
            });
  }

  @Test
  void shouldKnowNoOtherCampaign() {
    assertThatThrownBy(() -> rows.rows("other", "survey", Map.of(), null, 0, 1))
        .isInstanceOf(UnknownCampaignException.class);
  }
}
