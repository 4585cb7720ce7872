package io.channelwise.processes;

import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Remembers which sequence flows, nodes and decision rules any test of this module has passed.
 *
 * <p>Flows are heard as they are taken; nodes and rules are read from the history before a test
 * clears it. Not thread-safe: the tests run one after the other.
 */
final class Coverage extends AbstractBpmnParseListener {

  private final Set<String> flows = new TreeSet<>();
  private final Set<String> nodes = new TreeSet<>();
  private final Set<String> rules = new TreeSet<>();

  @Override
  public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl transition) {
    ProcessDefinitionEntity process = (ProcessDefinitionEntity) scope.getProcessDefinition();
    String flow = process.getKey() + "/" + transition.getId();
    transition.addListener(
        ExecutionListener.EVENTNAME_TAKE, (ExecutionListener) execution -> flows.add(flow));
  }

  /** Adds what the history holds; called after each test. */
  void collect(ProcessEngine engine) {
    for (HistoricActivityInstance instance :
        engine.getHistoryService().createHistoricActivityInstanceQuery().list()) {
      nodes.add(instance.getProcessDefinitionKey() + "/" + instance.getActivityId());
    }
    engine
        .getHistoryService()
        .createHistoricDecisionInstanceQuery()
        .includeOutputs()
        .list()
        .forEach(
            decision ->
                decision
                    .getOutputs()
                    .forEach(
                        output ->
                            rules.add(
                                decision.getDecisionDefinitionKey() + "/" + output.getRuleId())));
  }

  /** {@code process/flow} of every sequence flow taken so far. */
  Set<String> flows() {
    return flows;
  }

  /** {@code process/node} of every node entered so far. */
  Set<String> nodes() {
    return nodes;
  }

  /** {@code decision/rule} of every rule that matched so far. */
  Set<String> rules() {
    return rules;
  }
}
