package io.channelwise.launcher.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.launcher.demo.SampleUsers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Of a whole campaign: every figure, table and chart that a person was shown names what it was
 * computed from, and each of those links is answered.
 */
@ExtendWith(JourneyOnce.class)
@TestInstance(Lifecycle.PER_CLASS)
class FiguresLeadToInputsTest {
  private final Journey journey;
  private final Rest lead;
  private final JsonNode report;

  FiguresLeadToInputsTest(Journey journey) {
    this.journey = journey;
    String user = SampleUsers.idOf("gtm-lead");
    this.lead =
        Rest.as(journey.processes().base(), user, journey.folder().secret("sample-user-" + user));
    this.report = get("/api/campaigns/" + journey.key() + "/report");
  }

  private JsonNode get(String path) {
    Rest.Answer answer = lead.get(path);
    assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
    return answer.json();
  }

  /** Those that forms showed, by id, and the report's sections. */
  private TreeMap<String, JsonNode> briefings() {
    TreeMap<String, JsonNode> briefings = new TreeMap<>();
    for (String id : journey.database().texts("select briefing_id from briefing order by 1")) {
      briefings.put(id, get("/api/briefings?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8)));
    }
    for (JsonNode cycle : report.path("cycles")) {
      for (JsonNode section : cycle.path("sections")) {
        briefings.put(
            "report, cycle %d, section %d"
                .formatted(cycle.path("cycle").asInt(), section.path("order").asInt()),
            section.path("briefing"));
      }
    }
    return briefings;
  }

  private static List<JsonNode> parts(JsonNode briefing) {
    List<JsonNode> parts = new ArrayList<>();
    List.of("figures", "tables", "charts").forEach(kind -> briefing.path(kind).forEach(parts::add));
    return parts;
  }

  private static JsonNode sources(JsonNode briefing, JsonNode part) {
    return part.path("sources").isEmpty() ? briefing.path("sources") : part.path("sources");
  }

  @Test
  void shouldNameAnInputBehindEachFigureTableAndChart() {
    List<String> untraced = new ArrayList<>();
    briefings()
        .forEach(
            (id, briefing) ->
                parts(briefing).stream()
                    .filter(part -> !hasInput(sources(briefing, part)))
                    .forEach(
                        part -> untraced.add(id + ": " + part.path("title") + part.path("label"))));

    assertThat(untraced).isEmpty();
  }

  /** A method alone is no input. */
  private static boolean hasInput(JsonNode sources) {
    for (JsonNode source : sources) {
      if (source.path("href").asText().startsWith("/api/")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void shouldAnswerEachLink() {
    Set<String> links = new TreeSet<>();
    briefings()
        .forEach(
            (id, briefing) ->
                parts(briefing)
                    .forEach(
                        part ->
                            sources(briefing, part)
                                .forEach(s -> links.add(s.path("href").asText()))));
    links.remove("");
    assertThat(links).hasSizeGreaterThan(30);

    List<String> broken = new ArrayList<>();
    for (String link : links) {
      Rest.Answer answer = lead.get(link);
      if (answer.status() != 200 || answer.json().path("superseded").asBoolean()) {
        broken.add(link + ": " + answer.status() + " " + answer.body());
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void shouldWriteTheIdOfEachInput_inTheReportThatStandsAlone() {
    String html =
        journey
            .as("gtm-lead")
            .getText("/api/campaigns/" + journey.key() + "/report", "text/html", "en");
    for (JsonNode cycle : report.path("cycles")) {
      for (JsonNode section : cycle.path("sections")) {
        JsonNode briefing = section.path("briefing");
        for (JsonNode part : parts(briefing)) {
          for (JsonNode source : sources(briefing, part)) {
            assertThat(html).contains(source.path("id").asText().replace("&", "&amp;"));
          }
        }
      }
    }
  }

  @Test
  void shouldLeadFromAReplayToWhatWasRecorded() {
    Rest.Answer replay =
        lead.postJson("/api/campaigns/" + journey.key() + "/cycles/1/replays", "{}");
    assertThat(replay.status()).as(replay.body()).isEqualTo(200);
    JsonNode sources = replay.json().path("sources");
    assertThat(sources).hasSize(2);
    sources.forEach(source -> get(source.path("href").asText()));
  }
}
