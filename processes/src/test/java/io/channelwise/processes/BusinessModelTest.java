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

  private static final Map<String, Object> SOUND = Answers.checked(0.12, 90_000.0, 0.7);

  @Test
  void shouldPublishThePlanChosen() {
    ProcessInstance plan = startAndOptimise();
    Task task = decide("Task_ChooseBusinessModel", choose("api"));
    Assertions.assertThat(task.getDueDate()).isNotNull();
    Assertions.assertThat(complete("plan.check", SOUND).getVariables())
        .containsEntry("planId", "api");
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
    complete("plan.check", Answers.checked(0.004, 20_000.0, 0.8));
    Assertions.assertThat(groups(task("Task_ChooseBusinessModel"))).containsExactly("finance");
    decide("Task_ChooseBusinessModel", choose("niche"));
    complete("plan.check", Answers.checked(0.004, 20_000.0, 0.8));
    complete("plan.publish", vars("planPrice", 99.0, "planPricingModel", "saas"));
    assertThat(plan).isEnded().hasPassed("EndEvent_PlanPublished");
  }

  /** What a form says of a plan does not count: only what the worker found. */
  @Test
  void shouldTakeAPlanMadeByHand_thatIsNoCandidate() {
    ProcessInstance plan = startAndOptimise();
    decide("Task_ChooseBusinessModel", choose("made-by-hand"));
    complete("plan.check", SOUND);
    Assertions.assertThat(
            complete("plan.publish", vars("planPrice", 0.7, "planPricingModel", "api"))
                .getVariables())
        .containsEntry("planId", "made-by-hand");
    assertThat(plan).isEnded().hasPassed("EndEvent_PlanPublished");
  }

  @ParameterizedTest
  @CsvSource({"0.4,-5.0,0.9", ",,"})
  void shouldAskAgain_whenThePlanIsRefused(Double share, Double revenue, Double satisfaction) {
    ProcessInstance plan = startAndOptimise();
    decide("Task_ChooseBusinessModel", choose("api"));
    complete("plan.check", Answers.checked(share, revenue, satisfaction));
    assertThat(plan).isWaitingAt("Task_ChooseBusinessModel");
    Assertions.assertThat(variable(plan, "planVerdict")).isEqualTo("refused");
    Assertions.assertThat(groups(task("Task_ChooseBusinessModel"))).contains("gtm-lead");
  }

  @Test
  void shouldAskAgain_whenNoPlanIsNamed() {
    ProcessInstance plan = startAndOptimise();
    decide("Task_ChooseBusinessModel", vars("planOutcome", "choose"));
    Assertions.assertThat(complete("plan.check", Answers.checked(null, null, null)).getVariables())
        .containsEntry("planId", null);
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
    Map<String, Object> variables = Answers.checked(share, revenue, satisfaction);
    variables.put("financeAsked", asked);
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
