package io.channelwise.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.deal.DealService;
import io.channelwise.plan.PlanService;
import io.channelwise.promotion.PromotionService;
import io.channelwise.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a replay answers over HTTP, and who may ask. */
class ReplayApiTest {
  private static final String CAMPAIGN = "replay-campaign";
  private static final String PATH = "/api/campaigns/" + CAMPAIGN + "/cycles/1/replays";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.get();
    server.send(TestServer.multipart(server.as("lead", "/api/campaigns"), "POST", campaignFiles()));
    DealService deals = server.bean(DealService.class);
    for (String channel : List.of("Cloud Market", "Community")) {
      String dealId = "replay-deal-" + channel.charAt(1);
      deals.sign(dealId, deals.draft(CAMPAIGN, 1, channel, dealId).offer());
    }
    server.bean(PlanService.class).optimise(CAMPAIGN, 1, "retail");
    PromotionService promotions = server.bean(PromotionService.class);
    promotions.prepare(CAMPAIGN, 1, null);
    promotions.allocate(CAMPAIGN, 1, 50_000, null);
  }

  private static Map<String, String> campaignFiles() {
    Map<String, String> files = TestServer.campaignFiles(CAMPAIGN);
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

  @Test
  void shouldGiveTheRecordedFigures_withoutAChange() {
    var answer = server.post("finance", PATH, "{}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode replay = TestServer.json(answer);
    for (String part : List.of("plan", "budget", "channels")) {
      assertThat(replay.path(part)).isNotEmpty();
      for (JsonNode figure : replay.path(part)) {
        assertThat(figure.path("replayed")).isEqualTo(figure.path("recorded"));
        assertThat(figure.path("difference").asDouble()).isZero();
      }
    }
    assertThat(replay.path("planId").asText()).isNotBlank();
    assertThat(replay.path("sharingVersion").asInt()).isEqualTo(1);
    assertThat(replay.path("heldFixed")).hasSize(2);
  }

  @Test
  void shouldCompare_withAnotherChannelSetPriceAndBudget() {
    var answer =
        server.post(
            "lead", PATH, "{\"channels\": [\"Community\"], \"price\": 750, \"budget\": 60000}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode replay = TestServer.json(answer);
    assertThat(replay.at("/plan/0/id").asText()).isEqualTo("price");
    assertThat(replay.at("/plan/0/replayed").asDouble()).isEqualTo(750);
    assertThat(replay.at("/budget/0/recorded").asDouble()).isEqualTo(50_000);
    assertThat(replay.at("/budget/0/replayed").asDouble()).isEqualTo(60_000);
    assertThat(replay.at("/channels/0/id").asText()).isEqualTo("Cloud Market");
    assertThat(replay.at("/channels/0/replayed").asDouble()).isZero();
    assertThat(replay.at("/sentences/0/zh").asText()).isNotBlank();
    assertThat(replay.at("/change/channels/0").asText()).isEqualTo("Community");
  }

  @Test
  void shouldRefuseImpossibleChanges_withASentence() {
    assertThat(refused("{\"channels\": [\"Radio\"]}")).contains("channel Radio");
    assertThat(refused("{\"channels\": []}")).contains("list of channels is empty");
    assertThat(refused("{\"price\": 0}")).contains("The price is 0.0");
    assertThat(refused("{\"budget\": -3}")).contains("The budget is -3.0");
    assertThat(refused("{\"channels\": [null, \" \"]}")).contains("list of channels is empty");
    for (String figure : List.of("price", "budget")) {
      for (String wrong : List.of("0", "-0.0", "-1e308", "\"NaN\"", "\"Infinity\"", "1e999")) {
        assertThat(refused("{\"%s\": %s}".formatted(figure, wrong)))
            .startsWith("The %s is ".formatted(figure))
            .endsWith("it must be a number above 0.");
      }
      assertThat(server.post("lead", PATH, "{\"%s\": NaN}".formatted(figure)).statusCode())
          .isEqualTo(400);
      assertThat(server.post("lead", PATH, "{\"%s\": \"much\"}".formatted(figure)).statusCode())
          .isEqualTo(400);
    }
    for (String wrong : List.of("0.001", "1e14", "1e308")) {
      assertThat(refused("{\"budget\": %s}".formatted(wrong)))
          .contains("an amount of at least 0.01 and up to 10000000000000 is expected");
    }
    assertThat(refused("{\"price\": 1e308}")).contains("Price is 1.0E308; it must be above 0");
    var chinese =
        server.send(
            server
                .as("lead", PATH)
                .header("Content-Type", "application/json")
                .header("Accept-Language", "zh-CN")
                .POST(BodyPublishers.ofString("{\"price\": -1}")));
    assertThat(chinese.body()).contains("重放被拒绝", "必须是大于 0 的数");
    assertThat(server.post("lead", PATH, "{\"price\":").statusCode()).isEqualTo(400);
  }

  private static String refused(String json) {
    var answer = server.post("lead", PATH, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    return TestServer.json(answer).path("detail").asText();
  }

  @Test
  void shouldSayThatThereIsNothingToReplay() {
    var answer = server.post("lead", PATH.replace("cycles/1", "cycles/7"), "{}");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(TestServer.json(answer).path("detail").asText())
        .contains("cycle 7, has recorded neither");
    assertThat(server.post("lead", "/api/campaigns/nowhere/cycles/1/replays", "{}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void shouldLetOnlyThoseAskWhoDecide_andNobodyWithoutALogin() {
    for (String user : List.of("agent", "manager", "engineer", "nobody")) {
      assertThat(server.post(user, PATH, "{}").statusCode()).isEqualTo(403);
    }
    assertThat(
            server
                .send(
                    server
                        .request(PATH)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}")))
                .statusCode())
        .isIn(401, 403);
  }
}
