package io.channelwise.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;

/** Every path of {@code support-ticket}. */
class SupportTicketTest extends ProcessTest {

  private static final String CAMPAIGN = "acme-llm-2026q1";
  private static final String TICKET = "5f0c7a52-6d1d-4a44-9a3c-0f6f3a1d2b11";
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  @Test
  void shouldReturnAtOnce_whenARequestOpensATicket() {
    ProcessInstance ticket =
        engine.getRuntimeService().startProcessInstanceByKey("support-ticket", TICKET, variables());

    assertThat(openTopics()).isEmpty();
    runAsync();
    assertThat(ticket).isWaitingAt("Task_ClassifyTicket");
  }

  @Test
  void shouldAnswerFromArticles_whenTheModelIsSure() {
    ProcessInstance ticket = ticket(vars());
    classify("pricing", "neutral", 0.93, false);

    complete("ticket.answer", vars("answered", true));

    LockedExternalTask close = complete("ticket.close", vars());
    assertThat((Object) close.getVariables().get("answer")).isNull();
    assertThat((Object) close.getVariables().get("correctedIntent")).isNull();
    assertThat(ticket).isEnded().hasNotPassed("Task_AnswerTicket", "Event_SentimentSurgeReported");
  }

  @Test
  void shouldAskAnAgent_whenNoArticleFits() {
    ProcessInstance ticket = ticket(vars());
    classify("integration", "positive", 0.8, false);

    complete("ticket.answer", vars("answered", false));

    assertThat(ticket).isWaitingAt("Task_AnswerTicket");
    assertThat(task("Task_AnswerTicket").getPriority()).isEqualTo(50);
    decide("Task_AnswerTicket", vars("answer", "See the SDK guide."));
    complete("ticket.close", vars());
    assertThat(ticket).isEnded();
  }

  @Test
  void shouldKeepTheCorrection_whenAnAgentCorrectsTheLabels() {
    ClockUtil.setCurrentTime(Date.from(NOW));
    ProcessInstance ticket = ticket(vars());
    classify("praise", "positive", 0.41, false);
    Task answer = task("Task_AnswerTicket");
    assertThat(groups(answer)).containsExactly("support-agent");
    assertThat(answer.getDueDate()).isEqualTo(Date.from(NOW.plus(Duration.ofHours(4))));

    decide(
        answer,
        vars(
            "answer", "We refunded the second invoice.",
            "correctedIntent", "billing",
            "correctedSentiment", "negative"));

    LockedExternalTask close = complete("ticket.close", vars());
    assertThat((Object) close.getVariables().get("answer"))
        .isEqualTo("We refunded the second invoice.");
    assertThat((Object) close.getVariables().get("correctedIntent")).isEqualTo("billing");
    assertThat((Object) close.getVariables().get("correctedSentiment")).isEqualTo("negative");
    assertThat(ticket).isEnded();
  }

  @Test
  void shouldEscalateAndStillWaitForTheAnswer_whenTheSlaIsExceeded() {
    ClockUtil.setCurrentTime(Date.from(NOW));
    ProcessInstance ticket = ticket(vars("ticketSla", "PT30M"));
    classify("cancellation", "negative", 0.9, false);
    assertThat(task("Task_AnswerTicket").getPriority()).isEqualTo(80);
    assertThat(dueDate("Boundary_TicketSlaExceeded"))
        .isEqualTo(Date.from(NOW.plus(Duration.ofMinutes(30))));

    fireTimer("Boundary_TicketSlaExceeded");

    complete("ticket.escalate", vars());
    assertThat(ticket).isWaitingAt("Task_AnswerTicket").hasPassed("EndEvent_TicketEscalated");
    decide("Task_AnswerTicket", vars("answer", "Sorry to see you go."));
    complete("ticket.close", vars());
    assertThat(ticket).isEnded();
  }

  @Test
  void shouldTellCustomerService_whenSentimentSurges() {
    ProcessInstance service =
        start("customer-service", CAMPAIGN, vars("campaignKey", CAMPAIGN, "cycle", 1));
    complete("service.open", vars("supportChannels", 3));
    ProcessInstance other =
        start("customer-service", "other-campaign", vars("campaignKey", "other", "cycle", 1));
    complete("service.open", vars("supportChannels", 1));

    ProcessInstance ticket = ticket(vars());
    classify("technical-issue", "negative", 0.9, true);

    assertThat(service).isWaitingAt("Task_ServeCustomers", "Task_HandleSentimentSurge");
    assertThat(other).isNotWaitingAt("Task_HandleSentimentSurge");
    Task surge = task("Task_HandleSentimentSurge");
    assertThat(engine.getTaskService().getVariable(surge.getId(), "briefingId"))
        .isEqualTo("ticket/" + TICKET);
    assertThat(engine.getTaskService().getVariable(surge.getId(), "surgeNegativeShare"))
        .isEqualTo(0.62);
    assertThat(ticket).isWaitingAt("Task_AnswerTicket");
  }

  @Test
  void shouldGoOn_whenSentimentSurgesAndNobodyListens() {
    ProcessInstance ticket = ticket(vars());

    classify("billing", "negative", 0.9, true);

    assertThat(ticket).hasPassed("Event_SentimentSurgeReported").isWaitingAt("Task_AnswerTicket");
  }

  private ProcessInstance ticket(Map<String, Object> more) {
    Map<String, Object> variables = variables();
    variables.putAll(more);
    return start("support-ticket", TICKET, variables);
  }

  private static Map<String, Object> variables() {
    return vars("ticketId", TICKET, "campaignKey", CAMPAIGN);
  }

  private void classify(String intent, String sentiment, double confidence, boolean surge) {
    complete(
        "ticket.classify",
        vars(
            "intent", intent,
            "sentiment", sentiment,
            "confidence", confidence,
            "modelVersion", "ticket-intent/3",
            "surge", surge,
            "surgeNegativeShare", 0.62,
            "briefingId", "ticket/" + TICKET));
  }
}
