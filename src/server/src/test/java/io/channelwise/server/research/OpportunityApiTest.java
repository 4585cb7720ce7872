package io.channelwise.server.research;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.research.OpportunityWeights;
import io.channelwise.research.ResearchService;
import io.channelwise.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the form's sliders ask, and who may ask it. */
class OpportunityApiTest {
  private static final String CAMPAIGN = "opportunity-campaign";
  private static final String PATH = "/api/campaigns/" + CAMPAIGN + "/opportunities";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.get();
    create(server, CAMPAIGN);
    analyse(server, CAMPAIGN, null);
    server.send(
        TestServer.multipart(
            server.as("lead", "/api/campaigns"),
            "POST",
            TestServer.campaignFiles("opportunity-early")));
  }

  /** retail: 18 of 20 with the need, one competitor has all; finance: 10 of 20, eight share it. */
  static void create(TestServer server, String key) {
    Map<String, String> files = TestServer.campaignFiles(key);
    StringBuilder survey = new StringBuilder("market,respondent,need,willingness_to_pay,segment\n");
    for (int i = 0; i < 20; i++) {
      survey.append("retail,r%d,%s,900,shops\n".formatted(i, i < 18 ? "yes" : "no"));
      survey.append("finance,f%d,%s,1500,banks\n".formatted(i, i < 10 ? "yes" : "no"));
    }
    StringBuilder competitors =
        new StringBuilder("market,competitor,market_share,price\nretail,Big Co,1,1000\n");
    for (int i = 0; i < 8; i++) {
      competitors.append("finance,Bank %d,0.125,2000\n".formatted(i));
    }
    files.put("survey.csv", survey.toString());
    files.put("competitors.csv", competitors.toString());
    server.send(TestServer.multipart(server.as("lead", "/api/campaigns"), "POST", files));
  }

  static void analyse(TestServer server, String key, OpportunityWeights weights) {
    ResearchService research = server.bean(ResearchService.class);
    research.analyseDemand(key, 1);
    research.analyseCompetition(key, 1);
    research.analyseTrend(key, 1);
    research.analyseOpportunity(key, 1, List.of(), weights);
  }

  @Test
  void shouldTellTheRanking_withPartsAndWhereTheFirstPlaceChanges() {
    var answer = server.get("agent", PATH);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode board = TestServer.json(answer);
    assertThat(board.path("chosenBy").asText()).isEqualTo("default");
    assertThat(board.path("weights")).isEqualTo(board.path("usual"));
    assertThat(board.path("ranked").findValuesAsText("market"))
        .containsExactly("finance", "retail");
    assertThat(board.path("ranked").path(1).path("roomPart").asDouble()).isZero();
    assertThat(board.path("ranked").path(0).path("intervals")).hasSize(4);
    assertThat(board.path("sensitivity").path("ranges").findValuesAsText("part"))
        .containsExactly("need", "room", "growth", "payment");
    assertThat(board.path("firmness").path("zh").asText()).startsWith("“finance”居首位");
  }

  private static String weights(String need, String room, String growth, String payment) {
    return """
    {"cycle": 1, "weights": {"need": %s, "room": %s, "growth": %s, "payment": %s}}
    """
        .formatted(need, room, growth, payment);
  }

  @Test
  void shouldRankByOtherWeights_andStoreNothing() {
    String before = server.get("lead", PATH + "?cycle=1").body();

    var answer = server.post("lead", PATH + "/evaluation", weights("3", "1", "0", "0"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode board = TestServer.json(answer);
    assertThat(board.path("weights").path("need").asDouble()).isEqualTo(0.75);
    assertThat(board.path("chosenBy").asText()).isEqualTo("person");
    // Lower Wilson bounds of 18 of 20 and 10 of 20 (scipy): 0.6990 and 0.2993; room 0 and 7/8.
    assertThat(board.path("ranked").findValuesAsText("market"))
        .containsExactly("retail", "finance");
    assertThat(board.path("ranked").path(0).path("score").asDouble())
        .isEqualTo(0.75 * board.path("ranked").path(0).path("needPart").asDouble());
    JsonNode one =
        TestServer.json(
            server.post(
                "lead",
                PATH + "/evaluation",
                weights("3", "1", "0", "0")
                    .replace("{\"cycle\": 1", "{\"excludedMarkets\": [\"retail\"]")));
    assertThat(one.path("ranked").findValuesAsText("market")).containsExactly("finance", "retail");
    assertThat(one.path("sensitivity").isNull()).isTrue();
    assertThat(server.get("lead", PATH + "?cycle=1").body()).isEqualTo(before);
  }

  @Test
  void shouldRefuseWeightsThatAreNone_withASentence() {
    assertThat(refused(weights("0", "0", "0", "0"))).contains("are all 0");
    assertThat(refused(weights("1", "-0.5", "0", "0"))).contains("The weight room", "is -0.5");
    assertThat(refused(weights("1", "\"NaN\"", "0", "0"))).contains("The weight room", "is NaN");
    assertThat(refused(weights("1", "1e999", "0", "0"))).contains("is Infinity");
    assertThat(refused(weights("1", "null", "0", "0"))).contains("The weight room", "is missing");
    assertThat(refused("{}")).contains("The weight need", "is missing");
    var wrong = server.post("lead", PATH + "/evaluation", weights("\"much\"", "0", "0", "1"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(TestServer.json(wrong).path("detail").asText()).contains("weights.need");
    var chinese =
        server.send(
            server
                .as("lead", PATH + "/evaluation")
                .header("Content-Type", "application/json")
                .header("Accept-Language", "zh-CN")
                .POST(BodyPublishers.ofString(weights("0", "0", "0", "0"))));
    assertThat(chinese.body()).contains("权重被拒绝", "权重全为 0");
  }

  private static String refused(String json) {
    var answer = server.post("lead", PATH + "/evaluation", json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    return TestServer.json(answer).path("detail").asText();
  }

  @Test
  void shouldLetOnlyTheOneAskWhoDecides_andSayThatThereIsNothingYet() {
    String usual = weights("0.4", "0.25", "0.15", "0.2");

    for (String user : List.of("agent", "manager", "engineer", "finance", "nobody")) {
      assertThat(server.post(user, PATH + "/evaluation", usual).statusCode()).isEqualTo(403);
    }
    assertThat(server.get("nobody", PATH).statusCode()).isEqualTo(403);
    assertThat(server.send(server.request(PATH).GET()).statusCode()).isEqualTo(401);
    assertThat(server.get("lead", "/api/campaigns/nowhere/opportunities").statusCode())
        .isEqualTo(404);
    assertThat(server.get("lead", PATH + "?cycle=7").statusCode()).isEqualTo(404);
    var early = server.get("lead", "/api/campaigns/opportunity-early/opportunities");
    assertThat(early.statusCode()).isEqualTo(404);
    assertThat(TestServer.json(early).path("detail").asText())
        .contains("has no ranking of its markets yet");
  }
}
