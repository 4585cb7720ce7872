package io.channelwise.processes;

import static io.channelwise.processes.ProcessTest.json;
import static io.channelwise.processes.ProcessTest.vars;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;

/**
 * Plays everybody with ordinary answers, so that a test of the whole loop only says where it stops
 * and who answers otherwise. Not thread-safe.
 */
final class Autopilot {

  private static final int STEPS_MAX = 500;
  private static final List<String> TIMERS =
      List.of("Boundary_PromotionTimeOver", "Boundary_ServiceWindowOver");

  private final ProcessTest test;
  private final Map<String, Map<String, Object>> outputs = new HashMap<>();
  private final Map<String, Map<String, Object>> decisions = new HashMap<>();
  private Map<String, Object> reply = vars("replyOutcome", "accept");

  Autopilot(ProcessTest test) {
    this.test = test;
    ordinaryWorkers();
    ordinaryPeople();
  }

  /** From now on workers of this topic answer so. */
  Autopilot working(String topic, Map<String, Object> answer) {
    outputs.put(topic, answer);
    return this;
  }

  /** From now on this human task is decided so. */
  Autopilot deciding(String task, Map<String, Object> decision) {
    decisions.put(task, decision);
    return this;
  }

  /** From now on channels reply so. */
  Autopilot replying(Map<String, Object> answer) {
    reply = answer;
    return this;
  }

  /** Goes on until this topic or human task is open, without doing it. */
  void until(String topicOrTask) {
    for (int step = 0; step < STEPS_MAX; step++) {
      if (test.openTopics().containsKey(topicOrTask) || test.openTasks().contains(topicOrTask)) {
        return;
      }
      if (!step(topicOrTask)) {
        throw new AssertionError(
            topicOrTask + " was never reached; open: " + test.openTopics() + test.openTasks());
      }
    }
    throw new AssertionError(topicOrTask + " was not reached in " + STEPS_MAX + " steps.");
  }

  /** Goes on until nothing is left to do. */
  void toTheEnd() {
    for (int step = 0; step < STEPS_MAX; step++) {
      if (!step("")) {
        return;
      }
    }
    throw new AssertionError("No end after " + STEPS_MAX + " steps.");
  }

  private boolean step(String goal) {
    for (String topic : test.openTopics().keySet()) {
      test.completeAll(topic, outputs.getOrDefault(topic, Map.of()));
      return true;
    }
    for (Task task : test.engine.getTaskService().createTaskQuery().list()) {
      test.decide(task, decisions.getOrDefault(task.getTaskDefinitionKey(), Map.of()));
      return true;
    }
    return replyToOffer() || letTimePass();
  }

  private boolean replyToOffer() {
    List<Execution> waiting =
        test.engine
            .getRuntimeService()
            .createExecutionQuery()
            .messageEventSubscriptionName("channel-reply")
            .list();
    if (waiting.isEmpty()) {
      return false;
    }
    test.engine
        .getRuntimeService()
        .messageEventReceived("channel-reply", waiting.get(0).getId(), reply);
    test.runAsync();
    return true;
  }

  private boolean letTimePass() {
    for (String timer : TIMERS) {
      List<Job> jobs =
          test.engine.getManagementService().createJobQuery().timers().activityId(timer).list();
      if (!jobs.isEmpty()) {
        test.fireTimer(timer);
        return true;
      }
    }
    return false;
  }

  private void ordinaryWorkers() {
    working("campaign.open", Answers.campaignOpened());
    working("campaign.report", vars("reportId", "r", "briefingId", "acme/1/report"));
    working("research.demand", vars("respondents", 200));
    working("research.competition", vars("competitors", 7));
    working("research.trend", vars("periods", 8));
    working("research.opportunity", Answers.opportunity("finance", 0.6));
    working("channel.score", Answers.scored());
    working("deal.draft", Answers.drafted());
    working("deal.send", vars("sentVia", "outbox"));
    working("deal.remind", vars("sentVia", "outbox"));
    working("deal.counter", Answers.countered(2));
    working("deal.offer", Answers.countered(2));
    working("deal.sign", vars("dealOutcome", "signed"));
    working("deal.withdraw", vars("withdrawn", 1));
    working("deal.summarise", vars("signedDeals", 2));
    working("plan.optimise", Answers.optimised());
    working("plan.check", Answers.checked(0.12, 90_000.0, 0.7));
    working("plan.publish", vars("planPrice", 0.8, "planPricingModel", "api"));
    working("promotion.prepare", vars("materials", 4, "briefingId", "acme/1/materials"));
    working("material.rank", vars("materialRanking", "model", "briefingId", "acme/1/materials"));
    working("promotion.allocate", Answers.allocated());
    working("promotion.dispatch", vars("dispatched", 3, "spent", 100.0));
    working("promotion.collect", vars("clicks", 50, "conversions", 5, "spent", 100.0));
    working("service.open", vars("supportChannels", 2));
    working("service.summarise", vars("tickets", 9, "satisfaction", 0.8, "negativeShare", 0.1));
    working("feedback.collect", vars("feedbackCount", 9, "briefingId", "acme/1/feedback"));
    working("dataset.build", Answers.dataset());
    working("improvement.plan", vars("backlog", 3));
  }

  private void ordinaryPeople() {
    deciding("Task_FixCampaignData", vars("fixOutcome", "retry"));
    deciding("Task_DecideOnAnotherCycle", vars("anotherCycle", false));
    deciding(
        "Task_ApproveTargetMarket", vars("marketOutcome", "approve", "targetMarket", "finance"));
    deciding(
        "Task_ApproveShortlist",
        vars("shortlistOutcome", "approve", "shortlist", json("[\"cloud\",\"forum\"]")));
    deciding("Task_ApproveContract", vars("contractOutcome", "approve"));
    deciding("Task_NegotiateByHand", vars("handOutcome", "giveUp"));
    deciding("Task_ChooseBusinessModel", vars("planOutcome", "choose", "planId", "api"));
    deciding("Task_ApproveMaterials", vars("materialsOutcome", "approve"));
    deciding("Task_ApproveBudget", vars("budgetOutcome", "approve"));
    deciding("Task_PlanImprovements", vars("improvementsOutcome", "none"));
  }
}
