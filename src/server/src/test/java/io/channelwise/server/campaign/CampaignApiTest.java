package io.channelwise.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.ReportService;
import io.channelwise.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Campaigns over REST: accepted whole or refused whole, followed, cancelled, healed. */
class CampaignApiTest {
  private static final String EVENTS =
      """
      event_id,user,segment,channel,type,occurred_at
      e1,u1,shops,Community,view,2026-01-05T10:00:00Z
      e2,u1,shops,Community,click,2026-01-05T10:01:00Z
      """;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.get();
  }

  @Test
  void shouldStartTheProcess_whenTheDataIsComplete() {
    var response = create("lead", TestServer.campaignFiles("good-campaign"));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    assertThat(response.headers().firstValue("Location")).hasValue("/api/campaigns/good-campaign");
    JsonNode created = TestServer.json(response);
    assertThat(created.path("state").asText()).isEqualTo("running");
    assertThat(created.path("links").path("report").asText())
        .isEqualTo("/api/campaigns/good-campaign/report");
    var instance =
        server
            .bean(RuntimeService.class)
            .createProcessInstanceQuery()
            .processInstanceBusinessKey("good-campaign")
            .singleResult();
    assertThat(server.bean(RuntimeService.class).getVariables(instance.getId()))
        .containsEntry("campaignKey", "good-campaign")
        .containsEntry("replyDeadline", "PT2H")
        .containsEntry("roundsMax", 4);

    JsonNode read = TestServer.json(server.get("agent", "/api/campaigns/good-campaign"));
    assertThat(read.path("key").asText()).isEqualTo("good-campaign");
    assertThat(read.path("incidents")).isEmpty();
    JsonNode list = TestServer.json(server.get("finance", "/api/campaigns?size=200"));
    assertThat(list.path("items").findValuesAsText("key")).contains("good-campaign");
    assertThat(TestServer.json(server.get("finance", "/api/campaigns/good-campaign/data")))
        .hasSize(3);
  }

  @Test
  void shouldNameEveryFinding_andStoreNothing_whenDataIsWrong() {
    Map<String, String> files = TestServer.campaignFiles("bad-campaign");
    files.put("survey.csv", "market,respondent,need\nretail,r1,perhaps\nretail,r1,yes\n");
    files.put("channels.csv", "channel,market,kind,reach\nX,nowhere,partner,-5\n");

    var response = create("lead", files);

    assertThat(response.statusCode()).isEqualTo(422);
    JsonNode findings = TestServer.json(response).path("findings");
    assertThat(findings.findValuesAsText("file")).contains("survey.csv", "channels.csv");
    assertThat(findings.get(0).path("row").asInt()).isPositive();
    assertThat(findings.get(0).path("expected").asText()).isNotBlank();
    assertThat(server.get("lead", "/api/campaigns/bad-campaign").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldRefuseFiguresThatAreNone_inJsonAndFiles() {
    Map<String, String> files = TestServer.campaignFiles("no-figures");
    String json = files.get("campaign");
    for (String budget : List.of("0", "0.009", "-1", "\"NaN\"", "1e308", "1e999")) {
      files.put("campaign", json.replace("60000", budget));
      assertThat(columns(files)).as(budget).containsExactly("promotionBudget");
    }
    files.put(
        "campaign",
        json.replace(
            "\"roundsMax\": 4",
            """
            "roundsMax": 0, "channelsMax": -1, "technicalStandard": 1.5,
            "opportunityWeights": {"need": -1, "room": "NaN", "growth": 1e999, "payment": 0}
            """));
    assertThat(columns(files))
        .containsExactlyInAnyOrder(
            "settings.roundsMax",
            "settings.channelsMax",
            "settings.technicalStandard",
            "settings.opportunityWeights.need",
            "settings.opportunityWeights.room",
            "settings.opportunityWeights.growth");
    files.put("campaign", json);
    files.put("competitors.csv", "market,competitor,market_share,price\nretail,Big,NaN,Infinity\n");
    files.put("channels.csv", "channel,market,kind,reach,fixed_cost\nX,,partner,inf,-1\n");
    files.put(
        "survey.csv",
        "market,respondent,need,willingness_to_pay\nretail,r1,yes,1e999\nretail,r2,NaN,-5\n");
    assertThat(columns(files))
        .containsExactlyInAnyOrder(
            "market_share",
            "price",
            "reach",
            "fixed_cost",
            "willingness_to_pay",
            "need",
            "willingness_to_pay");
    assertThat(server.get("lead", "/api/campaigns/no-figures").statusCode()).isEqualTo(404);
  }

  /** The columns of the findings for which the campaign is refused. */
  private static List<String> columns(Map<String, String> files) {
    var response = create("lead", files);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
    return TestServer.json(response).path("findings").findValuesAsText("column");
  }

  @Test
  void shouldAnswerInChinese_whenAsked() {
    Map<String, String> files = TestServer.campaignFiles("bad-campaign-zh");
    files.remove("survey.csv");
    var request =
        TestServer.multipart(
            server.as("lead", "/api/campaigns").header("Accept-Language", "zh-CN,zh;q=0.9"),
            "POST",
            files);

    var problem = TestServer.json(server.send(request));

    assertThat(problem.path("title").asText()).isEqualTo("数据被拒绝");
    assertThat(problem.path("findings").get(0).path("message").asText()).contains("应为");
  }

  @Test
  void shouldRefuse_whenTheJsonIsBroken_orMissing() {
    Map<String, String> files = TestServer.campaignFiles("broken");
    files.put("campaign", "{\"key\": \"broken\",\n \"name\" }");
    var broken = create("lead", files);
    assertThat(broken.statusCode()).isEqualTo(422);
    assertThat(TestServer.json(broken).path("findings").get(0).path("row").asInt()).isEqualTo(2);

    files.remove("campaign");
    assertThat(create("lead", files).statusCode()).isEqualTo(400);
    assertThat(server.post("lead", "/api/campaigns", "{}").statusCode()).isEqualTo(415);
  }

  @Test
  void shouldRefuse_whenTheUploadIsTooLarge() {
    Map<String, String> files = TestServer.campaignFiles("too-large");
    files.put("survey.csv", "market,respondent,need\n" + "retail,r,yes\n".repeat(200_000));

    var response = create("lead", files);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(413);
    assertThat(response.body()).contains("urn:channelwise:problem:too-large");
    assertThat(server.get("lead", "/api/campaigns/too-large").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldRefuse_whenTheKeyIsTaken() {
    create("lead", TestServer.campaignFiles("taken"));

    assertThat(create("lead", TestServer.campaignFiles("taken")).statusCode()).isEqualTo(409);
  }

  @Test
  void shouldLetOnlyLeadsChangeCampaigns() {
    var response = create("agent", TestServer.campaignFiles("not-mine"));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(TestServer.json(response).path("detail").asText()).contains("gtm-lead");
    assertThat(server.get("nobody", "/api/campaigns").statusCode()).isEqualTo(403);
  }

  @Test
  void shouldCancelOnce_andRefuseMessagesAfterTheEnd() {
    create("lead", TestServer.campaignFiles("to-cancel"));
    server.awaitStep("to-cancel", "Task_OpenCampaign");

    var cancelled = server.post("lead", "/api/campaigns/to-cancel/cancellation", "");

    assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(202);
    server.playUntilEnd(
        "to-cancel",
        Map.of(
            "deal.withdraw", Map.of("withdrawn", 0),
            "campaign.report", Map.of("reportId", "r", "briefingId", "b")));
    var again = server.post("lead", "/api/campaigns/to-cancel/cancellation", "");
    assertThat(again.statusCode()).as(again.body()).isEqualTo(409);
    assertThat(TestServer.json(again).path("detail").asText()).contains("cancelled");
    var upload =
        server.send(
            TestServer.multipart(
                server.as("lead", "/api/campaigns/to-cancel/data"),
                "PUT",
                Map.of("survey.csv", "market,respondent,need\nretail,r1,yes\n")));
    assertThat(upload.statusCode()).isEqualTo(409);
    var late = events("to-cancel", "text/csv", EVENTS);
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(TestServer.json(late).path("type").asText()).endsWith("campaign-ended");
  }

  @Test
  void shouldRefuseMessages_thatNobodyAwaits() {
    create("lead", TestServer.campaignFiles("no-promotion"));

    assertThat(message("no-promotion", "promotion-ended").statusCode()).isEqualTo(409);
    assertThat(message("no-promotion", "coffee-ready").statusCode()).isEqualTo(422);
    assertThat(message("no-such-campaign", "promotion-ended").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldReplaceTables_ofARunningCampaign() {
    create("lead", TestServer.campaignFiles("to-fix"));

    var good =
        server.send(
            TestServer.multipart(
                server.as("lead", "/api/campaigns/to-fix/data"),
                "PUT",
                Map.of("survey.csv", "市场,受访者,需求\nretail,r1,是\nfinance,r2,否\n")));
    assertThat(good.statusCode()).as(good.body()).isEqualTo(200);
    assertThat(TestServer.json(good).path("tables").get(0).path("rows").asInt()).isEqualTo(2);

    var bad =
        server.send(
            TestServer.multipart(
                server.as("lead", "/api/campaigns/to-fix/data"), "PUT", Map.of("x.csv", "a\n1\n")));
    assertThat(bad.statusCode()).isEqualTo(422);
  }

  @Test
  void shouldTakeEventsOnce() {
    create("lead", TestServer.campaignFiles("with-events"));
    String csv = EVENTS;

    JsonNode first = TestServer.json(events("with-events", "text/csv", csv));
    JsonNode second = TestServer.json(events("with-events", "text/csv; charset=utf-8", csv));
    String line =
        "{\"event_id\":\"e3\",\"user\":\"u2\",\"segment\":\"shops\",\"channel\":\"Community\",\"type\":\"view\",\"occurred_at\":\"2026-01-06\"}\n";
    JsonNode third = TestServer.json(events("with-events", "application/x-ndjson", line));

    assertThat(first.path("added").asInt()).isEqualTo(2);
    assertThat(second.path("duplicates").asInt()).isEqualTo(2);
    assertThat(third.path("added").asInt()).isEqualTo(1);
    assertThat(events("with-events", "text/plain", csv).statusCode()).isEqualTo(415);
    assertThat(events("with-events", "text/csv", csv.replace("view", "stare")).statusCode())
        .isEqualTo(422);
    assertThat(events("no-such-campaign", "text/csv", csv).statusCode()).isEqualTo(404);
  }

  @Test
  void shouldRefuseEventsWhoseAmountsAreNone_withRowAndColumn() {
    create("lead", TestServer.campaignFiles("with-wrong-events"));
    for (String column : List.of("revenue", "cost")) {
      for (String wrong : List.of("NaN", "Infinity", "-1", "1e308", "1e999", "12d", "much")) {
        String csv =
            "event_id,user,segment,channel,type,occurred_at,%s\ne1,u1,s,Community,click,2026-01-05,1\ne2,u1,s,Community,click,2026-01-05,%s\n"
                .formatted(column, wrong);
        String json =
            "{\"event_id\":\"e3\",\"user\":\"u\",\"segment\":\"s\",\"channel\":\"Community\",\"type\":\"click\",\"occurred_at\":\"2026-01-06\",\"%s\":\"%s\"}\n"
                .formatted(column, wrong);

        for (var refused :
            List.of(
                events("with-wrong-events", "text/csv", csv),
                events("with-wrong-events", "application/x-ndjson", json),
                events("with-wrong-events", "application/x-ndjson", bare(json, wrong)))) {
          assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
          assertThat(TestServer.json(refused).at("/findings")).hasSize(1);
        }
        assertThat(
                TestServer.json(events("with-wrong-events", "text/csv", csv))
                    .at("/findings/0/message")
                    .asText())
            .contains("row 3, column %s: found “%s”".formatted(column, wrong));
      }
    }
    assertThat(
            TestServer.json(server.get("lead", "/api/campaigns/with-wrong-events/events"))
                .path("events")
                .asInt())
        .isZero();
  }

  /** The amount as a bare word of JSON. */
  private static String bare(String json, String amount) {
    return json.replace("\"" + amount + "\"", amount);
  }

  @Test
  void shouldStartTheProcess_thatACrashLeftOut_onlyOnce() {
    Map<String, String> files = TestServer.campaignFiles("crashed");
    server.bean(CampaignService.class).create(NewCampaign.parse(files.get("campaign")));

    server.bean(CampaignHealing.class).heal();
    server.bean(CampaignHealing.class).heal();

    assertThat(
            server
                .bean(RuntimeService.class)
                .createProcessInstanceQuery()
                .processInstanceBusinessKey("crashed")
                .list())
        .hasSize(1);
  }

  @Test
  void shouldServeTheReport_asAskedFor() {
    create("lead", TestServer.campaignFiles("with-report"));
    String path = "/api/campaigns/with-report/report";
    assertThat(server.get("agent", path).statusCode()).isEqualTo(404);
    assertThat(report(path, "text/html").body()).contains("with-report has no report yet");

    server.bean(ReportService.class).write("with-report", 1, "completed");

    assertThat(report(path, "text/html,application/xml;q=0.9,*/*;q=0.8").body())
        .startsWith("<!DOCTYPE html>");
    JsonNode json = TestServer.json(report(path, "application/json"));
    assertThat(json.path("outcome").asText()).isEqualTo("completed");
    assertThat(TestServer.json(server.get("agent", path)).path("cycle").asInt()).isEqualTo(1);
    assertThat(server.get("agent", path + "?cycle=7").statusCode()).isEqualTo(404);
    assertThat(server.get("agent", "/api/campaigns/nowhere/report").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldPage_andRefuseWrongPages() {
    create("lead", TestServer.campaignFiles("page-a"));
    create("lead", TestServer.campaignFiles("page-b"));

    JsonNode first = TestServer.json(server.get("lead", "/api/campaigns?size=1"));
    JsonNode second = TestServer.json(server.get("lead", "/api/campaigns?size=1&page=1"));

    assertThat(first.path("more").asBoolean()).isTrue();
    assertThat(List.of(first, second))
        .extracting(p -> p.path("items").get(0).path("key").asText())
        .doesNotHaveDuplicates();
    assertThat(server.get("lead", "/api/campaigns?size=0").statusCode()).isEqualTo(400);
    var notANumber = server.get("lead", "/api/campaigns?size=many");
    assertThat(notANumber.statusCode()).isEqualTo(400);
    assertThat(notANumber.body()).contains("urn:channelwise:problem").doesNotContain("Exception");
  }

  private static HttpResponse<String> create(String user, Map<String, String> files) {
    return server.send(TestServer.multipart(server.as(user, "/api/campaigns"), "POST", files));
  }

  private static HttpResponse<String> report(String path, String accept) {
    return server.send(server.as("lead", path).header("Accept", accept).GET());
  }

  private static HttpResponse<String> message(String key, String name) {
    return server.post(
        "lead", "/api/campaigns/" + key + "/messages", "{\"name\": \"" + name + "\"}");
  }

  private static HttpResponse<String> events(String key, String type, String body) {
    return server.send(
        server
            .as("lead", "/api/campaigns/" + key + "/events")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }
}
