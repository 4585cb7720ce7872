package io.channelwise.processes;

import static org.assertj.core.api.Assertions.within;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelNegotiationTest extends ProcessTest {

  private static final String APPROVE = "Task_ApproveContract";
  private static final String BY_HAND = "Task_NegotiateByHand";
  private static final Map<String, Object> SENT = vars("sentVia", "smtp");

  @Test
  void shouldSignOurOffer_whenChannelAccepts() {
    ProcessInstance deal = offer(vars());
    reply(deal, "accept", null, null);
    Assertions.assertThat(groups(task(APPROVE))).containsExactly("channel-manager");
    Assertions.assertThat(decide(APPROVE, vars("contractOutcome", "approve")).getDueDate())
        .isNotNull();
    LockedExternalTask signed = complete("deal.sign", vars("dealOutcome", "signed"));
    Assertions.assertThat(signed.getVariables())
        .containsEntry("agreedRevenueShare", 0.15)
        .containsEntry("agreedFixedFee", 1000.0);
    assertThat(deal).isEnded().hasPassed("EndEvent_DealSigned");
    Assertions.assertThat(variable(deal, "dealOutcome")).isEqualTo("signed");
    Assertions.assertThat(variable(deal, "dealId")).isEqualTo(deal.getId());
  }

  @ParameterizedTest
  @CsvSource({"20000,finance", "22000,channel-manager", "22000.01,channel-manager"})
  void shouldAskFinance_whenContractIsAboveTheLimit(double limit, String group) {
    ProcessInstance deal = offer(vars("contractLimit", limit));
    reply(deal, "counter", 0.2, 2000.0);
    Assertions.assertThat(groups(task(APPROVE))).containsExactly(group);
    Assertions.assertThat((double) variable(deal, "contractValue")).isEqualTo(22000, within(1e-6));
  }

  @Test
  void shouldCounterUntilTermsFit() {
    ProcessInstance deal = offer(vars());
    reply(deal, "counter", 0.4, 2000.0);
    LockedExternalTask counter = complete("deal.counter", Answers.countered(2));
    Assertions.assertThat(counter.getVariables())
        .containsEntry("replyRevenueShare", 0.4)
        .containsEntry("round", 1);
    Assertions.assertThat(complete("deal.send", SENT).getVariables()).containsEntry("round", 2);
    // Within the limits at 30,000, but 26,000 is accepted in this round.
    reply(deal, "counter", 0.25, 5000.0);
    assertThat(deal).isWaitingAt("Task_CounterOffer");
    complete("deal.counter", Answers.countered(3));
    complete("deal.send", SENT);
    // In the last round all within the limits is.
    reply(deal, "counter", 0.25, 5000.0);
    assertThat(deal).isWaitingAt(APPROVE);
    Assertions.assertThat(variable(deal, "agreedFixedFee")).isEqualTo(5000.0);
  }

  @Test
  void shouldForgetFiguresOfAnEarlierAnswer() {
    ProcessInstance deal = offer(vars());
    reply(deal, "counter", 0.4, 2000.0);
    complete("deal.counter", Answers.countered(2));
    complete("deal.send", SENT);
    reply(deal, "accept", null, null);
    Assertions.assertThat(variable(deal, "agreedRevenueShare")).isEqualTo(0.2);
  }

  @Test
  void shouldAskAPerson_whenRoundsAreUsedUp() {
    ProcessInstance deal = offer(vars("roundsMax", 1));
    reply(deal, "counter", 0.4, 2000.0);
    assertThat(deal).isWaitingAt(BY_HAND);
  }

  @Test
  void shouldRemindAndStillWait() {
    ProcessInstance deal = offer(vars("replyReminder", "PT1H", "replyDeadline", "PT2H"));
    long now = ClockUtil.getCurrentTime().getTime();
    Assertions.assertThat(dueDate("Boundary_ReplyReminder").getTime() - now)
        .isCloseTo(Duration.ofHours(1).toMillis(), within(60_000L));
    Assertions.assertThat(dueDate("Boundary_ReplyDeadline").getTime() - now)
        .isCloseTo(Duration.ofHours(2).toMillis(), within(60_000L));
    fireTimer("Boundary_ReplyReminder");
    assertThat(deal).isWaitingAt("Task_AwaitReply", "Task_RemindChannel");
    complete("deal.remind", SENT);
    assertThat(deal).isWaitingAtExactly("Task_AwaitReply").hasPassed("EndEvent_ChannelReminded");
  }

  @Test
  void shouldAskAPerson_whenNoReplyComes() {
    ProcessInstance deal = offer(vars());
    fireTimer("Boundary_ReplyDeadline");
    assertThat(deal).isWaitingAtExactly(BY_HAND);
    decide(BY_HAND, hand("agreed", 0.1, 500.0));
    Assertions.assertThat((double) variable(deal, "contractValue")).isEqualTo(10500, within(1e-6));
    decide(APPROVE, vars("contractOutcome", "approve"));
    complete("deal.sign", vars("dealOutcome", "signed"));
    assertThat(deal).isEnded();
  }

  @Test
  void shouldTakeOurOffer_whenThePersonAgreesWithoutFigures() {
    ProcessInstance deal = offer(vars());
    fireTimer("Boundary_ReplyDeadline");
    decide(BY_HAND, vars("handOutcome", "agreed"));
    Assertions.assertThat((double) variable(deal, "contractValue")).isEqualTo(16000, within(1e-6));
  }

  @Test
  void shouldOfferAgain_whenThePersonSaysSo() {
    ProcessInstance deal = offer(vars());
    fireTimer("Boundary_ReplyDeadline");
    decide(BY_HAND, hand("offer", 0.3, 700.0));
    Assertions.assertThat(complete("deal.offer", Answers.countered(2)).getVariables())
        .containsEntry("agreedRevenueShare", 0.3)
        .containsEntry("agreedFixedFee", 700.0);
    assertThat(deal).isWaitingAt("Task_SendOffer");
  }

  @Test
  void shouldOfferFromOurLastOffer_whenThePersonGivesNoFigures() {
    offer(vars());
    fireTimer("Boundary_ReplyDeadline");
    decide(BY_HAND, hand("offer", null, null));
    Assertions.assertThat(complete("deal.offer", Answers.countered(2)).getVariables())
        .containsEntry("agreedRevenueShare", 0.15)
        .containsEntry("agreedFixedFee", 1000.0);
  }

  @Test
  void shouldWithdrawOnce_whenThePersonGivesUpAfterSeveralRounds() {
    ProcessInstance deal = offer(vars());
    reply(deal, "counter", 0.4, 2000.0);
    complete("deal.counter", Answers.countered(2));
    complete("deal.send", SENT);
    fireTimer("Boundary_ReplyDeadline");
    decide(BY_HAND, hand("giveUp", null, null));
    Assertions.assertThat(complete("deal.withdraw", vars("withdrawn", 1)).getVariables())
        .containsEntry("dealId", deal.getId());
    assertThat(deal).isEnded().hasPassed("EndEvent_TalksGivenUp");
    Assertions.assertThat(variable(deal, "dealOutcome")).isEqualTo("not-signed");
    Assertions.assertThat(passes("Task_WithdrawOffer")).isEqualTo(1);
  }

  @Test
  void shouldWithdraw_whenChannelRejects() {
    ProcessInstance deal = offer(vars());
    reply(deal, "reject", null, null);
    assertThat(deal).isWaitingAt("Task_WithdrawOffer");
    complete("deal.withdraw", vars("withdrawn", 1));
    assertThat(deal).isEnded().hasPassed("EndEvent_DealRefused");
    Assertions.assertThat(variable(deal, "dealOutcome")).isEqualTo("not-signed");
  }

  @Test
  void shouldWithdraw_whenContractIsRejected() {
    ProcessInstance deal = offer(vars());
    reply(deal, "accept", 0.15, 1000.0);
    decide(APPROVE, vars("contractOutcome", "reject"));
    complete("deal.withdraw", vars("withdrawn", 1));
    assertThat(deal).isEnded().hasPassed("EndEvent_DealRefused").hasNotPassed("Task_SignDeal");
  }

  @Test
  void shouldNegotiateByHand_whenContractIsToBeRenegotiated() {
    ProcessInstance deal = offer(vars());
    reply(deal, "accept", 0.15, 1000.0);
    decide(APPROVE, vars("contractOutcome", "renegotiate"));
    assertThat(deal).isWaitingAtExactly(BY_HAND);
    Assertions.assertThat(groups(task(BY_HAND))).containsExactly("channel-manager");
  }

  @ParameterizedTest
  @CsvSource({
    "accept,,,1,accept",
    "accept,0.25,5000,3,accept",
    "accept,0.26,,1,escalate",
    "accept,,5001,1,escalate",
    "reject,,,1,reject",
    "reject,0.1,1,3,reject",
    // 100,000 expected, 26,000 accepted before the last round.
    "counter,0.25,1000,2,accept",
    "counter,0.25,1000.01,2,counter",
    "counter,0.25,5000,2,counter",
    "counter,0.21,5000,1,accept",
    "counter,0.2101,5000,1,counter",
    "counter,0.25,5000,3,accept",
    "counter,0.25,5000,4,accept",
    "counter,0.2501,0,2,counter",
    "counter,0.01,5000.01,2,counter",
    "counter,0.2501,5000,2,counter",
    "counter,0.25,5000.01,2,counter",
    "counter,0.26,5000,3,escalate",
    "counter,0.26,5000,4,escalate",
    "counter,,5000,1,escalate",
    "counter,0.3,,1,escalate",
    "counter,,,3,escalate",
    "perhaps,0.2,10,1,escalate",
    ",,,1,escalate"
  })
  void shouldJudgeTerms(String outcome, Double share, Double fee, int round, String decision) {
    Map<String, Object> variables =
        vars(
            "replyOutcome",
            outcome,
            "replyRevenueShare",
            share,
            "revenueShareMax",
            0.25,
            "replyFixedFee",
            fee,
            "fixedFeeMax",
            5000.0,
            "expectedRevenue",
            100000.0,
            "acceptCostMax",
            26000.0,
            "round",
            round,
            "roundsMax",
            3);
    Assertions.assertThat(judge("deal-terms", variables)).isEqualTo(decision);
  }

  private ProcessInstance offer(Map<String, Object> more) {
    Map<String, Object> variables = vars("campaignKey", "acme", "channel", "cloud");
    variables.putAll(more);
    ProcessInstance deal = start("channel-negotiation", "acme", variables);
    LockedExternalTask draft = complete("deal.draft", Answers.drafted());
    Assertions.assertThat(draft.getVariables())
        .containsEntry("dealId", deal.getId())
        .containsEntry("cycle", 1);
    complete("deal.send", SENT);
    assertThat(deal).isWaitingAtExactly("Task_AwaitReply");
    return deal;
  }

  private void reply(ProcessInstance deal, String outcome, Double share, Double fee) {
    Map<String, Object> variables = vars("replyOutcome", outcome);
    if (share != null) {
      variables.put("replyRevenueShare", share);
    }
    if (fee != null) {
      variables.put("replyFixedFee", fee);
    }
    engine
        .getRuntimeService()
        .createMessageCorrelation("channel-reply")
        .processInstanceVariableEquals("dealId", deal.getId())
        .setVariables(variables)
        .correlate();
    runAsync();
  }

  private static Map<String, Object> hand(String outcome, Double share, Double fee) {
    return vars("handOutcome", outcome, "agreedRevenueShare", share, "agreedFixedFee", fee);
  }
}
