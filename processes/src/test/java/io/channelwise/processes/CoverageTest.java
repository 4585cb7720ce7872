package io.channelwise.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CompensateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs after all other classes and fails when a flow, a node or a rule was taken by no test. */
@Order(Integer.MAX_VALUE)
class CoverageTest {

  @BeforeEach
  void onlyAfterAllOthers() {
    // Surefire hands -Dtest on; a part of the tests cannot cover everything.
    assumeTrue(System.getProperty("test") == null, "only some of the tests were run");
  }

  static Stream<String> models() {
    return Models.names(".bpmn").stream();
  }

  static Stream<String> decisions() {
    return Models.names(".dmn").stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldTakeEverySequenceFlowAndNode(String name) {
    BpmnModelInstance model = Models.bpmn(name);
    String key = model.getModelElementsByType(Process.class).iterator().next().getId();
    Set<String> missing = new TreeSet<>();
    model.getModelElementsByType(SequenceFlow.class).stream()
        .map(flow -> key + "/" + flow.getId())
        .filter(flow -> !TestEngine.COVERAGE.flows().contains(flow))
        .forEach(missing::add);
    model.getModelElementsByType(FlowNode.class).stream()
        .filter(node -> !isCompensationBoundary(node))
        .map(node -> key + "/" + node.getId())
        .filter(node -> !TestEngine.COVERAGE.nodes().contains(node))
        .forEach(missing::add);
    assertThat(missing).as("flows and nodes of %s that no test passed", name).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void shouldMatchEveryRule(String name) {
    Set<String> missing = new TreeSet<>();
    for (Decision decision : Models.dmn(name).getModelElementsByType(Decision.class)) {
      decision.getModelInstance().getModelElementsByType(Rule.class).stream()
          .map(rule -> decision.getId() + "/" + rule.getId())
          .filter(rule -> !TestEngine.COVERAGE.rules().contains(rule))
          .forEach(missing::add);
    }
    assertThat(missing).as("rules of %s that no test matched", name).isEmpty();
  }

  /** The engine keeps no history of these; their handlers are counted instead. */
  private static boolean isCompensationBoundary(FlowNode node) {
    return node instanceof BoundaryEvent boundary
        && boundary.getEventDefinitions().stream()
            .anyMatch(CompensateEventDefinition.class::isInstance);
  }
}
