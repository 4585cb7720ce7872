package io.channelwise.processes;

import static io.channelwise.processes.Conventions.boundaries;
import static io.channelwise.processes.Conventions.hasText;
import static io.channelwise.processes.Conventions.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;

/** Our rules about who does the work: workers, people, decisions, and how long a wait may last. */
final class WorkConventions {

  private static final Set<String> GROUPS =
      Set.of("gtm-lead", "channel-manager", "finance", "support-agent", "ml-engineer");
  private static final String FORM = "embedded:deployment:";

  private WorkConventions() {}

  /** Everything wrong with the model, one sentence each; empty when all rules hold. */
  static List<String> check(BpmnModelInstance model) {
    List<String> found = new ArrayList<>();
    checkWorkers(model, found);
    checkPeople(model, found);
    checkDecisions(model, found);
    checkWaits(model, found);
    return found;
  }

  private static void checkWorkers(BpmnModelInstance model, List<String> found) {
    require(
        model.getModelElementsByType(ScriptTask.class).isEmpty(),
        found,
        "Script tasks are not allowed; use a decision or a worker.");
    require(
        model.getModelElementsByType(SendTask.class).isEmpty(),
        found,
        "Send tasks are not allowed; a worker sends through a service task.");
    for (ServiceTask task : model.getModelElementsByType(ServiceTask.class)) {
      Topic topic = Topic.all().get(task.getCamundaTopic());
      if (!"external".equals(task.getCamundaType()) || topic == null) {
        found.add(
            task.getId()
                + " has topic "
                + task.getCamundaTopic()
                + ", which is not in topics.txt.");
        continue;
      }
      Set<String> inputs = new TreeSet<>();
      Set<String> outputs = new TreeSet<>();
      for (CamundaInputOutput mapping :
          task.getModelInstance().getModelElementsByType(CamundaInputOutput.class)) {
        if (task.equals(mapping.getParentElement().getParentElement())) {
          mapping.getCamundaInputParameters().forEach(p -> inputs.add(p.getCamundaName()));
          mapping.getCamundaOutputParameters().forEach(p -> outputs.add(p.getCamundaName()));
        }
      }
      same(task, "inputs", inputs, topic.inputs().keySet(), found);
      same(task, "outputs", outputs, topic.outputs().keySet(), found);
    }
  }

  private static void same(
      ServiceTask task, String what, Set<String> mapped, Set<String> wanted, List<String> found) {
    require(
        mapped.equals(new TreeSet<>(wanted)),
        found,
        task.getId() + " maps " + what + " " + mapped + "; topic wants " + new TreeSet<>(wanted));
  }

  private static void checkPeople(BpmnModelInstance model, List<String> found) {
    for (UserTask task : model.getModelElementsByType(UserTask.class)) {
      String groups = task.getCamundaCandidateGroups();
      require(hasText(groups), found, task.getId() + " has no candidate group.");
      if (hasText(groups) && !groups.contains("${")) {
        require(
            GROUPS.containsAll(task.getCamundaCandidateGroupsList()),
            found,
            task.getId() + " names an unknown group in " + groups + ".");
      }
      require(hasText(task.getCamundaDueDate()), found, task.getId() + " has no due date.");
      String form = task.getCamundaFormKey();
      require(
          form != null
              && form.startsWith(FORM)
              && Models.files().containsKey(form.substring(FORM.length())),
          found,
          task.getId() + " has form key " + form + "; " + FORM + "<file of ours> is wanted.");
    }
  }

  private static void checkDecisions(BpmnModelInstance model, List<String> found) {
    for (BusinessRuleTask task : model.getModelElementsByType(BusinessRuleTask.class)) {
      require(
          "deployment".equals(task.getCamundaDecisionRefBinding()),
          found,
          task.getId() + " must bind its decision by deployment.");
      require(
          Models.files().containsKey(task.getCamundaDecisionRef() + ".dmn"),
          found,
          task.getId() + " asks " + task.getCamundaDecisionRef() + ", which is no table of ours.");
      require(
          hasText(task.getCamundaResultVariable()),
          found,
          task.getId() + " has no result variable.");
    }
  }

  private static void checkWaits(BpmnModelInstance model, List<String> found) {
    for (ReceiveTask task : model.getModelElementsByType(ReceiveTask.class)) {
      require(isLimited(task), found, task.getId() + " waits without a limit.");
    }
    for (EventBasedGateway gateway : model.getModelElementsByType(EventBasedGateway.class)) {
      boolean timer =
          gateway.getSucceedingNodes().list().stream()
              .anyMatch(next -> next instanceof CatchEvent event && hasTimer(event));
      require(timer || isLimited(gateway), found, gateway.getId() + " waits without a limit.");
    }
    for (IntermediateCatchEvent event :
        model.getModelElementsByType(IntermediateCatchEvent.class)) {
      boolean message =
          event.getEventDefinitions().stream().anyMatch(MessageEventDefinition.class::isInstance);
      boolean afterGateway =
          event.getPreviousNodes().list().stream().anyMatch(Conventions::isEventGateway);
      require(
          !message || afterGateway || isLimited(event),
          found,
          event.getId() + " waits without a limit.");
    }
  }

  /** True when an interrupting timer stands on the node or on a sub-process around it. */
  private static boolean isLimited(FlowNode node) {
    boolean own =
        node instanceof Activity activity
            && boundaries(activity).stream()
                .anyMatch(event -> event.cancelActivity() && hasTimer(event));
    if (own) {
      return true;
    }
    BaseElement scope = Conventions.scope(node);
    return scope instanceof SubProcess sub && isLimited(sub);
  }

  private static boolean hasTimer(CatchEvent event) {
    return event.getEventDefinitions().stream().anyMatch(TimerEventDefinition.class::isInstance);
  }
}
