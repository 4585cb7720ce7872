package io.channelwise.server.deal;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.deal.Deal;
import io.channelwise.deal.DealService;
import io.channelwise.deal.LinkSigner;
import io.channelwise.deal.Terms;
import io.channelwise.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A partner's answer is taken once, by link or from staff, and reaches the negotiation. */
class DealApiTest {
  private static final String CAMPAIGN = "deal-campaign";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.get();
    server.send(
        TestServer.multipart(
            server.as("lead", "/api/campaigns"), "POST", TestServer.campaignFiles(CAMPAIGN)));
  }

  @Test
  void shouldTakeTheAnswerOnce_andTellTheNegotiation() {
    Deal deal = offered();

    var accepted = answer(token(deal, hours(1)), "{\"outcome\": \"accept\"}");

    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
    assertThat(TestServer.json(accepted).path("revenueShare").asDouble())
        .isEqualTo(deal.offer().revenueShare());
    TestServer.await("the negotiation to go on", () -> !waits(deal));
    assertThat(server.bean(RuntimeService.class).getVariable(deal.id(), "replyOutcome"))
        .isEqualTo("accept");
    var again = answer(token(deal, hours(1)), "{\"outcome\": \"reject\"}");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("link-used");
    assertThat(
            server.bean(DealService.class).pendingCorrelations().stream()
                .filter(r -> r.dealId().equals(deal.id())))
        .isEmpty();
  }

  @Test
  void shouldKeepAnAnswer_untilTheNegotiationWaitsForIt() {
    String dealId = negotiation();
    Deal deal = server.bean(DealService.class).draft(CAMPAIGN, 1, "Cloud Market", dealId);

    var early = answer(token(deal, hours(1)), "{\"outcome\": \"counter\", \"fixedFee\": 1500}");
    assertThat(early.statusCode()).as(early.body()).isEqualTo(200);
    play(deal);

    TestServer.await(
        "the answer to arrive",
        () ->
            "counter"
                .equals(server.bean(RuntimeService.class).getVariable(dealId, "replyOutcome")));
    assertThat(server.bean(RuntimeService.class).getVariable(dealId, "replyFixedFee"))
        .isEqualTo(1500.0);
  }

  @Test
  void shouldRefuseForgedAndExpiredLinks_andWrongAnswers() {
    Deal deal = offered();
    String good = token(deal, hours(1));

    assertThat(answer(good.substring(0, good.length() - 2) + "xx", accept()).statusCode())
        .isEqualTo(403);
    assertThat(answer("nonsense", accept()).statusCode()).isEqualTo(403);
    assertThat(answer(token(deal, Instant.now().minusSeconds(5)), accept()).statusCode())
        .isEqualTo(410);
    assertThat(answer(good, "{\"outcome\": \"perhaps\"}").statusCode()).isEqualTo(422);
    assertThat(answer(good, "{\"outcome\": \"counter\", \"revenueShare\": 7}").statusCode())
        .isEqualTo(422);
    for (String terms :
        List.of(
            "\"revenueShare\": -0.1",
            "\"revenueShare\": \"NaN\"",
            "\"fixedFee\": -1",
            "\"fixedFee\": \"Infinity\"",
            "\"fixedFee\": 1e308")) {
      assertThat(answer(good, "{\"outcome\": \"counter\", %s}".formatted(terms)).statusCode())
          .as(terms)
          .isEqualTo(422);
    }
    var broken = answer(good, "{\"outcome\": accept}");
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(TestServer.json(broken).path("detail").asText()).contains("line 1");
    assertThat(waits(deal)).isTrue();
  }

  @Test
  void shouldRefuse_whenTheNegotiationIsOver() {
    Deal deal = offered();
    server.bean(DealService.class).withdraw(CAMPAIGN, deal.id());

    assertThat(answer(token(deal, hours(1)), accept()).statusCode()).isEqualTo(409);
  }

  @Test
  void shouldShowTheOffer_andTakeTheForm() {
    Deal deal = offered();
    String token = token(deal, hours(1));

    var page = server.send(server.request("/reply/" + token).header("Accept", "text/html").GET());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("Test LLM", "Cloud Market", "Accept the offer")
        .contains("<b>12.00%</b>", "<b>0.00 CNY</b>", "This is round 1 of at most 3.")
        .doesNotContain("You asked for")
        .doesNotContain("%.2f%%".formatted(100 * deal.limits().revenueShare()));
    assertThat(form(token, "outcome=counter&revenueSharePercent=abc").statusCode()).isEqualTo(422);

    var done = form(token, "outcome=counter&revenueSharePercent=12.5&fixedFee=100");

    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.body()).contains("Thank you");
    assertThat(form(token, "outcome=accept").statusCode()).isEqualTo(409);
    var chinese =
        server.send(
            server.request("/reply/" + token + "?lang=zh").header("Accept", "text/html").GET());
    assertThat(chinese.statusCode()).isEqualTo(409);
    assertThat(chinese.body()).contains("此链接无法答复");

    Deal second = server.bean(DealService.class).counter(deal.id(), 1, new Terms(0.125, 100));
    var answered =
        server.send(
            server
                .request("/reply/" + token(second, hours(1)) + "?lang=en")
                .header("Accept", "text/html")
                .GET());
    assertThat(answered.body())
        .contains("You asked for 12.50% and 100.00 CNY; our last offer was 12.00% and 0.00 CNY.")
        .contains("This is round 2 of at most 3.");
  }

  @Test
  void shouldRecordAnAnswer_fromStaff() {
    Deal deal = offered();
    String path = "/api/deals/" + deal.id() + "/replies";

    assertThat(server.post("agent", path, accept()).statusCode()).isEqualTo(403);
    var recorded = server.post("manager", path, accept());

    assertThat(recorded.statusCode()).as(recorded.body()).isEqualTo(200);
    assertThat(
            TestServer.json(server.get("finance", "/api/deals/" + deal.id()))
                .path("state")
                .asText())
        .isEqualToIgnoringCase("agreed");
    assertThat(server.get("finance", "/api/deals/no-such-deal").statusCode()).isEqualTo(404);
    assertThat(server.post("manager", "/api/deals/no-such-deal/replies", accept()).statusCode())
        .isEqualTo(404);
    assertThat(TestServer.json(server.get("agent", "/api/campaigns/" + CAMPAIGN + "/deals")))
        .isNotEmpty();
    assertThat(server.get("agent", "/api/campaigns/nowhere/deals").statusCode()).isEqualTo(404);
  }

  private static Deal offered() {
    String dealId = negotiation();
    Deal deal = server.bean(DealService.class).draft(CAMPAIGN, 1, "Cloud Market", dealId);
    play(deal);
    TestServer.await("the offer to be out", () -> waits(deal));
    return deal;
  }

  private static String negotiation() {
    return server
        .bean(RuntimeService.class)
        .startProcessInstanceByKey(
            "channel-negotiation",
            "deal-test",
            Map.of("campaignKey", CAMPAIGN, "cycle", 1, "channel", "Cloud Market"))
        .getId();
  }

  private static void play(Deal deal) {
    TestServer.await(
        "the offer to be out",
        () -> {
          server.play(
              "deal-test",
              Map.of(
                  "deal.draft",
                  Map.of(
                      "round", 1,
                      "offerRevenueShare", deal.offer().revenueShare(),
                      "offerFixedFee", deal.offer().fixedFee(),
                      "revenueShareMax", deal.limits().revenueShare(),
                      "fixedFeeMax", deal.limits().fixedFee(),
                      "expectedRevenue", deal.expectedRevenue(),
                      "contractValue", deal.contractValue(),
                      "acceptCostMax", deal.contractValue(),
                      "briefingId", "b"),
                  "deal.send",
                  Map.of("sentVia", "test")));
          return waits(deal)
              || server.bean(RuntimeService.class).getVariable(deal.id(), "replyOutcome") != null;
        });
  }

  private static boolean waits(Deal deal) {
    return server
            .bean(RuntimeService.class)
            .createExecutionQuery()
            .processInstanceId(deal.id())
            .messageEventSubscriptionName("channel-reply")
            .count()
        > 0;
  }

  private static String token(Deal deal, Instant expires) {
    return server.bean(LinkSigner.class).sign(deal.id(), deal.round(), expires);
  }

  private static Instant hours(int count) {
    return Instant.now().plusSeconds(count * 3600L);
  }

  private static String accept() {
    return "{\"outcome\": \"accept\"}";
  }

  private static HttpResponse<String> answer(String token, String json) {
    return server.send(
        server
            .request("/api/deals/" + token + "/reply")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private static HttpResponse<String> form(String token, String body) {
    return server.send(
        server
            .request("/api/deals/" + token + "/reply")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "text/html")
            .POST(BodyPublishers.ofString(body)));
  }
}
