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
import org.camunda.spin.json.SpinJsonNode;
import org.junit.jupiter.api.Test;

/** Every path of {@code product-iteration}. */
class ProductIterationTest extends ProcessTest {

  private static final String KEY = "acme-llm-2026q1";
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  @Test
  void shouldTrainEachModelInTurnAndPlan_whenThereIsEnoughFeedback() {
    ProcessInstance iteration =
        iteration(
            vars(
                "trainingSettings",
                json(
                    "{\"base\":\"minilm\",\"epochs\":2,\"learningRate\":0.0001,\"batchSize\":8,"
                        + "\"maxLength\":48,\"seed\":7}")));

    assertThat(build(300, 300, false)).isEqualTo("ticket-intent");
    LockedExternalTask fineTune = train(0.8);
    assertThat((Object) fineTune.getVariables().get("base")).isEqualTo("minilm");
    assertThat((Object) fineTune.getVariables().get("epochs")).isEqualTo(2);
    assertThat((Object) fineTune.getVariables().get("learningRate")).isEqualTo(1.0e-4);
    assertThat((Object) fineTune.getVariables().get("batchSize")).isEqualTo(8);
    assertThat((Object) fineTune.getVariables().get("maxLength")).isEqualTo(48);
    assertThat((Object) fineTune.getVariables().get("seed")).isEqualTo(7);
    assertThat((Object) fineTune.getVariables().get("datasetId"))
        .isEqualTo("dataset-ticket-intent");
    assertThat(fineTune.getBusinessKey()).isEqualTo(KEY);
    release();
    assertThat(variable(iteration, "trainingOutcome")).isEqualTo("released");
    assertThat(build(300, 300, false)).isEqualTo("ticket-sentiment");
    train(0.2);
    complete("model.discard", vars());

    assertThat(variable(iteration, "trainingOutcome")).isEqualTo("discarded");
    assertThat(iteration).isWaitingAt("Task_PlanImprovements");
    assertThat(groups(task("Task_PlanImprovements"))).containsExactly("gtm-lead", "ml-engineer");
    decide(
        "Task_PlanImprovements",
        vars(
            "improvementsOutcome", "plan",
            "chosenImprovements", json("[\"billing-articles\"]"),
            "improvementsComment", "Invoices first."));
    LockedExternalTask plan = complete("improvement.plan", vars("backlog", 1));
    assertThat(plan.getVariables().getValue("chosenImprovements", SpinJsonNode.class).toString())
        .isEqualTo("[\"billing-articles\"]");
    assertThat(iteration).isEnded();
    assertThat(variable(iteration, "backlog")).isEqualTo(1);
  }

  @Test
  void shouldTrainWithTheDefaults_whenTheCampaignHasNoSettings() {
    iteration(vars("trainingSettings", null));
    build(300, 300, false);

    LockedExternalTask fineTune = train(0.8);

    assertThat((Object) fineTune.getVariables().get("cycle")).isEqualTo(1);
    assertThat((Object) fineTune.getVariables().get("base")).isEqualTo("bge-small-zh");
    assertThat((Object) fineTune.getVariables().get("epochs")).isEqualTo(3);
  }

  @Test
  void shouldTakeTheDefaultOfEachMissingSetting_whenTheCampaignSetsOnlySome() {
    iteration(vars("trainingSettings", json("{\"epochs\":5,\"seed\":null}")));
    build(300, 300, false);

    LockedExternalTask fineTune = train(0.8);

    assertThat((Object) fineTune.getVariables().get("epochs")).isEqualTo(5);
    assertThat((Object) fineTune.getVariables().get("learningRate")).isEqualTo(1.0e-4);
  }

  @Test
  void shouldKeepToTheLimitsOfTheCampaign_whenTrainingDoesNotEnd() {
    ClockUtil.setCurrentTime(Date.from(NOW));
    iteration(vars("trainingTimeout", "PT20M", "trainingRoundsMax", 1));
    build(300, 300, false);
    assertThat(dueDate("Boundary_TrainingTimedOut"))
        .isEqualTo(Date.from(NOW.plus(Duration.ofMinutes(20))));

    failWithError("bert.fine-tune", "TRAINING_DIVERGED", Map.of());

    assertThat(openTopics()).containsOnlyKeys("model.discard");
  }

  @Test
  void shouldKeepTheModel_whenThereIsLittleNews() {
    ProcessInstance iteration = iteration(vars());

    build(320, 20, true);
    build(320, 49, true);

    assertThat(iteration).hasPassed("EndEvent_ModelKept").isWaitingAt("Task_PlanImprovements");
    assertThat(openTopics()).isEmpty();
  }

  @Test
  void shouldSkipTheModelAndGoOn_whenItsDatasetIsTooSmall() {
    ProcessInstance iteration = iteration(vars());

    failWithError("dataset.build", "DATASET_TOO_SMALL", Map.of());
    build(320, 20, true);

    assertThat(iteration).hasPassed("EndEvent_ModelSkipped").isWaitingAt("Task_PlanImprovements");
    decide("Task_PlanImprovements", vars("improvementsOutcome", "none"));
    LockedExternalTask plan = complete("improvement.plan", vars("backlog", 0));
    assertThat((Object) plan.getVariables().get("chosenImprovements")).isNull();
    assertThat(iteration).isEnded();
  }

  private ProcessInstance iteration(Map<String, Object> more) {
    Map<String, Object> variables =
        vars(
            "campaignKey",
            KEY,
            "cycle",
            1,
            "modelNames",
            json("[\"ticket-intent\",\"ticket-sentiment\"]"));
    variables.putAll(more);
    ProcessInstance iteration = start("product-iteration", KEY, variables);
    complete("feedback.collect", vars("feedbackCount", 340, "briefingId", KEY + "/1/feedback"));
    return iteration;
  }

  /** Builds the dataset that is waited for; returns the model it is for. */
  private String build(int examples, int newExamples, boolean hasLiveModel) {
    String modelName =
        (String)
            engine
                .getRuntimeService()
                .createVariableInstanceQuery()
                .variableName("modelName")
                .list()
                .get(0)
                .getValue();
    LockedExternalTask built =
        complete(
            "dataset.build",
            vars(
                "datasetId", "dataset-" + modelName,
                "examples", examples,
                "newExamples", newExamples,
                "classes", 7,
                "hasLiveModel", hasLiveModel));
    return (String) built.getVariables().get("modelName");
  }

  private LockedExternalTask train(double macroF1) {
    LockedExternalTask fineTune =
        complete("bert.fine-tune", vars("steps", 60, "trainingLoss", 0.2));
    complete(
        "bert.evaluate",
        vars(
            "measure",
            "macroF1",
            "score",
            macroF1,
            "liveScore",
            null,
            "longerTrainingHelps",
            true,
            "examples",
            60,
            "modelVersion",
            "1",
            "briefingId",
            "training/1"));
    return fineTune;
  }

  private void release() {
    decide("Task_ApproveRelease", vars("releaseOutcome", "release"));
    complete("model.release", vars("modelVersion", "1", "released", true));
  }
}
