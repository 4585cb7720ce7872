package io.channelwise.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every model against our rules. */
class ConventionsTest {

  static Stream<String> models() {
    return Models.names(".bpmn").stream();
  }

  static Stream<String> decisions() {
    return Models.names(".dmn").stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldFollowTheRulesOfDrawing(String name) {
    assertThat(Conventions.check(Models.bpmn(name), name)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldFollowTheRulesOfWork(String name) {
    assertThat(WorkConventions.check(Models.bpmn(name))).isEmpty();
  }

  @Test
  void shouldCatchEveryErrorCode() {
    List<BpmnModelInstance> all = models().map(Models::bpmn).toList();
    assertThat(ErrorConventions.check(all)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void shouldHoldOneNamedDecision(String name) {
    DmnModelInstance model = Models.dmn(name);
    List<Decision> found = new ArrayList<>(model.getModelElementsByType(Decision.class));
    assertThat(found).hasSize(1);
    Decision decision = found.get(0);
    assertThat(decision.getId() + ".dmn").isEqualTo(name);
    assertThat(decision.getName()).isNotBlank();
    assertThat(decision.getVersionTag()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(decision.getCamundaHistoryTimeToLiveString()).isNotBlank();
    for (DecisionTable table : model.getModelElementsByType(DecisionTable.class)) {
      boolean explained = decision.getDescription() != null;
      assertThat(table.getHitPolicy() == HitPolicy.UNIQUE || explained)
          .as("hit policy of %s is UNIQUE or its description says why not", name)
          .isTrue();
    }
  }

  @Test
  void shouldUseEveryDecisionAndForm() {
    Set<String> used =
        models()
            .map(Models::bpmn)
            .flatMap(
                model ->
                    Stream.concat(
                        model.getModelElementsByType(BusinessRuleTask.class).stream()
                            .map(task -> task.getCamundaDecisionRef() + ".dmn"),
                        model.getModelElementsByType(UserTask.class).stream()
                            .map(task -> task.getCamundaFormKey().replaceAll("^.*:", ""))))
            .collect(Collectors.toSet());
    assertThat(used).containsAll(Models.names(".dmn")).containsAll(Models.names(".html"));
  }

  @Test
  void shouldFindWhatBreaksTheRules() {
    BpmnModelInstance wrong =
        Bpmn.readModelFromStream(ConventionsTest.class.getResourceAsStream("/wrong.bpmn"));
    assertThat(Conventions.check(wrong, "wrong.bpmn"))
        .anyMatch(s -> s.contains("version tag"))
        .anyMatch(s -> s.contains("history time-to-live"))
        .anyMatch(s -> s.contains("Activity_0abc12 should read Task_"))
        .anyMatch(s -> s.contains("Gateway_Checked has no default flow"))
        .anyMatch(s -> s.contains("a question is wanted"))
        .anyMatch(s -> s.contains("passes all variables in"))
        .anyMatch(s -> s.contains("bind its process by deployment"))
        .anyMatch(s -> s.contains("lasts 'P1D'"))
        .anyMatch(s -> s.contains("its documentation must say why"))
        .anyMatch(s -> s.contains("is not drawn"));
    assertThat(WorkConventions.check(wrong))
        .anyMatch(s -> s.contains("topic no.such.topic"))
        .anyMatch(s -> s.contains("has no candidate group"))
        .anyMatch(s -> s.contains("has no due date"))
        .anyMatch(s -> s.contains("has form key null"))
        .anyMatch(s -> s.contains("Task_WaitForever waits without a limit"))
        .anyMatch(s -> s.contains("bind its decision by deployment"));
    assertThat(ErrorConventions.check(List.of(wrong)))
        .anyMatch(s -> s.contains("[PLAN_LOST] leave wrong"))
        .anyMatch(s -> s.contains("Boundary_NeverThrown catches an error that cannot reach it"));
  }
}
