package io.channelwise.processes;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketResearchTest extends ProcessTest {

  private static final String APPROVE = "Task_ApproveTargetMarket";

  @Test
  void shouldScoreTheOpportunityAfterAllThreeAnalyses() {
    ProcessInstance research = startResearch();
    assertThat(research)
        .isWaitingAtExactly("Task_AnalyseDemand", "Task_AnalyseCompetition", "Task_AnalyseTrend");
    complete("research.trend", vars("periods", 8));
    complete("research.demand", vars("respondents", 200));
    assertThat(research).isWaitingAt("Task_AnalyseCompetition");
    Assertions.assertThat(openTopics()).doesNotContainKey("research.opportunity");
    complete("research.competition", vars("competitors", 7));
    assertThat(research).isWaitingAtExactly("Task_ScoreOpportunity");
  }

  @Test
  void shouldApproveTheMarket() {
    ProcessInstance research = startResearch();
    analyse();
    LockedExternalTask scored =
        complete("research.opportunity", Answers.opportunity("health", 0.6));
    Assertions.assertThat(scored.getVariables())
        .containsEntry("excludedMarkets", null)
        .containsEntry("opportunityWeights", null);
    Task task = task(APPROVE);
    Assertions.assertThat(groups(task)).containsExactly("gtm-lead");
    Assertions.assertThat(task.getDueDate()).isNotNull();
    Assertions.assertThat(variable(research, "attractiveness")).isEqualTo("high");
    decide(task, vars("marketOutcome", "approve", "targetMarket", "health"));
    assertThat(research).isEnded().hasPassed("EndEvent_MarketApproved");
  }

  @Test
  void shouldTakeTheMarketProposed_whenApprovedAsItIs() {
    ProcessInstance research = startResearch();
    analyse();
    complete("research.opportunity", Answers.opportunity("health", 0.6));
    decide(APPROVE, vars("marketOutcome", "approve"));
    Assertions.assertThat(variable(research, "targetMarket")).isEqualTo("health");
  }

  @Test
  void shouldAnalyseAgainWithoutTheMarketsExcluded() {
    ProcessInstance research = startResearch();
    analyse();
    complete("research.opportunity", Answers.opportunity("health", 0.6));
    decide(APPROVE, vars("marketOutcome", "rework", "excludedMarkets", json("[\"health\"]")));
    analyse();
    LockedExternalTask scored =
        complete("research.opportunity", Answers.opportunity("finance", 0.4));
    Assertions.assertThat(scored.getVariables().get("excludedMarkets")).hasToString("[\"health\"]");
    assertThat(research).isWaitingAtExactly(APPROVE);
  }

  @Test
  void shouldScoreAgainWithTheWeightsChosen_andKeepThem() {
    ProcessInstance research = startResearch();
    analyse();
    complete("research.opportunity", Answers.opportunity("health", 0.6));
    String weights = "{\"need\":0.1,\"room\":0.7,\"growth\":0.1,\"payment\":0.1}";
    decide(APPROVE, vars("marketOutcome", "rework", "opportunityWeights", json(weights)));
    analyse();
    LockedExternalTask scored =
        complete("research.opportunity", Answers.opportunity("finance", 0.4));
    Assertions.assertThat(scored.getVariables().get("opportunityWeights")).hasToString(weights);
    decide(APPROVE, vars("marketOutcome", "rework"));
    analyse();
    Assertions.assertThat(
            complete("research.opportunity", Answers.opportunity("finance", 0.4))
                .getVariables()
                .get("opportunityWeights"))
        .hasToString(weights);
    decide(APPROVE, vars("marketOutcome", "approve"));
    assertThat(research).isEnded().hasPassed("EndEvent_MarketApproved");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0999,0.5,0.1,none",
    "0.1,-0.2001,0.1,none",
    "0.1,-0.2,0.9,low",
    "0.2999,0.5,0.1,low",
    "0.3,-0.2,0.1,low",
    "0.3,-0.001,0.1,low",
    "0.3,0,0.501,low",
    "0.3,0,0.5,medium",
    "0.4999,0.3,0.1,medium",
    "0.5,0,0.2501,medium",
    "0.5,0,0.5,medium",
    "0.5,0,0.25,high",
    "1,2,0,high"
  })
  void shouldJudgeAttractiveness(double demand, double growth, double hhi, String attractiveness) {
    Assertions.assertThat(
            judge(
                "market-attractiveness",
                vars("demandShare", demand, "growth", growth, "concentration", hhi)))
        .isEqualTo(attractiveness);
  }

  private ProcessInstance startResearch() {
    return start("market-research", "acme", vars("campaignKey", "acme", "cycle", 1));
  }

  private void analyse() {
    complete("research.demand", vars("respondents", 200));
    complete("research.competition", vars("competitors", 7));
    complete("research.trend", vars("periods", 8));
  }
}
