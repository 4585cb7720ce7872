package io.channelwise.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.server.TestServer;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The links of figures: rows, events, feedback, datasets and promotions over REST. */
class TraceApiTest {
  private static final String CAMPAIGN = "trace-campaign";
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.get();
    Map<String, String> files = TestServer.campaignFiles(CAMPAIGN);
    files.put(
        "events.csv",
        """
        event_id,user,segment,channel,type,occurred_at,revenue
        e1,u1,shops,Community,view,2026-01-05T10:00:00Z,
        e2,u1,shops,Community,purchase,2026-01-06T10:01:00Z,120
        """);
    var created =
        server.send(TestServer.multipart(server.as("lead", "/api/campaigns"), "POST", files));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
  }

  private static JsonNode get(String path) {
    var response = server.get("finance", path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.json(response);
  }

  @Test
  void shouldShowTheRowsBehindAFigure() {
    JsonNode page = get("/api/campaigns/" + CAMPAIGN + "/data/survey?market=retail&size=1");

    assertThat(page.path("total").asInt()).isEqualTo(2);
    assertThat(page.path("rows")).hasSize(1);
    assertThat(page.at("/rows/0/respondent").asText()).isEqualTo("r1");
    assertThat(page.at("/rows/0/willingness_to_pay").asDouble()).isEqualTo(900);
    assertThat(page.at("/title/zh").asText()).isEqualTo("调研数据");
    assertThat(page.at("/columns/0/label/zh").asText()).isEqualTo("市场");
    String sha256 = page.at("/imported/sha256").asText();
    assertThat(sha256).hasSize(64);
    assertThat(
            get("/api/campaigns/" + CAMPAIGN + "/data/survey?sha256=" + sha256.substring(0, 12))
                .path("superseded")
                .asBoolean())
        .isFalse();
  }

  @Test
  void shouldCountEvents_andShowThem() {
    JsonNode counts = get("/api/campaigns/" + CAMPAIGN + "/events?from=2026-01-06T00:00:00Z");
    assertThat(counts.path("events").asInt()).isEqualTo(1);
    assertThat(counts.at("/counts/0/type").asText()).isEqualTo("purchase");
    assertThat(counts.at("/counts/0/revenue").asDouble()).isEqualTo(120);

    JsonNode rows = get("/api/campaigns/" + CAMPAIGN + "/data/events?type=view");
    assertThat(rows.path("total").asInt()).isEqualTo(1);
    assertThat(rows.at("/rows/0/event_id").asText()).isEqualTo("e1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/campaigns/nowhere/data/survey | 404 | nowhere",
        "/api/campaigns/trace-campaign/data/customers | 404 | There is no table customers",
        "/api/campaigns/trace-campaign/data/survey?page=3 | 404 | has no page 3",
        "/api/campaigns/trace-campaign/data/survey?size=0 | 400 | 1 to 500 rows",
        "/api/campaigns/trace-campaign/data/survey?size=x | 400 | size",
        "/api/campaigns/trace-campaign/data/survey?name=x | 400 | cannot be asked for by name",
        "/api/campaigns/trace-campaign/data/survey?market=a&market=b | 400 | more than once",
        "/api/campaigns/nowhere/events | 404 | nowhere",
        "/api/campaigns/trace-campaign/events?from=yesterday | 400 | from",
        "/api/campaigns/nowhere/feedback | 404 | nowhere",
        "/api/campaigns/trace-campaign/feedback?size=501 | 400 | 501",
        "/api/campaigns/trace-campaign/feedback?cycle=0 | 400 | 0",
        "/api/datasets/none | 404 | none",
        "/api/datasets/00000000-0000-0000-0000-000000000000/examples | 404 | 0000",
        "/api/campaigns/trace-campaign/promotions/1 | 404 | no promotion in cycle 1",
        "/api/campaigns/trace-campaign/promotions/1/allocations/2 | 404 | no allocation of version 2",
        "/api/campaigns/nowhere/promotions/1 | 404 | nowhere"
      })
  void shouldRefuseWithASentence(String path, int status, String why) {
    var response = server.get("agent", path);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(TestServer.json(response).path("detail").asText()).contains(why);
  }

  @Test
  void shouldShowNobodyElseTheRows() {
    String path = "/api/campaigns/" + CAMPAIGN + "/data/survey";

    assertThat(server.send(server.request(path).GET()).statusCode()).isEqualTo(401);
  }

  @Test
  void shouldListFeedback_beforeThereIsAny() {
    JsonNode none = get("/api/campaigns/" + CAMPAIGN + "/feedback?cycle=1");

    assertThat(none.path("total").asInt()).isZero();
    assertThat(none.path("rows")).isEmpty();
  }
}
