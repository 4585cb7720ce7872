package io.channelwise.processes;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessModelTest extends ProcessTest {

  @Test
  void shouldPublishThePlanChosen() {
    ProcessInstance plan = startAndOptimise();
    Task task = decide("Task_ChooseBusinessModel", choose("api"));
    Assertions.assertThat(task.getDueDate()).isNotNull();
    Assertions.assertThat(
            complete("plan.publish", vars("planPrice", 0.8, "planPricingModel", "api"))
                .getVariables())
        .containsEntry("planId", "api");
    assertThat(plan).isEnded().hasPassed("EndEvent_PlanPublished");
    Assertions.assertThat(variable(plan, "planPrice")).isEqualTo(0.8);
  }

  @Test
  void shouldAskFinance_whenThePlanReachesFew() {
    ProcessInstance plan = startAndOptimise();
    Assertions.assertThat(groups(task("Task_ChooseBusinessModel")))
        .containsExactly("finance", "gtm-lead");
    decide("Task_ChooseBusinessModel", choose("niche"));
    Assertions.assertThat(groups(task("Task_ChooseBusinessModel"))).containsExactly("finance");
    decide("Task_ChooseBusinessModel", choose("niche"));
    complete("plan.publish", vars("planPrice", 99.0, "planPricingModel", "saas"));
    assertThat(plan).isEnded().hasPassed("EndEvent_PlanPublished");
  }

  @ParameterizedTest
  @CsvSource({"loss", "unheard-of"})
  void shouldAskAgain_whenThePlanIsRefused(String planId) {
    ProcessInstance plan = startAndOptimise();
    decide("Task_ChooseBusinessModel", choose(planId));
    assertThat(plan).isWaitingAt("Task_ChooseBusinessModel");
    Assertions.assertThat(variable(plan, "planVerdict")).isEqualTo("refused");
    Assertions.assertThat(groups(task("Task_ChooseBusinessModel"))).contains("gtm-lead");
  }

  @Test
  void shouldAskAgain_whenNoPlanIsNamed() {
    ProcessInstance plan = startAndOptimise();
    decide("Task_ChooseBusinessModel", vars("planOutcome", "choose"));
    assertThat(plan).isWaitingAt("Task_ChooseBusinessModel");
  }

  @Test
  void shouldOptimiseAgain_whenReworkIsWanted() {
    ProcessInstance plan = startAndOptimise();
    decide("Task_ChooseBusinessModel", vars("planOutcome", "rework"));
    assertThat(plan).isWaitingAt("Task_OptimisePlans");
  }

  /** The rules of plan-guardrails at their edges: revenue, satisfaction, market share, asked. */
  @ParameterizedTest
  @CsvSource({
    ",,,false,refused",
    "0,0.9,0.5,false,refused",
    "-1,0.9,0.5,true,refused",
    "1,0.19,0.5,false,refused",
    "1,0.19,0.5,true,refused",
    "1,0.2,0.5,false,finance",
    "1,0.39,0.5,false,finance",
    "1,0.4,0.009,false,finance",
    "1,0.4,0.01,false,ok",
    "1,0.2,0.0,true,ok",
    "1,0.9,0.5,true,ok"
  })
  void shouldJudgeByTheGuardrails(
      Double revenue, Double satisfaction, Double share, boolean asked, String verdict) {
    String plans =
        revenue == null
            ? "[]"
            : "[{\"planId\":\"p\",\"revenue\":%s,\"satisfaction\":%s,\"marketShare\":%s}]"
                .formatted(revenue, satisfaction, share);
    Map<String, Object> variables =
        vars("planCandidates", json(plans), "planChosen", "p", "financeAsked", asked);
    Assertions.assertThat(judge("plan-guardrails", variables)).isEqualTo(verdict);
  }

  private ProcessInstance startAndOptimise() {
    ProcessInstance plan =
        start(
            "business-model",
            "acme",
            vars("campaignKey", "acme", "cycle", 1, "targetMarket", "finance"));
    complete("plan.optimise", Answers.optimised());
    return plan;
  }

  private static Map<String, Object> choose(String planId) {
    return vars("planOutcome", "choose", "planId", planId, "planComment", "because");
  }
}
