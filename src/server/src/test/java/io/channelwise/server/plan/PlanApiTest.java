package io.channelwise.server.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.deal.DealService;
import io.channelwise.plan.PlanService;
import io.channelwise.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the form's sliders ask, and who may ask it. */
class PlanApiTest {
  private static final String CAMPAIGN = "plan-campaign";
  private static final String PATH = "/api/campaigns/" + CAMPAIGN + "/plans";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.get();
    for (String key : List.of(CAMPAIGN, "plan-less-campaign")) {
      server.send(
          TestServer.multipart(server.as("lead", "/api/campaigns"), "POST", campaignFiles(key)));
    }
    DealService deals = server.bean(DealService.class);
    for (String channel : List.of("Cloud Market", "Community")) {
      String dealId = "plan-deal-" + channel.charAt(1);
      deals.sign(dealId, deals.draft(CAMPAIGN, 1, channel, dealId).offer());
    }
    server.bean(PlanService.class).optimise(CAMPAIGN, 1, "retail");
  }

  /** With clicks and purchases, without which no channel brings customers. */
  static Map<String, String> campaignFiles(String key) {
    Map<String, String> files = TestServer.campaignFiles(key);
    StringBuilder events =
        new StringBuilder("event_id,user,segment,channel,type,occurred_at,revenue,cost\n");
    for (int i = 0; i < 80; i++) {
      String channel = i % 4 == 0 ? "Community" : "Cloud Market";
      events.append("c%d,u%d,shops,%s,click,2026-01-01,,1\n".formatted(i, i, channel));
      if (i % 8 < 2) {
        events.append("p%d,u%d,shops,%s,purchase,2026-01-02,900,\n".formatted(i, i, channel));
      }
    }
    files.put("events.csv", events.toString());
    return files;
  }

  private static JsonNode board(String user) {
    var answer = server.get(user, PATH + "?cycle=1");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.json(answer);
  }

  @Test
  void shouldTellThePlans_andTheBoundsOfTheSliders() {
    JsonNode board = board("agent");

    assertThat(board.path("priceMin").asDouble()).isPositive();
    assertThat(board.path("priceMax").asDouble()).isGreaterThan(board.path("priceMin").asDouble());
    assertThat(board.path("pricingModels").findValuesAsText("code"))
        .containsExactly("saas", "api", "solution", "data-driven");
    assertThat(board.path("plans").path(0).path("recommended").asBoolean()).isTrue();
    assertThat(board.path("plans").path(0).path("pricingModel").asText())
        .isIn("saas", "api", "solution", "data-driven");
    assertThat(board.path("certificate").path("referencePoint")).hasSize(3);
    assertThat(
            TestServer.json(server.get("agent", PATH + "/inputs"))
                .path("rivals")
                .path(0)
                .path("name"))
        .hasToString("\"Big Co\"");
  }

  private static String plan(String pricingModel, String price, String service, String channel) {
    return """
    {"cycle": 1, "pricingModel": %s, "price": %s, "serviceLevel": %s, "channels": [%s]}
    """
        .formatted(pricingModel, price, service, channel);
  }

  @Test
  void shouldEvaluateAPlan_besideTheRecommendedOne() {
    JsonNode recommended = board("lead").path("plans").path(0);
    var answer =
        server.post(
            "finance", PATH + "/evaluation", plan("\"saas\"", "800", "0.8", "\"Cloud Market\""));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode found = TestServer.json(answer);
    assertThat(found.path("expected").path("marketShare").asDouble()).isBetween(0.0, 1.0);
    assertThat(found.path("expected").path("feasible").isBoolean()).isTrue();
    assertThat(found.path("ranges").path("revenueLow").asDouble())
        .isLessThan(found.path("ranges").path("revenueHigh").asDouble());
    assertThat(found.path("recommended").path("id")).isEqualTo(recommended.path("id"));
    assertThat(found.path("reasons").path(0).path("zh").asText()).isNotBlank();
    assertThat(found.path("sellers").path(0).path("name").asText()).isEqualTo("Big Co");
    assertThat(
            server.post("lead", PATH + "/evaluation", plan("\"api\"", "1", "0", "")).statusCode())
        .as("an infeasible plan is answered, with reasons")
        .isEqualTo(200);
  }

  @Test
  void shouldStoreAPlanMadeByHand_withWhoMadeIt_once() {
    double price = board("lead").path("plans").path(0).path("price").asDouble() * 1.01;
    String plan =
        plan("\"saas\"", Double.toString(price), "0.9", "\"Cloud Market\", \"Community\"");

    var answer = server.post("finance", PATH, plan);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode made = TestServer.json(answer);
    assertThat(made.path("madeBy").asText()).isEqualTo("finance");
    assertThat(made.path("price").asDouble()).isEqualTo(price);
    assertThat(TestServer.json(server.post("lead", PATH, plan))).isEqualTo(made);
    assertThat(board("lead").path("byHand")).containsExactly(made);
    JsonNode expected = TestServer.json(server.post("lead", PATH + "/evaluation", plan));
    assertThat(expected.path("expected").path("revenue")).isEqualTo(made.path("revenue"));
    assertThat(refused("", plan("\"saas\"", "1", "0.5", "\"Community\"")))
        .startsWith("The plan cannot be chosen. Technical standard: quality is 0.50, 0.60");
    assertThat(refused("", plan("\"saas\"", "null", "0.5", "\"Community\"")))
        .contains("The field price is missing");
    for (String user : List.of("agent", "manager", "engineer", "nobody")) {
      assertThat(server.post(user, PATH, plan).statusCode()).isEqualTo(403);
    }
    assertThat(server.post("lead", "/api/campaigns/plan-less-campaign/plans", plan).statusCode())
        .isEqualTo(404);
  }

  @Test
  void shouldFindThePlanNearestAWish() {
    var answer = server.post("lead", PATH + "/nearest", "{\"cycle\": 1, \"marketShare\": 0.1}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(board("lead").path("plans").findValuesAsText("id"))
        .contains(TestServer.json(answer).path("id").asText());
  }

  @Test
  void shouldRefuseImpossiblePlans_withASentence() {
    assertThat(refused("/evaluation", plan("\"saas\"", "-1", "0.8", "\"Community\"")))
        .contains("Price is -1.0; it must be above 0");
    assertThat(refused("/evaluation", plan("\"saas\"", "10", "8", "\"Community\"")))
        .contains("Service level is 8.0; it must be between 0 and 1.");
    assertThat(refused("/evaluation", plan("\"saas\"", "10", "0.8", "\"Radio\"")))
        .contains("Channel Radio has no signed deal");
    assertThat(refused("/evaluation", plan("\"free\"", "10", "0.8", "")))
        .contains("No pricing model is called free");
    assertThat(refused("/evaluation", plan("null", "10", "0.8", ""))).contains("No pricing model");
    assertThat(refused("/evaluation", plan("\"saas\"", "null", "0.8", "")))
        .contains("The field price is missing");
    assertThat(refused("/nearest", "{}")).contains("The wish is empty");
    var chinese =
        server.send(
            server
                .as("lead", PATH + "/nearest")
                .header("Content-Type", "application/json")
                .header("Accept-Language", "zh-CN")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(chinese.body()).contains("愿望为空", "方案被拒绝");
  }

  @Test
  void shouldRefuseSlidersThatAreNoNumbers_andAnswerAtTheirEnds() {
    for (String path : List.of("", "/evaluation")) {
      for (String wrong : List.of("0", "-1", "\"NaN\"", "\"-Infinity\"", "1e308", "1e999")) {
        assertThat(refused(path, plan("\"saas\"", wrong, "0.8", "\"Community\"")))
            .startsWith("Price is ");
      }
      for (String wrong : List.of("-0.01", "1.01", "\"NaN\"", "\"Infinity\"", "-1e308")) {
        assertThat(refused(path, plan("\"saas\"", "800", wrong, "\"Community\"")))
            .startsWith("Service level is ");
      }
      assertThat(
              server
                  .post("lead", PATH + path, plan("\"saas\"", "NaN", "0.8", "\"Community\""))
                  .statusCode())
          .isEqualTo(400);
    }
    for (String wrong : List.of("-0.1", "1.1", "\"NaN\"")) {
      assertThat(refused("/nearest", "{\"cycle\": 1, \"marketShare\": %s}".formatted(wrong)))
          .contains("The market share wished is ");
      assertThat(refused("/nearest", "{\"cycle\": 1, \"satisfaction\": %s}".formatted(wrong)))
          .contains("The satisfaction wished is ");
    }
    assertThat(refused("/nearest", "{\"cycle\": 1, \"revenue\": 1e999}"))
        .contains("The revenue wished is Infinity");
    // No channel, next to no price, more than anybody pays; channels named twice or null.
    for (String plan :
        List.of(
            plan("\"saas\"", "1e-300", "0", ""),
            plan("\"api\"", "1e9", "1", "\"Community\", null, \"Community\""))) {
      var answer = server.post("lead", PATH + "/evaluation", plan);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode expected = TestServer.json(answer).path("expected");
      for (String figure : List.of("marketShare", "revenue", "satisfaction", "customers")) {
        assertThat(expected.path(figure).isNumber()).as(figure).isTrue();
        assertThat(expected.path(figure).asDouble()).as(figure).isFinite();
      }
      assertThat(answer.body()).doesNotContain("NaN", "Infinity");
    }
    assertThat(server.post("lead", PATH + "/nearest", "{\"revenue\": -1e308}").statusCode())
        .isEqualTo(200);
  }

  private static String refused(String path, String json) {
    var answer = server.post("lead", PATH + path, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    return TestServer.json(answer).path("detail").asText();
  }

  @Test
  void shouldLetOnlyThoseAskWhoChoose_andNobodyWithoutALogin() {
    String plan = plan("\"saas\"", "800", "0.8", "\"Community\"");

    for (String user : List.of("agent", "manager", "engineer", "nobody")) {
      assertThat(server.post(user, PATH + "/evaluation", plan).statusCode()).isEqualTo(403);
      assertThat(server.post(user, PATH + "/nearest", "{\"revenue\": 1}").statusCode())
          .isEqualTo(403);
    }
    assertThat(server.get("nobody", PATH).statusCode()).isEqualTo(403);
    assertThat(server.send(server.request(PATH).GET()).statusCode()).isEqualTo(401);
    assertThat(
            server
                .send(
                    server
                        .request(PATH + "/evaluation")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(plan)))
                .statusCode())
        .isIn(401, 403);
  }

  @Test
  void shouldSayThatThereIsNothingYet() {
    assertThat(server.get("lead", "/api/campaigns/nowhere/plans").statusCode()).isEqualTo(404);
    assertThat(server.get("lead", PATH + "?cycle=7").statusCode()).isEqualTo(404);
    var answer = server.get("lead", "/api/campaigns/plan-less-campaign/plans");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(TestServer.json(answer).path("detail").asText()).contains("has no plan search yet");
    assertThat(server.post("lead", PATH + "/evaluation", "{\"price\":").statusCode())
        .isEqualTo(400);
  }
}
