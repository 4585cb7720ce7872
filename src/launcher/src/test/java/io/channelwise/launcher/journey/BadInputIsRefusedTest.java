package io.channelwise.launcher.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.deal.LinkSigner;
import io.channelwise.launcher.journey.Rest.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bad input at the running system: each a clear problem document, and nothing changed. */
@ExtendWith(JourneyOnce.class)
@TestInstance(Lifecycle.PER_CLASS)
class BadInputIsRefusedTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CSV = "text/csv";
  private static final String BOUNDARY = "cw-boundary";

  private final Journey journey;
  private final URI base;
  private final Rest lead;
  private final Rest agent;
  private final Rest engineer;
  private final Rest anonymous;

  BadInputIsRefusedTest(Journey journey) {
    this.journey = journey;
    this.base = journey.processes().base();
    this.lead = as("lin");
    this.agent = as("sam");
    this.engineer = as("ada");
    this.anonymous = Rest.anonymous(base);
  }

  private Rest as(String user) {
    return Rest.as(base, user, journey.folder().secret("sample-user-" + user));
  }

  @Test
  void shouldRefuseWrongJson() {
    refused(400, "bad-json", () -> agent.postJson("/api/tickets", "{\"campaignKey\": "));
    refused(400, "bad-json", () -> agent.postJson("/api/tickets", "{\"campaign\": \"x\"}"));
    refused(400, "no-body", () -> agent.postJson("/api/tickets", ""));
    refused(422, "invalid-ticket", () -> agent.postJson("/api/tickets", "{}"));
    refused(
        422,
        "wrong-field",
        () -> agent.postJson("/api/models/ticket-intent/predictions", "{\"texts\": []}"));
    refused(
        415, "media-type", () -> agent.post("/api/tickets", "text/plain", "where is my invoice?"));
    refused(415, "events-type", () -> lead.post(campaign("/events"), "text/plain", "x"));
    refused(405, "method-not-allowed", () -> lead.postJson("/api/models", "{}"));
    refused(
        422, "unknown-message", () -> lead.postJson(campaign("/messages"), "{\"name\": \"x\"}"));
  }

  @Test
  void shouldRefuseUnknownIds() {
    String ticket = "{\"campaignKey\": \"nobody\", \"text\": \"Where is my invoice?\"}";
    refused(404, "unknown-campaign", () -> lead.get("/api/campaigns/nobody"));
    refused(404, "unknown-campaign", () -> lead.get("/api/campaigns/nobody/report"));
    refused(404, "unknown-campaign", () -> lead.get("/api/campaigns/nobody/deals"));
    refused(404, "unknown-campaign", () -> lead.postJson("/api/campaigns/nobody/cancellation", ""));
    refused(404, "unknown-campaign", () -> agent.postJson("/api/tickets", ticket));
    refused(
        404,
        "unknown-campaign",
        () -> lead.post("/api/campaigns/nobody/events", CSV, "event_id,channel,type\n1,a,click\n"));
    refused(404, "unknown-id", () -> agent.get("/api/tickets/4711"));
    refused(404, "unknown-id", () -> lead.get("/api/deals/4711"));
    refused(404, "unknown-briefing", () -> lead.get("/api/briefings?id=4711"));
    refused(404, "unknown-training", () -> engineer.get("/api/training-runs/4711"));
    refused(404, "unknown-model", () -> engineer.get("/api/models/nothing/versions"));
    refused(
        404,
        "no-released-version",
        () -> agent.postJson("/api/models/nothing/predictions", "{\"texts\": [\"x\"]}"));
    refused(
        404,
        "unknown-id",
        () ->
            engineer.postJson(
                "/api/training-runs",
                "{\"modelName\": \"ticket-intent\", \"datasetId\": \"4711\"}"));
    refused(404, "not-found", () -> lead.get("/api/nothing"));
  }

  @Test
  void shouldRefuseStrangersAndOtherGroups() {
    refused(401, "login-needed", () -> anonymous.get("/api/campaigns"));
    refused(401, "login-needed", () -> Rest.as(base, "lin", "guess").get("/api/campaigns"));
    refused(403, "group-needed", () -> agent.postJson(campaign("/cancellation"), ""));
    refused(
        403,
        "group-needed",
        () -> agent.postJson("/api/training-runs", "{\"modelName\": \"ticket-intent\"}"));
  }

  @Test
  void shouldRefuseBadFilesWithEveryFinding() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("survey.csv", "market,respondent,need\nretail,a,yes\nretail,a,perhaps\n");
    files.put("channels.csv", "channel,market,kind,reach\nForum,moon,community,many\n");
    // competitors.csv, which every campaign needs, is missing altogether.
    Answer answer =
        refused(422, "invalid-data", () -> upload("POST", "/api/campaigns", "fresh-key", files));
    List<JsonNode> findings = new java.util.ArrayList<>();
    answer.json().path("findings").forEach(findings::add);
    assertThat(findings)
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(
            finding -> {
              assertThat(finding.path("file").asText())
                  .isIn("survey.csv", "channels.csv", "competitors.csv");
              assertThat(finding.path("expected").asText()).isNotBlank();
              assertThat(finding.path("message").asText()).isNotBlank();
            });
    assertThat(findings)
        .anyMatch(f -> f.path("row").asInt() == 3 && f.path("found").asText().equals("perhaps"))
        .anyMatch(f -> f.path("found").asText().equals("many"));
    assertThat(lead.get("/api/campaigns/fresh-key").status()).isEqualTo(404);
    refused(
        409, "campaign-exists", () -> upload("POST", "/api/campaigns", journey.key(), sample()));
  }

  @Test
  void shouldRefuseAnUploadThatIsTooLarge() {
    String rows = "retail,somebody,yes\n".repeat(SeparateProcesses.UPLOAD_BYTES_MAX / 16);
    Map<String, String> files = Map.of("survey.csv", "market,respondent,need\n" + rows);
    refused(413, "too-large", () -> upload("POST", "/api/campaigns", "fresh-key", files));
    refused(400, "bad-upload", () -> lead.post("/api/campaigns", "multipart/form-data", "x"));
  }

  @Test
  void shouldRefuseLinksThatAreExpiredForgedOrUsed() throws IOException {
    JsonNode offer = firstOffer();
    String token =
        offer.path("payload").path("replyApi").asText().replaceAll(".*/deals/(.*)/reply", "$1");
    String accept = "{\"outcome\": \"accept\"}";
    Answer used = refused(409, null, () -> reply(token, accept));
    assertThat(used.code()).isIn("link-used", "deal-closed", "offer-superseded");

    String expired =
        new LinkSigner(journey.folder().secret("link-secret"), Clock.systemUTC())
            .sign(offer.path("payload").path("dealId").asText(), 1, Instant.now().minusSeconds(60));
    refused(410, "link-expired", () -> reply(expired, accept));

    char last = token.charAt(token.length() - 1);
    String forged = token.substring(0, token.length() - 1) + (last == 'A' ? 'Q' : 'A');
    refused(403, "link-forged", () -> reply(forged, accept));
    refused(403, "link-forged", () -> reply("nonsense", accept));
    refused(422, "unknown-outcome", () -> reply(token, "{\"outcome\": \"perhaps\"}"));
  }

  @Test
  void shouldRefuseMessagesForAFinishedCampaign() {
    refused(409, "campaign-ended", () -> lead.postJson(campaign("/cancellation"), ""));
    for (String name : List.of("promotion-ended", "service-window-closed")) {
      String message = "{\"name\": \"%s\"}".formatted(name);
      refused(409, "campaign-ended", () -> lead.postJson(campaign("/messages"), message));
    }
    refused(409, "campaign-ended", () -> upload("PUT", campaign("/data"), "", good()));
    String events = "event_id,user,segment,channel,type,occurred_at\n";
    refused(409, "campaign-ended", () -> lead.post(campaign("/events"), CSV, events));
  }

  @Test
  void shouldRefuseTrainingOnADatasetWithOneClass() throws Exception {
    try (Connection connection = journey.database().connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into campaign (campaign_key, name, company, product, description, locale,
                                promotion_budget, currency, settings, created_at)
          values ('one-class', 'n', 'c', 'p', '', 'en', 1, 'CNY', '{}', now());
          insert into feedback (id, campaign_key, source, source_ref, kind, text, label, cycle,
                                created_at)
          select gen_random_uuid(), 'one-class', 'import', n::text, 'ticket', 'Text number ' || n,
                 'billing', 1, now()
            from generate_series(1, 100) as n
          """);
      try {
        Answer answer =
            refused(
                422,
                "dataset-too-small",
                () ->
                    engineer.postJson(
                        "/api/training-runs",
                        "{\"modelName\": \"ticket-intent\", \"campaignKey\": \"one-class\"}"));
        assertThat(answer.json().path("detail").asText()).contains("100", "1 class");
      } finally {
        statement.execute(
            """
            delete from feedback where campaign_key = 'one-class';
            delete from campaign where campaign_key = 'one-class'
            """);
      }
    }
    refused(
        422,
        "wrong-field",
        () ->
            engineer.postJson(
                "/api/training-runs",
                "{\"modelName\": \"ticket-intent\", \"campaignKey\": \"%s\", \"epochs\": 0}"
                    .formatted(journey.key())));
    refused(
        422,
        "wrong-field",
        () ->
            engineer.postJson(
                "/api/training-runs",
                "{\"modelName\": \"ticket-intent\", \"campaignKey\": \"%s\", \"base\": \"../x\"}"
                    .formatted(journey.key())));
  }

  /**
   * The call must be answered by a problem document and leave every row as it was.
   *
   * @param code of the problem; null when several fit
   */
  private Answer refused(int status, String code, Supplier<Answer> call) {
    Map<String, String> before = journey.database().fingerprint();
    Answer answer = call.get();
    String told = "%d %s".formatted(answer.status(), answer.body());
    assertThat(answer.status()).as(told).isEqualTo(status);
    assertThat(answer.type()).as(told).isEqualTo("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.path("status").asInt()).as(told).isEqualTo(status);
    assertThat(problem.path("title").asText()).as(told).isNotBlank();
    assertThat(problem.path("detail").asText()).as(told).isNotBlank();
    assertThat(answer.body()).doesNotContain("Exception", "java.", "io.channelwise", "select ");
    if (code != null) {
      assertThat(answer.code()).as(told).isEqualTo(code);
    }
    assertThat(journey.database().fingerprint()).as(told).isEqualTo(before);
    return answer;
  }

  private String campaign(String below) {
    return "/api/campaigns/" + journey.key() + below;
  }

  private Answer reply(String token, String body) {
    return anonymous.postJson("/api/deals/" + token + "/reply", body);
  }

  private JsonNode firstOffer() throws IOException {
    try (Stream<Path> files = Files.list(journey.folder().folder("outbox"))) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().matches("deal-.*-1-offer\\.json"))
              .min(Comparator.naturalOrder())
              .orElseThrow();
      return JSON.readTree(file.toFile());
    }
  }

  private Map<String, String> sample() {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : List.of("survey.csv", "competitors.csv", "channels.csv")) {
      try {
        files.put(name, Files.readString(journey.sample().resolve(name)));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return files;
  }

  private Map<String, String> good() {
    return Map.of("improvements.csv", "kind,description,effort,value\nmodel,Better,1,2\n");
  }

  private Answer upload(String method, String path, String key, Map<String, String> files) {
    String campaign =
        """
        {"key": "%s", "name": "n", "company": "c", "product": "p", "promotionBudget": 1,
         "currency": "CNY", "locale": "en"}
        """
            .formatted(key);
    String parts =
        files.entrySet().stream()
            .map(file -> part("files\"; filename=\"" + file.getKey(), CSV, file.getValue()))
            .collect(Collectors.joining());
    String body =
        (key.isEmpty() ? "" : part("campaign", "application/json", campaign))
            + parts
            + "--"
            + BOUNDARY
            + "--\r\n";
    return lead.send(
        method, path, "multipart/form-data; boundary=" + BOUNDARY, BodyPublishers.ofString(body));
  }

  private static String part(String name, String type, String content) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\nContent-Type: %s\r\n\r\n%s\r\n"
        .formatted(BOUNDARY, name, type, content);
  }
}
