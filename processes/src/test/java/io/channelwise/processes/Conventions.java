package io.channelwise.processes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.Association;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TextAnnotation;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Our rules about names, flows, drawing and settings of one model; each returns what breaks it. */
final class Conventions {

  private static final Pattern WHAT = Pattern.compile("[A-Z][A-Za-z0-9]*(_[A-Z][A-Za-z0-9]*)*");
  private static final Pattern KEY = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

  private Conventions() {}

  /** Everything wrong with the model, one sentence each; empty when all rules hold. */
  static List<String> check(BpmnModelInstance model, String fileName) {
    List<String> found = new ArrayList<>();
    checkProcess(model, fileName, found);
    checkIds(model, found);
    checkLabels(model, found);
    checkExclusiveGateways(model, found);
    checkCallActivities(model, found);
    checkDocumentation(model, found);
    checkTimers(model, found);
    checkDrawing(model, found);
    return found;
  }

  private static void checkProcess(BpmnModelInstance model, String fileName, List<String> found) {
    Collection<Process> processes = model.getModelElementsByType(Process.class);
    if (processes.size() != 1) {
      found.add(fileName + " holds " + processes.size() + " processes; exactly one is wanted.");
      return;
    }
    Process process = processes.iterator().next();
    String key = process.getId();
    if (!KEY.matcher(key).matches() || !fileName.equals(key + ".bpmn")) {
      found.add(fileName + " holds process " + key + "; file name and key must agree, kebab-case.");
    }
    require(process.isExecutable(), found, key + " is not executable.");
    require(hasText(process.getName()), found, key + " has no name.");
    String version = process.getCamundaVersionTag();
    require(
        version != null && VERSION.matcher(version).matches(),
        found,
        key + " has version tag " + version + "; one like 1.0.0 is wanted.");
    require(
        hasText(process.getCamundaHistoryTimeToLiveString()),
        found,
        key + " has no history time-to-live.");
    require(!process.getDocumentations().isEmpty(), found, key + " has no documentation.");
  }

  private static void checkIds(BpmnModelInstance model, List<String> found) {
    for (FlowElement element : model.getModelElementsByType(FlowElement.class)) {
      String kind = kind(element);
      String id = element.getId();
      boolean fits =
          id.startsWith(kind + "_") && WHAT.matcher(id.substring(kind.length() + 1)).matches();
      require(fits, found, id + " should read " + kind + "_WhatItIs.");
    }
    for (TextAnnotation note : model.getModelElementsByType(TextAnnotation.class)) {
      require(note.getId().startsWith("Note_"), found, note.getId() + " should read Note_….");
    }
  }

  private static String kind(FlowElement element) {
    String type = element.getElementType().getTypeName();
    return switch (type) {
      case "startEvent" -> "StartEvent";
      case "endEvent" -> "EndEvent";
      case "boundaryEvent" -> "Boundary";
      case "intermediateCatchEvent", "intermediateThrowEvent" -> "Event";
      case "sequenceFlow" -> "Flow";
      case "callActivity" -> "Call";
      case "subProcess" -> "SubProcess";
      case "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway" ->
          "Gateway";
      default -> "Task";
    };
  }

  private static void checkLabels(BpmnModelInstance model, List<String> found) {
    for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
      if (node instanceof Activity || node instanceof Event) {
        require(hasText(node.getName()), found, node.getId() + " has no label.");
      }
    }
    for (Gateway gateway : model.getModelElementsByType(Gateway.class)) {
      boolean decides = gateway instanceof ExclusiveGateway || gateway instanceof InclusiveGateway;
      if (decides && gateway.getOutgoing().size() > 1) {
        require(
            hasText(gateway.getName()) && gateway.getName().trim().endsWith("?"),
            found,
            gateway.getId() + " is labelled '" + gateway.getName() + "'; a question is wanted.");
      }
    }
  }

  private static void checkExclusiveGateways(BpmnModelInstance model, List<String> found) {
    for (ExclusiveGateway gateway : model.getModelElementsByType(ExclusiveGateway.class)) {
      if (gateway.getOutgoing().size() < 2) {
        continue;
      }
      SequenceFlow standard = gateway.getDefault();
      require(standard != null, found, gateway.getId() + " has no default flow.");
      for (SequenceFlow flow : gateway.getOutgoing()) {
        require(hasText(flow.getName()), found, flow.getId() + " has no label (the answer).");
        boolean isDefault = flow.equals(standard);
        require(
            isDefault == (flow.getConditionExpression() == null),
            found,
            flow.getId() + " must have a condition or be the default flow, not both or neither.");
      }
    }
    for (SequenceFlow flow : model.getModelElementsByType(SequenceFlow.class)) {
      require(
          flow.getConditionExpression() == null || flow.getSource() instanceof ExclusiveGateway,
          found,
          flow.getId() + " has a condition but does not leave an exclusive gateway.");
    }
  }

  private static void checkCallActivities(BpmnModelInstance model, List<String> found) {
    for (CamundaIn in : model.getModelElementsByType(CamundaIn.class)) {
      require(in.getCamundaVariables() == null, found, owner(in) + " passes all variables in.");
    }
    for (CamundaOut out : model.getModelElementsByType(CamundaOut.class)) {
      require(out.getCamundaVariables() == null, found, owner(out) + " passes all variables out.");
    }
    for (CallActivity call : model.getModelElementsByType(CallActivity.class)) {
      require(
          "deployment".equals(call.getCamundaCalledElementBinding()),
          found,
          call.getId() + " must bind its process by deployment.");
      require(
          Models.files().containsKey(call.getCalledElement() + ".bpmn"),
          found,
          call.getId() + " calls " + call.getCalledElement() + ", which is no model of ours.");
      boolean passesKey =
          call.getExtensionElements() != null
              && call
                  .getExtensionElements()
                  .getElementsQuery()
                  .filterByType(CamundaIn.class)
                  .list()
                  .stream()
                  .anyMatch(in -> in.getCamundaBusinessKey() != null);
      require(passesKey, found, call.getId() + " does not pass the business key on.");
    }
  }

  private static void checkDocumentation(BpmnModelInstance model, List<String> found) {
    for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
      boolean boundary = node.isCamundaAsyncBefore() || node.isCamundaAsyncAfter();
      boolean compensation = node instanceof Activity task && task.isForCompensation();
      require(
          !(boundary || compensation) || !node.getDocumentations().isEmpty(),
          found,
          node.getId() + " is asynchronous or compensates; its documentation must say why.");
    }
  }

  private static void checkTimers(BpmnModelInstance model, List<String> found) {
    for (TimerEventDefinition timer : model.getModelElementsByType(TimerEventDefinition.class)) {
      ModelElementInstance length =
          timer.getTimeDuration() != null ? timer.getTimeDuration() : timer.getTimeCycle();
      String text = length == null ? "" : length.getTextContent().trim();
      require(
          text.matches("\\$\\{\\w+}"),
          found,
          owner(timer) + " lasts '" + text + "'; a variable like ${replyDeadline} is wanted.");
    }
  }

  private static void checkDrawing(BpmnModelInstance model, List<String> found) {
    Set<String> shapes =
        model.getModelElementsByType(BpmnShape.class).stream()
            .map(shape -> shape.getBpmnElement().getId())
            .collect(Collectors.toSet());
    Map<String, BpmnEdge> edges = new TreeMap<>();
    for (BpmnEdge edge : model.getModelElementsByType(BpmnEdge.class)) {
      edges.put(edge.getBpmnElement().getId(), edge);
    }
    model
        .getModelElementsByType(FlowNode.class)
        .forEach(n -> require(shapes.contains(n.getId()), found, n.getId() + " is not drawn."));
    for (SequenceFlow flow : model.getModelElementsByType(SequenceFlow.class)) {
      BpmnEdge edge = edges.get(flow.getId());
      require(edge != null, found, flow.getId() + " is not drawn.");
      if (edge != null && hasText(flow.getName())) {
        require(edge.getBpmnLabel() != null, found, flow.getId() + " has no place for its label.");
      }
    }
    for (Association association : model.getModelElementsByType(Association.class)) {
      require(
          edges.containsKey(association.getId()), found, association.getId() + " is not drawn.");
    }
  }

  static void require(boolean holds, List<String> found, String sentence) {
    if (!holds) {
      found.add(sentence);
    }
  }

  static boolean hasText(String text) {
    return text != null && !text.isBlank();
  }

  /** The id of the nearest flow node around an element. */
  static String owner(ModelElementInstance element) {
    ModelElementInstance at = element;
    while (at != null && !(at instanceof FlowNode) && !(at instanceof Process)) {
      at = at.getParentElement();
    }
    return at == null ? "?" : ((BaseElement) at).getId();
  }

  /** The scope, process or sub-process, that holds a node. */
  static BaseElement scope(FlowNode node) {
    ModelElementInstance parent = node.getParentElement();
    return parent instanceof SubProcess sub ? sub : (BaseElement) parent;
  }

  /** The boundary events of an activity. */
  static List<BoundaryEvent> boundaries(Activity activity) {
    return ((BpmnModelInstance) activity.getModelInstance())
        .getModelElementsByType(BoundaryEvent.class).stream()
            .filter(event -> activity.equals(event.getAttachedTo()))
            .toList();
  }

  static boolean isEventGateway(FlowNode node) {
    return node instanceof EventBasedGateway;
  }
}
