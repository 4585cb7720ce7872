package io.channelwise.launcher.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.opencsv.CSVReaderHeaderAware;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The report's figures against the sample's CSV rows, computed here anew in plain Java: nothing of
 * the domain is used.
 */
@ExtendWith(JourneyOnce.class)
@TestInstance(Lifecycle.PER_CLASS)
class ReportAgreesWithDataTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Offset<Double> ROUNDING = within(1e-9);

  private final Journey journey;
  private final JsonNode report;

  ReportAgreesWithDataTest(Journey journey) {
    this.journey = journey;
    this.report = journey.as("gtm-lead").get("/api/campaigns/" + journey.key() + "/report");
  }

  @Test
  void shouldShowAllSixSteps() {
    assertThat(IntStream.range(0, sections().size()).mapToObj(i -> sections().get(i)))
        .extracting(section -> section.path("order").asInt())
        .containsExactly(10, 20, 30, 40, 50, 60, 70, 80);
    assertThat(report.path("outcome").asText()).isEqualTo("completed");
    String html =
        journey
            .as("gtm-lead")
            .getText("/api/campaigns/" + journey.key() + "/report", "text/html", "en");
    assertThat(sections())
        .allSatisfy(
            section ->
                assertThat(html)
                    .contains(section.path("briefing").path("title").path("en").asText()));
  }

  @Test
  void shouldAgreeOnTheNeedOfEachMarket() throws Exception {
    Map<String, List<Map<String, String>>> markets = byColumn(csv("survey.csv"), "market");
    JsonNode table = table(10, "Markets");
    assertThat(table.path("rows")).hasSameSizeAs(markets.keySet());
    for (JsonNode row : table.path("rows")) {
      List<Map<String, String>> answers = markets.get(row.path(column(table, "Market")).asText());
      double need = 0;
      double people = 0;
      double paid = 0;
      double paying = 0;
      for (List<Map<String, String>> segment : byColumn(answers, "segment").values()) {
        // Everyone who answered stands for as many of the segment's people.
        double weight = number(segment.get(0), "segment_population") / segment.size();
        people += weight * segment.size();
        for (Map<String, String> answer : segment) {
          if (answer.get("need").equals("yes")) {
            need += weight;
            boolean named = !answer.get("willingness_to_pay").isBlank();
            paying += named ? weight : 0;
            paid += named ? weight * number(answer, "willingness_to_pay") : 0;
          }
        }
      }
      assertThat(row.path(column(table, "Need share")).asDouble())
          .isCloseTo(need / people, ROUNDING);
      assertThat(row.path(column(table, "Willingness to pay")).asDouble())
          .isCloseTo(paid / paying, within(1e-6));
    }
  }

  @Test
  void shouldAgreeOnCompetitionInTheLatestPeriod() throws Exception {
    Map<String, List<Map<String, String>>> markets = byColumn(csv("competitors.csv"), "market");
    JsonNode table = table(10, "Markets");
    for (JsonNode row : table.path("rows")) {
      List<Map<String, String>> all = markets.get(row.path(column(table, "Market")).asText());
      String latest = all.stream().map(r -> r.get("period")).max(String::compareTo).orElseThrow();
      List<Map<String, String>> rivals =
          all.stream().filter(r -> r.get("period").equals(latest)).toList();
      double hhi = 0;
      double shares = 0;
      double weighted = 0;
      for (Map<String, String> rival : rivals) {
        double share = number(rival, "market_share");
        hhi += share * share;
        shares += share;
        weighted += share * number(rival, "price");
      }
      double scale = Math.max(1, shares);
      assertThat(row.path(column(table, "Concentration")).asDouble())
          .isCloseTo(hhi / (scale * scale), ROUNDING);
      assertThat(row.path(column(table, "Mean price")).asDouble())
          .isCloseTo(weighted / shares, within(1e-6));
      assertThat(row.path(column(table, "Competitors")).asInt()).isEqualTo(rivals.size());
    }
  }

  @Test
  void shouldAgreeOnClicksAndSegmentsAndAttraction() throws Exception {
    List<String> channels =
        csv("channels.csv").stream().map(row -> row.get("channel")).sorted().toList();
    Map<String, Map<String, Long>> clicks = new TreeMap<>();
    for (Map<String, String> event : csv("events.csv")) {
      if (event.get("type").equals("click")) {
        clicks
            .computeIfAbsent(event.get("segment"), segment -> new TreeMap<>())
            .merge(event.get("channel"), 1L, Long::sum);
      }
    }
    Map<String, Long> bySegment = new TreeMap<>();
    clicks.forEach(
        (segment, counts) ->
            bySegment.put(segment, counts.values().stream().mapToLong(Long::longValue).sum()));
    long all = bySegment.values().stream().mapToLong(Long::longValue).sum();
    assertThat(figure(20, "clicks")).isEqualTo((double) all);

    JsonNode table = tables(20).get(1);
    assertThat(table.path("rows")).hasSameSizeAs(bySegment.keySet());
    Map<String, Double> attraction = new TreeMap<>();
    for (JsonNode row : table.path("rows")) {
      String segment = row.get(0).asText();
      double weight = (double) bySegment.get(segment) / all;
      assertThat(row.get(1).asDouble()).isCloseTo(weight, ROUNDING);
      for (int i = 2; i < table.path("columns").size(); i++) {
        String channel = table.path("columns").get(i).path("en").asText();
        double share =
            (clicks.get(segment).getOrDefault(channel, 0L) + 0.5)
                / (bySegment.get(segment) + 0.5 * channels.size());
        assertThat(row.get(i).asDouble()).as(segment + " " + channel).isCloseTo(share, ROUNDING);
        attraction.merge(channel, weight * share, Double::sum);
      }
    }
    JsonNode scores = table(20, "Scores");
    for (JsonNode row : scores.path("rows")) {
      assertThat(row.path(column(scores, "Attraction")).asDouble())
          .isCloseTo(attraction.get(row.get(0).asText()), ROUNDING);
    }
  }

  @Test
  void shouldAgreeOnDealsAndBudget() throws Exception {
    long deals;
    try (Stream<Path> files = Files.list(journey.folder().folder("outbox"))) {
      deals =
          files
              .map(path -> path.getFileName().toString())
              .filter(name -> name.matches("deal-.*-1-offer\\.json"))
              .count();
    }
    assertThat(figure(30, "negotiations")).isEqualTo((double) deals);
    JsonNode campaign = JSON.readTree(journey.sample().resolve("campaign.json").toFile());
    double budget = campaign.path("promotionBudget").asDouble();
    assertThat(report.path("campaign").path("promotionBudget").asDouble()).isEqualTo(budget);
    assertThat(figure(50, "budget")).isEqualTo(budget);
    JsonNode channels = table(50, "Channels");
    double spent = 0;
    double approved = 0;
    for (JsonNode row : channels.path("rows")) {
      spent += row.path(column(channels, "Spent")).asDouble();
      approved += row.path(column(channels, "Approved")).asDouble();
    }
    assertThat(figure(50, "spent")).isCloseTo(spent, within(0.005)).isLessThanOrEqualTo(budget);
    assertThat(approved).isLessThanOrEqualTo(budget + 0.005);
  }

  @Test
  void shouldAgreeOnTicketsAndFeedback() throws Exception {
    JsonNode tickets =
        journey.as("support-agent").get("/api/campaigns/" + journey.key() + "/tickets?limit=500");
    assertThat(figure(60, "tickets")).isEqualTo((double) tickets.size());
    List<Map<String, String>> feedback = csv("feedback.csv");
    assertThat(figure(80, "feedback")).isEqualTo((double) feedback.size() + tickets.size());
    assertThat(figure(80, "tickets")).isEqualTo((double) tickets.size());
    List<Double> ratings = new ArrayList<>();
    feedback.forEach(row -> ratings.add(number(row, "rating")));
    tickets.forEach(ticket -> ratings.add(ticket.path("rating").asDouble()));
    assertThat(figure(80, "rating"))
        .isCloseTo(
            ratings.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
            within(1e-6));
  }

  @Test
  void shouldNameTheTablesTheFiguresComeFrom() throws Exception {
    Map<String, Long> rows = new TreeMap<>();
    for (JsonNode table : report.path("data")) {
      rows.put(table.path("table").asText(), table.path("rows").asLong());
    }
    assertThat(rows).hasSize(11);
    for (String file : List.of("survey", "competitors", "events", "feedback", "channels")) {
      assertThat(rows.get(file)).as(file).isEqualTo((long) csv(file + ".csv").size());
    }
  }

  private List<JsonNode> sections() {
    List<JsonNode> sections = new ArrayList<>();
    report.path("cycles").path(0).path("sections").forEach(sections::add);
    return sections;
  }

  private JsonNode section(int order) {
    return sections().stream()
        .filter(section -> section.path("order").asInt() == order)
        .map(section -> section.path("briefing"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("The report has no section " + order));
  }

  private double figure(int order, String id) {
    for (JsonNode figure : section(order).path("figures")) {
      if (figure.path("id").asText().equals(id)) {
        return figure.path("value").asDouble();
      }
    }
    throw new AssertionError("Section %d has no figure %s".formatted(order, id));
  }

  private JsonNode tables(int order) {
    return section(order).path("tables");
  }

  private JsonNode table(int order, String title) {
    for (JsonNode table : tables(order)) {
      if (table.path("title").path("en").asText().equals(title)) {
        return table;
      }
    }
    throw new AssertionError("Section %d has no table %s".formatted(order, title));
  }

  private static int column(JsonNode table, String name) {
    for (int i = 0; i < table.path("columns").size(); i++) {
      if (table.path("columns").get(i).path("en").asText().equals(name)) {
        return i;
      }
    }
    throw new AssertionError("No column %s in %s".formatted(name, table.path("columns")));
  }

  private List<Map<String, String>> csv(String name) throws Exception {
    List<Map<String, String>> rows = new ArrayList<>();
    try (Reader in = Files.newBufferedReader(journey.sample().resolve(name));
        CSVReaderHeaderAware reader = new CSVReaderHeaderAware(in)) {
      for (Map<String, String> row = reader.readMap(); row != null; row = reader.readMap()) {
        rows.add(new LinkedHashMap<>(row));
      }
    }
    return rows;
  }

  private static Map<String, List<Map<String, String>>> byColumn(
      List<Map<String, String>> rows, String column) {
    return rows.stream().collect(Collectors.groupingBy(row -> row.get(column)));
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }
}
