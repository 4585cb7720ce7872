package io.channelwise.processes;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.spin.json.SpinJsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole loop, through the real called processes. */
class GoToMarketTest extends ProcessTest {

  private static final Map<String, Object> CANCEL = Map.of();
  private final Autopilot autopilot = new Autopilot(this);

  @Test
  void shouldCompleteACampaign() {
    ProcessInstance campaign = startCampaign(vars());
    autopilot.toTheEnd();
    assertThat(campaign)
        .isEnded()
        .hasPassedInOrder(
            "Task_OpenCampaign",
            "Call_ResearchMarket",
            "Call_ExpandChannels",
            "Call_ChooseBusinessModel",
            "Call_PromoteToMarket",
            "Call_ServeCustomers",
            "Call_IterateProduct",
            "Task_ReportCycle",
            "Task_DecideOnAnotherCycle",
            "Task_WriteFinalReport",
            "EndEvent_Completed");
    assertOutcome(campaign, "completed");
    Assertions.assertThat(variable(campaign, "targetMarket")).isEqualTo("finance");
    Assertions.assertThat(variable(campaign, "signedDeals")).isEqualTo(2);
    Assertions.assertThat(variable(campaign, "planId")).isEqualTo("api");
    Assertions.assertThat(variable(campaign, "tickets")).isEqualTo(9);
    Assertions.assertThat(passes("EndEvent_DealSigned")).isEqualTo(2);
  }

  @Test
  void shouldAnswerTheRequestBeforeAnyWork() {
    ProcessInstance campaign =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey("go-to-market", "acme", vars("campaignKey", "acme"));
    assertThat(campaign).isWaitingAt("StartEvent_CampaignRequested");
    runAsync();
    assertThat(campaign).isWaitingAt("Task_OpenCampaign");
  }

  @Test
  void shouldUseTheKeyOfTheCampaignEverywhere() {
    startCampaign(vars());
    autopilot.until("deal.draft");
    Assertions.assertThat(
            engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey("acme")
                .count())
        .isEqualTo(4);
  }

  @Test
  void shouldLetSettingsShortenTimers() {
    ProcessInstance campaign = startCampaign(vars("replyReminder", "PT5M"));
    autopilot.until("research.demand");
    Assertions.assertThat(variable(campaign, "replyDeadline")).isEqualTo("P3D");
    Assertions.assertThat(variable(campaign, "replyReminder")).isEqualTo("PT5M");
    Assertions.assertThat(variable(campaign, "serviceWindow")).isEqualTo("P30D");
  }

  @Test
  void shouldRunASecondCycle() {
    ProcessInstance campaign = startCampaign(vars());
    autopilot
        .deciding("Task_DecideOnAnotherCycle", vars("anotherCycle", true))
        .until("Task_DecideOnAnotherCycle");
    decide("Task_DecideOnAnotherCycle", vars("anotherCycle", true));
    Assertions.assertThat(variable(campaign, "cycle")).isEqualTo(2);
    Assertions.assertThat(variable(campaign, "researchReason")).isEqualTo("next-cycle");
    Assertions.assertThat(
            complete("research.demand", vars("respondents", 200)).getVariables().get("cycle"))
        .isEqualTo(2);
    autopilot.deciding("Task_DecideOnAnotherCycle", vars("anotherCycle", false)).toTheEnd();
    assertOutcome(campaign, "completed");
    Assertions.assertThat(passes("Call_ResearchMarket")).isEqualTo(2);
  }

  @Test
  void shouldTryAgain_whenDataIsFixed() {
    ProcessInstance campaign = startCampaign(vars());
    failWithError("campaign.open", "CAMPAIGN_DATA_INVALID", vars());
    Assertions.assertThat(variable(campaign, "dataFinding")).isEqualTo("reported by the test");
    Assertions.assertThat(groups(task("Task_FixCampaignData"))).containsExactly("gtm-lead");
    decide("Task_FixCampaignData", vars("fixOutcome", "retry"));
    assertThat(campaign).isWaitingAt("Task_OpenCampaign");
  }

  @Test
  void shouldEnd_whenDataIsNotFixed() {
    ProcessInstance campaign = startCampaign(vars());
    failWithError("campaign.open", "CAMPAIGN_DATA_INVALID", vars());
    decide("Task_FixCampaignData", vars("fixOutcome", "stop", "fixComment", "no data"));
    Assertions.assertThat(
            complete("campaign.report", vars("reportId", "r", "briefingId", "b")).getVariables())
        .containsEntry("campaignOutcome", "data-invalid");
    assertThat(campaign).isEnded().hasPassed("EndEvent_DataInvalid");
    assertOutcome(campaign, "data-invalid");
  }

  @Test
  void shouldEndNotViable_whenNoMarketIsLeft() {
    ProcessInstance campaign = startCampaign(vars());
    autopilot.until("research.opportunity");
    failWithError("research.opportunity", "NO_VIABLE_MARKET", vars());
    assertNotViable(campaign);
  }

  @Test
  void shouldEndNotViable_whenTheBestMarketIsNotAttractive() {
    ProcessInstance campaign = startCampaign(vars());
    autopilot.until("research.opportunity");
    complete("research.opportunity", Answers.opportunity("farming", 0.05));
    assertNotViable(campaign);
  }

  @Test
  void shouldEndNotViable_whenAPersonStopsTheResearch() {
    ProcessInstance campaign = startCampaign(vars());
    autopilot.until("Task_ApproveTargetMarket");
    decide("Task_ApproveTargetMarket", vars("marketOutcome", "stop"));
    assertNotViable(campaign);
  }

  @Test
  void shouldResearchAgain_whenNoChannelSigned() {
    ProcessInstance campaign = startCampaign(vars());
    autopilot.working("deal.summarise", vars("signedDeals", 0)).until("deal.summarise");
    complete("deal.summarise", vars("signedDeals", 0));
    assertThat(campaign).isWaitingAt("Call_ResearchMarket");
    autopilot.until("Task_ApproveTargetMarket");
    Assertions.assertThat(
            engine
                .getTaskService()
                .getVariable(task("Task_ApproveTargetMarket").getId(), "researchReason"))
        .isEqualTo("no-channel-signed");
  }

  @Test
  void shouldLeaveOutEveryMarketThatFailed_whenNoChannelSigned() {
    ProcessInstance campaign = startCampaign(vars());
    autopilot.deciding(
        "Task_ApproveTargetMarket",
        vars(
            "marketOutcome",
            "approve",
            "targetMarket",
            "finance",
            "excludedMarkets",
            json("[\"farming\"]")));
    autopilot.working("deal.summarise", vars("signedDeals", 0)).until("deal.summarise");
    complete("deal.summarise", vars("signedDeals", 0));
    autopilot.until("research.opportunity");
    Assertions.assertThat(
            complete("research.opportunity", Answers.opportunity("retail", 0.6))
                .getVariables()
                .getValue("excludedMarkets", SpinJsonNode.class)
                .toString())
        .isEqualTo("[\"farming\",\"finance\"]");
    autopilot.deciding(
        "Task_ApproveTargetMarket", vars("marketOutcome", "approve", "targetMarket", "retail"));
    autopilot.until("deal.summarise");
    complete("deal.summarise", vars("signedDeals", 0));
    Assertions.assertThat(variable(campaign, "excludedMarkets").toString())
        .isEqualTo("[\"farming\",\"finance\",\"retail\"]");
  }

  @Test
  void shouldScoreWithTheWeightsOnceChosen_inEveryCycle() {
    String weights = "{\"need\":1,\"room\":0,\"growth\":0,\"payment\":0}";
    startCampaign(vars());
    autopilot.deciding(
        "Task_ApproveTargetMarket",
        vars(
            "marketOutcome",
            "approve",
            "targetMarket",
            "finance",
            "opportunityWeights",
            json(weights)));
    autopilot.until("Task_DecideOnAnotherCycle");
    decide("Task_DecideOnAnotherCycle", vars("anotherCycle", true));
    autopilot.until("research.opportunity");
    Assertions.assertThat(
            complete("research.opportunity", Answers.opportunity("finance", 0.6))
                .getVariables()
                .get("opportunityWeights"))
        .hasToString(weights);
  }

  @Test
  void shouldLookAtEveryMarketAgain_inTheNextCycle() {
    startCampaign(vars("excludedMarkets", json("[\"farming\"]")));
    autopilot.until("Task_DecideOnAnotherCycle");
    decide("Task_DecideOnAnotherCycle", vars("anotherCycle", true));
    autopilot.until("research.opportunity");
    Assertions.assertThat(
            complete("research.opportunity", Answers.opportunity("finance", 0.6)).getVariables())
        .containsEntry("excludedMarkets", null);
  }

  @Test
  void shouldEndWithoutAPlan_whenNoneIsFeasible() {
    ProcessInstance campaign = startCampaign(vars());
    autopilot.until("plan.optimise");
    failWithError("plan.optimise", "NO_FEASIBLE_PLAN", vars());
    assertNoPlan(campaign);
  }

  @Test
  void shouldEndWithoutAPlan_whenNoneIsWanted() {
    ProcessInstance campaign = startCampaign(vars());
    autopilot.until("Task_ChooseBusinessModel");
    decide("Task_ChooseBusinessModel", vars("planOutcome", "stop"));
    assertNoPlan(campaign);
  }

  @Test
  void shouldUndoWhatWasPromised_whenCancelledAfterDealsWereSigned() {
    ProcessInstance campaign = startCampaign(vars());
    autopilot.until("Task_ChooseBusinessModel");
    message("campaign-cancelled", "acme", CANCEL);
    assertThat(campaign).isWaitingAtExactly("SubProcess_CancelCampaign", "Task_WithdrawOpenOffers");
    complete("deal.withdraw", vars("withdrawn", 0));
    assertThat(campaign).isWaitingAt("Task_WithdrawDeals");
    Assertions.assertThat(complete("deal.withdraw", vars("withdrawn", 2)).getVariables())
        .containsEntry("campaignKey", "acme")
        .containsEntry("dealId", null);
    Assertions.assertThat(
            complete("campaign.report", vars("reportId", "r", "briefingId", "b")).getVariables())
        .containsEntry("campaignOutcome", "cancelled");
    assertThat(campaign).isEnded().hasPassed("EndEvent_Cancelled");
    assertOutcome(campaign, "cancelled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"campaign.open", "research.demand", "deal.send", "Task_ApproveContract"})
  void shouldWithdrawOpenOffersOnly_whenCancelledBeforeDealsWereSigned(String moment) {
    ProcessInstance campaign = startCampaign(vars());
    autopilot.until(moment);
    message("campaign-cancelled", "acme", CANCEL);
    assertThat(campaign).isWaitingAtExactly("SubProcess_CancelCampaign", "Task_WithdrawOpenOffers");
    Assertions.assertThat(engine.getRuntimeService().createProcessInstanceQuery().active().count())
        .isEqualTo(1);
    complete("deal.withdraw", vars("withdrawn", 2));
    complete("campaign.report", vars("reportId", "r", "briefingId", "b"));
    assertThat(campaign).isEnded().hasNotPassed("Task_WithdrawDeals");
    assertOutcome(campaign, "cancelled");
  }

  @Test
  void shouldUndoEveryCycle_whenCancelledInTheSecond() {
    ProcessInstance campaign = startCampaign(vars());
    autopilot.until("Task_DecideOnAnotherCycle");
    decide("Task_DecideOnAnotherCycle", vars("anotherCycle", true));
    autopilot.until("Task_ChooseBusinessModel");
    message("campaign-cancelled", "acme", CANCEL);
    complete("deal.withdraw", vars("withdrawn", 0));
    Assertions.assertThat(completeAll("deal.withdraw", vars("withdrawn", 1))).isEqualTo(2);
    autopilot.toTheEnd();
    assertOutcome(campaign, "cancelled");
    Assertions.assertThat(passes("Task_WithdrawDeals")).isEqualTo(2);
  }

  @Test
  void shouldUndoTheFirstCycle_whenCancelledWhileTheSecondNegotiates() {
    startCampaign(vars());
    autopilot.until("Task_DecideOnAnotherCycle");
    decide("Task_DecideOnAnotherCycle", vars("anotherCycle", true));
    autopilot.until("deal.send");
    message("campaign-cancelled", "acme", CANCEL);
    autopilot.toTheEnd();
    Assertions.assertThat(passes("Task_WithdrawOpenOffers")).isEqualTo(1);
    Assertions.assertThat(passes("Task_WithdrawDeals")).isEqualTo(1);
    Assertions.assertThat(passes("EndEvent_Cancelled")).isEqualTo(1);
  }

  private ProcessInstance startCampaign(Map<String, Object> more) {
    Map<String, Object> variables = vars("campaignKey", "acme");
    variables.putAll(more);
    return start("go-to-market", "acme", variables);
  }

  private void assertNotViable(ProcessInstance campaign) {
    assertThat(campaign).isWaitingAtExactly("Task_WriteFinalReport");
    complete("campaign.report", vars("reportId", "r", "briefingId", "b"));
    assertThat(campaign).isEnded().hasPassed("EndEvent_NotViable");
    assertOutcome(campaign, "not-viable");
  }

  private void assertNoPlan(ProcessInstance campaign) {
    assertThat(campaign).isWaitingAtExactly("Task_WriteFinalReport");
    complete("campaign.report", vars("reportId", "r", "briefingId", "b"));
    assertThat(campaign).isEnded().hasPassed("EndEvent_NoFeasiblePlan");
    assertOutcome(campaign, "no-feasible-plan");
  }

  private void assertOutcome(ProcessInstance campaign, String outcome) {
    Assertions.assertThat(isEnded(campaign)).isTrue();
    Assertions.assertThat(variable(campaign, "campaignOutcome")).isEqualTo(outcome);
  }
}
