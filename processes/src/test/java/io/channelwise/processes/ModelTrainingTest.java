package io.channelwise.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;

/** Every path of {@code model-training}. */
class ModelTrainingTest extends ProcessTest {

  @Test
  void shouldReleaseTheModel_whenAPersonApproves() {
    ProcessInstance training = training(vars());
    LockedExternalTask fineTune = fineTune();
    evaluate(0.81, 0.78);
    Task approval = task("Task_ApproveRelease");
    assertThat(groups(approval)).containsExactly("ml-engineer");
    engine.getTaskService().claim(approval.getId(), "ada");

    decide(approval, vars("releaseOutcome", "release", "releaseComment", "Better on billing."));

    LockedExternalTask release =
        complete("model.release", vars("modelVersion", "4", "released", true));
    assertThat((Object) release.getVariables().get("approver")).isEqualTo("ada");
    assertThat((Object) release.getVariables().get("releaseComment"))
        .isEqualTo("Better on billing.");
    assertThat((Object) fineTune.getVariables().get("trainingRunId")).isEqualTo(training.getId());
    assertThat(training).isEnded().hasPassed("EndEvent_ModelReleased");
    assertThat(variable(training, "trainingOutcome")).isEqualTo("released");
    assertThat(variable(training, "modelVersion")).isEqualTo("4");
  }

  @Test
  void shouldReturnAtOnceWithDefaults_whenARequestStartsATraining() {
    ProcessInstance training =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey(
                "model-training", vars("modelName", "ticket-intent", "datasetId", "d-1"));
    assertThat(openTopics()).isEmpty();

    runAsync();

    Map<String, Object> seen = fineTune().getVariables();
    assertThat(seen)
        .containsEntry("trainingRunId", training.getId())
        .containsEntry("trainingRound", 1)
        .containsEntry("base", "bge-small-zh")
        .containsEntry("epochs", 3)
        .containsEntry("learningRate", 1.0e-4)
        .containsEntry("batchSize", 16)
        .containsEntry("maxLength", 64)
        .containsEntry("seed", 42)
        .containsEntry("cycle", null);
    assertThat(
            engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(training.getId())
                .count())
        .isEqualTo(1);
  }

  @Test
  void shouldHalveTheLearningRate_whenTrainingDivergesAndRoundsAreLeft() {
    ProcessInstance training = training(vars("learningRate", 4.0e-4));

    failWithError("bert.fine-tune", "TRAINING_DIVERGED", Map.of());
    failWithError("bert.fine-tune", "TRAINING_DIVERGED", Map.of());

    LockedExternalTask third = fineTune();
    assertThat((Object) third.getVariables().get("learningRate")).isEqualTo(1.0e-4);
    assertThat((Object) third.getVariables().get("trainingRound")).isEqualTo(3);
    assertThat(training).isWaitingAt("Task_Evaluate");
  }

  @Test
  void shouldDiscardAsDiverged_whenNoRoundsAreLeft() {
    ProcessInstance training = training(vars("trainingRoundsMax", 1));

    failWithError("bert.fine-tune", "TRAINING_DIVERGED", Map.of());

    assertDiscarded(training, "diverged", "diverged");
  }

  @Test
  void shouldDiscard_whenTheDatasetIsTooSmall() {
    ProcessInstance training = training(vars());

    failWithError("bert.fine-tune", "DATASET_TOO_SMALL", Map.of());

    assertDiscarded(training, "dataset-too-small", "dataset-too-small");
  }

  @Test
  void shouldDiscard_whenTrainingTakesTooLong() {
    ProcessInstance training = training(vars("trainingTimeout", "PT10M"));

    fireTimer("Boundary_TrainingTimedOut");

    assertDiscarded(training, "discarded", "timed-out");
  }

  @Test
  void shouldDiscard_whenTrainingIsCancelled() {
    ProcessInstance training = training(vars());

    cancel(training);

    assertDiscarded(training, "cancelled", "cancelled");
  }

  @Test
  void shouldDiscard_whenEvaluationIsCancelled() {
    ProcessInstance training = training(vars());
    fineTune();

    cancel(training);

    assertDiscarded(training, "cancelled", "cancelled");
  }

  @Test
  void shouldTrainLonger_whenTheModelIsPromising() {
    ProcessInstance training = training(vars());
    fineTune();

    evaluate(0.5, null);

    LockedExternalTask second = fineTune();
    assertThat((Object) second.getVariables().get("epochs")).isEqualTo(5);
    assertThat((Object) second.getVariables().get("trainingRound")).isEqualTo(2);
    assertThat(training).hasPassed("Event_EpochsAdded");
  }

  @Test
  void shouldAskAPerson_whenTheModelIsPromisingAndNoRoundsAreLeft() {
    ProcessInstance training = training(vars("trainingRoundsMax", 1));
    fineTune();
    evaluate(0.5, null);
    assertThat(training).isWaitingAt("Task_ApproveRelease");

    decide("Task_ApproveRelease", vars("releaseOutcome", "reject", "releaseComment", "Too weak."));

    assertDiscarded(training, "discarded", "rejected-by-person");
  }

  @Test
  void shouldAskAPersonAtOnce_whenLongerTrainingDoesNotHelp() {
    ProcessInstance training = training(vars("modelName", "purchase-probability"));
    fineTune();

    evaluate("auc", 0.55, null, false);

    assertThat(training)
        .isWaitingAt("Task_ApproveRelease")
        .hasNotPassed("Event_EpochsAdded")
        .variables()
        .containsEntry("gate", "review")
        .containsEntry("liveScore", null);
  }

  @Test
  void shouldDiscard_whenTheGateRejects() {
    ProcessInstance training = training(vars());
    fineTune();

    evaluate(0.2, null);

    assertDiscarded(training, "discarded", "rejected-by-gate");
  }

  @Test
  void shouldTrainWithTheSettingsOfTheForm_whenAPersonAsksForAnotherRound() {
    ProcessInstance training = training(vars("trainingRoundsMax", 1));
    fineTune();
    evaluate(0.8, null);

    decide(
        "Task_ApproveRelease",
        vars("releaseOutcome", "retrain", "epochs", 6, "learningRate", 2.0e-5));

    LockedExternalTask second = fineTune();
    assertThat((Object) second.getVariables().get("epochs")).isEqualTo(6);
    assertThat((Object) second.getVariables().get("learningRate")).isEqualTo(2.0e-5);
    assertThat((Object) second.getVariables().get("trainingRound")).isEqualTo(2);
    evaluate(0.85, null);
    assertThat(training).isWaitingAt("Task_ApproveRelease").hasPassed("Event_NewSettingsTaken");
  }

  @Test
  void shouldDiscard_whenTheRegistryRefusesTheRelease() {
    ProcessInstance training = training(vars());
    fineTune();
    evaluate(0.8, null);
    decide("Task_ApproveRelease", vars("releaseOutcome", "release"));

    complete("model.release", vars("modelVersion", "4", "released", false));

    assertDiscarded(training, "discarded", "release-refused");
  }

  private ProcessInstance training(Map<String, Object> more) {
    Map<String, Object> variables = vars("modelName", "ticket-intent", "datasetId", "d-1");
    variables.putAll(more);
    return start("model-training", "acme-llm-2026q1", variables);
  }

  private LockedExternalTask fineTune() {
    return complete("bert.fine-tune", vars("steps", 60, "trainingLoss", 0.21));
  }

  private void evaluate(double macroF1, Double liveMacroF1) {
    evaluate("macroF1", macroF1, liveMacroF1, true);
  }

  private void evaluate(String measure, double score, Double liveScore, boolean longerHelps) {
    complete(
        "bert.evaluate",
        vars(
            "measure",
            measure,
            "score",
            score,
            "liveScore",
            liveScore,
            "longerTrainingHelps",
            longerHelps,
            "examples",
            80,
            "modelVersion",
            "4",
            "briefingId",
            "training/run/1"));
  }

  private void cancel(ProcessInstance training) {
    engine
        .getRuntimeService()
        .createMessageCorrelation("training-cancelled")
        .processInstanceId(training.getId())
        .correlate();
    runAsync();
  }

  private void assertDiscarded(ProcessInstance training, String outcome, String reason) {
    LockedExternalTask discard = complete("model.discard", vars());
    assertThat((Object) discard.getVariables().get("discardReason")).isEqualTo(reason);
    assertThat(training).isEnded().hasPassed("EndEvent_ModelDiscarded");
    assertThat(variable(training, "trainingOutcome")).isEqualTo(outcome);
  }
}
