package io.channelwise.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.opencsv.CSVReader;
import com.opencsv.CSVWriter;
import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.ImportService;
import io.channelwise.campaign.ImportedTable;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.SourceFile;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Real answers and real prices through the product's own import; expected values by Python's csv,
 * json and scipy on the same files.
 *
 * <p>The survey (816 researchers on their use of language models, github.com/allenai/
 * llm-research-survey, Apache-2.0) becomes survey.csv as a user would map it: five columns are
 * added, the 67 of the file stay and are ignored.
 *
 * <ul>
 *   <li>market: {@code Field}, the field of research; "field not stated" when blank
 *   <li>respondent: number of the row
 *   <li>need: {@code Q26}, information seeking with language models at least occasionally
 *   <li>pain_point: the tasks whose risk was rated very or extremely high, {@code Q89_1..6}
 *   <li>segment: {@code Year_Group}, years as a researcher
 *   <li>segment_population: the file has none; 50, 30 and 20 are assumed here
 * </ul>
 *
 * <p>The competitors (github.com/pydantic/genai-prices, MIT) are the makers of models: price is the
 * median over a maker's models of (3 input + 1 output) / 4, USD a million tokens; as the file has
 * no market shares, a maker's share of all models listed stands in for it.
 */
class RealDataTest {
  private static final Path DATA = Path.of("../../../shared/data");
  private static final String KEY = "researchers";
  private static final Set<String> OFTEN = Set.of("Occasionally", "Frequently", "Very Frequently");
  private static final Set<String> RISKY = Set.of("Very Risky", "Extremely Risky");
  private static final List<String> TASKS =
      List.of(
          "information seeking",
          "editing support",
          "direct writing",
          "ideation and framing",
          "data generation",
          "data analysis");
  private static final Map<String, String> SIZES = Map.of("0-3", "50", "4-10", "30", "11+", "20");
  private static final Set<String> MAKERS =
      Set.of(
          "anthropic",
          "cohere",
          "deepseek",
          "google",
          "minimax",
          "mistral",
          "moonshotai",
          "openai",
          "x-ai",
          "zhipuai");

  @TempDir static Path folder;
  private static AnnotationConfigApplicationContext context;
  private static List<ImportedTable> imported;
  private static ResearchRepository figures;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Files.exists(DATA), "../shared/data is absent");
    context = new AnnotationConfigApplicationContext();
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    context.register(DomainConfiguration.class);
    context.refresh();
    context
        .getBean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"%s","name":"n","company":"c","product":"p","promotionBudget":1,
                 "currency":"USD"}
                """
                    .formatted(KEY)));
    List<String[]> survey = survey();
    imported =
        context
            .getBean(ImportService.class)
            .importAll(
                KEY,
                List.of(
                    file("survey.csv", survey),
                    file("competitors.csv", competitors(survey)),
                    file(
                        "channels.csv",
                        List.of(
                            new String[] {"channel", "kind", "reach"},
                            new String[] {"web", "search", "1000"}))));
    ResearchService research = context.getBean(ResearchService.class);
    research.analyseDemand(KEY, 1);
    research.analyseCompetition(KEY, 1);
    research.analyseTrend(KEY, 1);
    research.analyseOpportunity(KEY, 1, List.of(), null);
    figures = context.getBean(ResearchRepository.class);
  }

  @AfterAll
  static void stop() {
    if (context != null) {
      context.close();
    }
  }

  private static SourceFile file(String name, List<String[]> rows) throws IOException {
    Path path = folder.resolve(name);
    try (CSVWriter writer = new CSVWriter(Files.newBufferedWriter(path))) {
      writer.writeAll(rows);
    }
    return new SourceFile(name, path);
  }

  private static List<String[]> survey() throws Exception {
    List<String[]> mapped = new ArrayList<>();
    try (CSVReader reader =
        new CSVReader(
            Files.newBufferedReader(DATA.resolve("llm-research-survey/SurveyResults.csv")))) {
      List<String> header = Arrays.asList(reader.readNext());
      mapped.add(
          with(
              header.toArray(String[]::new),
              "market",
              "respondent",
              "need",
              "pain_point",
              "segment",
              "segment_population"));
      for (String[] row : reader) {
        String field = row[header.indexOf("Field")];
        String years = row[header.indexOf("Year_Group")];
        List<String> risky = new ArrayList<>();
        for (int task = 0; task < TASKS.size(); task++) {
          if (RISKY.contains(row[header.indexOf("Q89_" + (task + 1))])) {
            risky.add(TASKS.get(task));
          }
        }
        mapped.add(
            with(
                row,
                field.isEmpty() ? "field not stated" : field,
                "r" + mapped.size(),
                OFTEN.contains(row[header.indexOf("Q26")]) ? "yes" : "no",
                String.join("; ", risky),
                years,
                SIZES.getOrDefault(years, "")));
      }
    }
    return mapped;
  }

  private static String[] with(String[] row, String... more) {
    String[] whole = Arrays.copyOf(row, row.length + more.length);
    System.arraycopy(more, 0, whole, row.length, more.length);
    return whole;
  }

  private static List<String[]> competitors(List<String[]> survey) throws IOException {
    JsonNode providers =
        new ObjectMapper().readTree(DATA.resolve("genai-prices/data.json").toFile());
    Map<String, double[]> prices = new TreeMap<>();
    for (JsonNode provider : providers) {
      String name = provider.get("id").asText();
      if (MAKERS.contains(name)) {
        List<Double> blended = new ArrayList<>();
        for (JsonNode model : provider.get("models")) {
          JsonNode offer = model.get("prices");
          JsonNode price = offer.isArray() ? offer.get(0).get("prices") : offer;
          if (price.has("input_mtok") && price.has("output_mtok")) {
            blended.add(
                (3 * number(price.get("input_mtok")) + number(price.get("output_mtok"))) / 4);
          }
        }
        prices.put(name, blended.stream().mapToDouble(v -> v).sorted().toArray());
      }
    }
    double all = prices.values().stream().mapToInt(p -> p.length).sum();
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"market", "competitor", "market_share", "price"});
    int column = survey.get(0).length - 6;
    survey.stream()
        .skip(1)
        .map(row -> row[column])
        .distinct()
        .forEach(
            market ->
                prices.forEach(
                    (name, sorted) ->
                        rows.add(
                            new String[] {
                              market,
                              name,
                              Double.toString(sorted.length / all),
                              Double.toString(TheilSen.median(sorted))
                            })));
    return rows;
  }

  private static double number(JsonNode price) {
    return price.isObject() ? price.get("base").asDouble() : price.asDouble();
  }

  private static <T> T figures(ResearchPart part, Class<T> type) {
    return figures.find(KEY, 1, part, type).orElseThrow();
  }

  @Test
  void shouldImportTheSurveyAsPublished() {
    ImportedTable survey =
        imported.stream().filter(t -> t.table().equals("survey")).findFirst().orElseThrow();
    assertThat(survey.rows()).isEqualTo(816);
    assertThat(survey.ignoredColumns()).hasSize(67).contains("Duration (in seconds)", "Q98");
  }

  @Test
  void shouldMeasureTheNeedOfEachField() {
    assertThat(figures(ResearchPart.DEMAND, DemandFigures.class).markets())
        .extracting(
            DemandFigures.Market::market,
            m -> m.total().respondents(),
            m -> m.total().needing(),
            DemandFigures.Market::weighted)
        .containsExactly(
            tuple("Biology & Medicine", 94L, 49L, true),
            tuple("Computer Science", 257L, 120L, true),
            tuple("Natural Science", 132L, 57L, true),
            tuple("Social Science", 152L, 83L, true),
            tuple("field not stated", 181L, 91L, false));
  }

  @Test
  void shouldWeighTheAnswersOfAField() {
    DemandFigures.Market field =
        figures(ResearchPart.DEMAND, DemandFigures.class).market("Computer Science").orElseThrow();

    // 0.5·21/37 + 0.3·52/102 + 0.2·47/118, effective 125.3 of 257.
    assertThat(field.total().share()).isCloseTo(0.5163859772035245, within(1e-12));
    assertThat(field.total().low()).isCloseTo(0.4297227557433766, within(1e-12));
    assertThat(field.total().high()).isCloseTo(0.6020746860955174, within(1e-12));
    assertThat(field.painPoints()).hasSize(6);
    assertThat(field.painPoints())
        .extracting(PainPoint::painPoint, PainPoint::mentions)
        .contains(
            tuple("data generation", 60L),
            tuple("direct writing", 60L),
            tuple("data analysis", 47L));
    assertThat(field.curve()).as("nobody was asked for a price").isNull();
    assertThat(
            figures(ResearchPart.DEMAND, DemandFigures.class)
                .market("field not stated")
                .orElseThrow()
                .weighting()
                .en())
        .contains("have no segment with a segment_population");
  }

  @Test
  void shouldMapTheMakersOfModels() {
    CompetitionFigures.Market field =
        figures(ResearchPart.COMPETITION, CompetitionFigures.class)
            .market("Computer Science")
            .orElseThrow();

    assertThat(field.latest().hhi()).isCloseTo(0.1867805945907775, within(1e-12));
    assertThat(field.latest().priceMean()).isCloseTo(2.9787155462184876, within(1e-12));
    assertThat(field.latest().leader()).isEqualTo("openai");
    assertThat(field.rivals().get(0).price()).isEqualTo(4.375);
    assertThat(field.doubts()).isEmpty();
    assertThat(figures(ResearchPart.TREND, TrendFigures.class).markets().get(0).price().note().en())
        .startsWith("No forecast of the mean price in Biology & Medicine: it has 1 period;");
    assertThat(context.getBean(BriefingService.class).find(ResearchService.briefingId(KEY, 1)))
        .isPresent();
  }
}
