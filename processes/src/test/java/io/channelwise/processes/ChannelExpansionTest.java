package io.channelwise.processes;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelExpansionTest extends ProcessTest {

  private static final String APPROVE = "Task_ApproveShortlist";

  @Test
  void shouldProposeTheChannelsThatTheTableTakes() {
    ProcessInstance expansion = startExpansion();
    complete("channel.score", Answers.scored());
    Assertions.assertThat(variable(expansion, "proposedShortlist"))
        .hasToString("[\"cloud\",\"forum\"]");
    Task task = task(APPROVE);
    Assertions.assertThat(groups(task)).containsExactly("channel-manager");
    Assertions.assertThat(task.getDueDate()).isNotNull();
  }

  @Test
  void shouldStartTheProposalAnew_whenScoredAgain() {
    ProcessInstance expansion = startExpansion();
    complete("channel.score", Answers.scored());
    decide(APPROVE, vars("shortlistOutcome", "rework"));
    complete("channel.score", Answers.scored());
    Assertions.assertThat(variable(expansion, "proposedShortlist"))
        .hasToString("[\"cloud\",\"forum\"]");
    assertThat(expansion).isWaitingAtExactly(APPROVE);
  }

  @Test
  void shouldNegotiateWithEachChannelAtTheSameTime() {
    ProcessInstance expansion = startExpansion();
    complete("channel.score", Answers.scored());
    shortlist("[\"cloud\",\"fair\"]");
    complete("deal.draft", "channel", "fair", Answers.drafted());
    complete("deal.draft", "channel", "cloud", Answers.drafted());
    Assertions.assertThat(completeAll("deal.send", vars("sentVia", "outbox"))).isEqualTo(2);
    List<ProcessInstance> deals =
        engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processDefinitionKey("channel-negotiation")
            .list();
    Assertions.assertThat(deals).hasSize(2);
    deals.forEach(this::acceptAndSign);
    complete("deal.summarise", vars("signedDeals", 2));
    assertThat(expansion).isEnded().hasPassed("EndEvent_ChannelsSigned");
  }

  @Test
  void shouldPassLimitsAndTimersOn() {
    startExpansion();
    complete("channel.score", Answers.scored());
    shortlist("[\"cloud\"]");
    ProcessInstance deal =
        engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processDefinitionKey("channel-negotiation")
            .singleResult();
    Assertions.assertThat(variable(deal, "replyDeadline")).isEqualTo("P1D");
    Assertions.assertThat(variable(deal, "roundsMax")).isEqualTo(5);
    Assertions.assertThat(variable(deal, "contractLimit")).isEqualTo(9.0);
    Assertions.assertThat(variable(deal, "channel")).isEqualTo("cloud");
  }

  @Test
  void shouldNegotiateWithTheProposal_whenApprovedAsItIs() {
    startExpansion();
    complete("channel.score", Answers.scored());
    decide(APPROVE, vars("shortlistOutcome", "approve"));
    Assertions.assertThat(openTopics()).containsEntry("deal.draft", 2L);
  }

  @Test
  void shouldSummariseNothing_whenTheShortlistIsEmpty() {
    ProcessInstance expansion = startExpansion();
    complete("channel.score", Answers.scored());
    shortlist("[]");
    assertThat(expansion).isWaitingAtExactly("Task_SummariseDeals");
  }

  @ParameterizedTest
  @CsvSource({
    "0.5,0,1000,true",
    "1,0,0,true",
    "0.4999,0.1,1000,true",
    "0.2,0.1,1000,true",
    "0.2,0.0999,0,true",
    "0.4999,0.0999,0.01,false",
    "0.1999,0.9,0,false"
  })
  void shouldJudgeAChannel(double score, double attraction, double cost, boolean shortlisted) {
    Assertions.assertThat(
            judge(
                "channel-shortlist", vars("score", score, "attraction", attraction, "cost", cost)))
        .isEqualTo(shortlisted);
  }

  private ProcessInstance startExpansion() {
    return start(
        "channel-expansion",
        "acme",
        vars(
            "campaignKey",
            "acme",
            "cycle",
            1,
            "targetMarket",
            "finance",
            "replyReminder",
            "PT1H",
            "replyDeadline",
            "P1D",
            "roundsMax",
            5,
            "contractLimit",
            9.0));
  }

  private void shortlist(String channels) {
    decide(APPROVE, vars("shortlistOutcome", "approve", "shortlist", json(channels)));
  }

  private void acceptAndSign(ProcessInstance deal) {
    engine
        .getRuntimeService()
        .createMessageCorrelation("channel-reply")
        .processInstanceVariableEquals("dealId", deal.getId())
        .setVariable("replyOutcome", "accept")
        .correlate();
    runAsync();
    decide("Task_ApproveContract", vars("contractOutcome", "approve"));
    complete("deal.sign", vars("dealOutcome", "signed"));
  }
}
