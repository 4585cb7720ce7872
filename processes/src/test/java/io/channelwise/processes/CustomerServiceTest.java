package io.channelwise.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;

/** Every path of {@code customer-service}. */
class CustomerServiceTest extends ProcessTest {

  private static final String KEY = "acme-llm-2026q1";

  @Test
  void shouldSummarise_whenTheWindowIsClosedByMessage() {
    ProcessInstance service = openService(vars());

    message("service-window-closed", KEY, Map.of());

    summarise();
    assertThat(service).isEnded();
    assertThat(variable(service, "tickets")).isEqualTo(120);
    assertThat(variable(service, "satisfaction")).isEqualTo(0.82);
    assertThat(variable(service, "negativeShare")).isEqualTo(0.11);
  }

  @Test
  void shouldSummarise_whenTheWindowTimesOut() {
    ProcessInstance service = openService(vars("serviceWindow", "PT1M"));

    fireTimer("Boundary_ServiceWindowOver");

    summarise();
    assertThat(service).isEnded();
  }

  @Test
  void shouldStayOpenForThirtyDays_whenNoWindowIsGiven() {
    ProcessInstance service = openService(vars());

    assertThat(variable(service, "serviceWindow")).isEqualTo("P30D");
  }

  @Test
  void shouldAskPeopleAndKeepServing_whenSentimentSurges() {
    ProcessInstance service = openService(vars());

    message(
        "sentiment-surge", KEY, vars("surgeNegativeShare", 0.55, "surgeBriefingId", "ticket/t-1"));

    Task surge = task("Task_HandleSentimentSurge");
    assertThat(groups(surge)).containsExactly("gtm-lead", "support-agent");
    assertThat(engine.getTaskService().getVariable(surge.getId(), "briefingId"))
        .isEqualTo("ticket/t-1");
    assertThat(service).isWaitingAt("Task_ServeCustomers", "Task_HandleSentimentSurge");
    decide(surge, vars("surgeAction", "call-customers", "surgeComment", "Release 3 broke logins."));
    assertThat(service)
        .isWaitingAt("Task_ServeCustomers")
        .hasPassed("EndEvent_SurgeHandled")
        .isNotWaitingAt("Task_HandleSentimentSurge");
  }

  @Test
  void shouldOpenOneTaskOnly_whenSurgesAreReportedAgainAndAgain() {
    ProcessInstance service = openService(vars());
    message("sentiment-surge", KEY, Map.of());

    message("sentiment-surge", KEY, Map.of());
    message("sentiment-surge", KEY, Map.of());

    assertThat(passes("EndEvent_SurgeNoted")).isEqualTo(2);
    decide("Task_HandleSentimentSurge", vars("surgeAction", "none"));
    message("sentiment-surge", KEY, Map.of());
    decide("Task_HandleSentimentSurge", vars("surgeAction", "none"));
    assertThat(service).isWaitingAt("Task_ServeCustomers");
    assertThat(passes("Task_HandleSentimentSurge")).isEqualTo(2);
  }

  @Test
  void shouldEndOnlyAfterTheSurgeIsHandled_whenTheWindowClosesMeanwhile() {
    ProcessInstance service = openService(vars());
    message("sentiment-surge", KEY, Map.of());

    message("service-window-closed", KEY, Map.of());
    summarise();

    assertThat(service).isWaitingAt("Task_HandleSentimentSurge");
    decide("Task_HandleSentimentSurge", vars("surgeAction", "none"));
    assertThat(service).isEnded();
  }

  private ProcessInstance openService(Map<String, Object> more) {
    Map<String, Object> variables = vars("campaignKey", KEY, "cycle", 1);
    variables.putAll(more);
    ProcessInstance service = start("customer-service", KEY, variables);
    complete("service.open", vars("supportChannels", 3));
    assertThat(service).isWaitingAt("Task_ServeCustomers");
    return service;
  }

  private void summarise() {
    complete(
        "service.summarise", vars("tickets", 120, "satisfaction", 0.82, "negativeShare", 0.11));
  }
}
