package io.channelwise.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.server.TestServer;
import io.channelwise.support.NewTicket;
import io.channelwise.support.SupportService;
import io.channelwise.support.Ticket;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A ticket is stored and its process started, once each. */
class TicketApiTest {
  private static final String CAMPAIGN = "ticket-campaign";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.get();
    server.send(
        TestServer.multipart(
            server.as("lead", "/api/campaigns"), "POST", TestServer.campaignFiles(CAMPAIGN)));
  }

  @Test
  void shouldStartTheProcess_withTheTicketAsBusinessKey() {
    var opened =
        server.post(
            "agent",
            "/api/tickets",
            """
            {"campaignKey": "ticket-campaign", "text": "Where is my invoice?", "rating": 2}
            """);

    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
    String id = TestServer.json(opened).path("id").asText();
    assertThat(instances(id)).isEqualTo(1);
    assertThat(TestServer.json(server.get("finance", "/api/tickets/" + id)).path("text").asText())
        .isEqualTo("Where is my invoice?");
    assertThat(
            TestServer.json(server.get("finance", "/api/campaigns/ticket-campaign/tickets"))
                .findValuesAsText("id"))
        .contains(id);
  }

  @Test
  void shouldRefuseWrongTickets() {
    assertThat(open("{\"campaignKey\": \"ticket-campaign\", \"text\": \"\"}")).isEqualTo(422);
    assertThat(open("{\"campaignKey\": \"nowhere\", \"text\": \"Hello\"}")).isEqualTo(404);
    assertThat(open("{\"campaignKey\": \"ticket-campaign\", \"text\": \"x\", \"rating\": 9}"))
        .isEqualTo(422);
    assertThat(open("{\"text\": \"x\"")).isEqualTo(400);
    assertThat(open("{\"text\": \"x\", \"colour\": \"red\"}")).isEqualTo(400);
    assertThat(server.post("finance", "/api/tickets", "{}").statusCode()).isEqualTo(403);
    assertThat(server.get("agent", "/api/tickets/no-such-ticket").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldStartTheProcess_thatACrashLeftOut() {
    Ticket ticket =
        server
            .bean(SupportService.class)
            .open(new NewTicket(CAMPAIGN, "A question from before the crash", null, null, null));

    server.bean(TicketProcesses.class).heal();
    server.bean(TicketProcesses.class).heal();

    assertThat(instances(ticket.id())).isEqualTo(1);
  }

  private static int open(String json) {
    return server.post("agent", "/api/tickets", json).statusCode();
  }

  private static long instances(String ticketId) {
    return server
        .bean(RuntimeService.class)
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(ticketId)
        .processDefinitionKey("support-ticket")
        .count();
  }
}
