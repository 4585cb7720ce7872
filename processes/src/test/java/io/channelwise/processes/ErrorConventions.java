package io.channelwise.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;

/**
 * Follows every error code from where it is thrown, through the call activities, to where it is
 * caught. A code nobody catches would stop the instance; a catch nobody can reach is a lie.
 */
final class ErrorConventions {

  private final Map<String, BpmnModelInstance> models = new TreeMap<>();
  private final Map<String, Set<String>> escaping = new TreeMap<>();
  private final Set<String> reachedCatches = new TreeSet<>();
  private final List<String> found = new ArrayList<>();

  private ErrorConventions(List<BpmnModelInstance> all) {
    all.forEach(model -> models.put(key(model), model));
  }

  /** Everything wrong with the error codes of all models together. */
  static List<String> check(List<BpmnModelInstance> models) {
    ErrorConventions check = new ErrorConventions(models);
    check.models.keySet().forEach(check::escaping);
    check.reportEscaped();
    check.reportUnreached();
    return check.found;
  }

  /** The codes that leave a process; follows call activities, which never form a circle. */
  private Set<String> escaping(String process) {
    Set<String> known = escaping.get(process);
    if (known != null) {
      return known;
    }
    Set<String> leaving = new TreeSet<>();
    BpmnModelInstance model = models.get(process);
    for (ServiceTask task : model.getModelElementsByType(ServiceTask.class)) {
      Topic topic = Topic.all().get(task.getCamundaTopic());
      if (topic != null) {
        topic.errorCodes().forEach(code -> follow(process, task, code, leaving));
      }
    }
    for (CallActivity call : model.getModelElementsByType(CallActivity.class)) {
      if (models.containsKey(call.getCalledElement())) {
        escaping(call.getCalledElement()).forEach(code -> follow(process, call, code, leaving));
      }
    }
    for (EndEvent end : model.getModelElementsByType(EndEvent.class)) {
      errorCode(end).ifPresent(code -> follow(process, end, code, leaving));
    }
    escaping.put(process, leaving);
    return leaving;
  }

  private void follow(String process, FlowNode thrower, String code, Set<String> leaving) {
    FlowNode at = thrower;
    while (true) {
      if (at instanceof Activity activity && caughtOn(process, activity, code)) {
        return;
      }
      BaseElement scope = Conventions.scope(at);
      if (caughtInside(process, scope, code)) {
        return;
      }
      if (!(scope instanceof SubProcess sub)) {
        leaving.add(code);
        return;
      }
      at = sub;
    }
  }

  private boolean caughtOn(String process, Activity activity, String code) {
    return Conventions.boundaries(activity).stream().anyMatch(e -> catches(process, e, code));
  }

  /** True when an event sub-process of this scope starts on the code. */
  private boolean caughtInside(String process, BaseElement scope, String code) {
    return scope.getChildElementsByType(SubProcess.class).stream()
        .filter(SubProcess::triggeredByEvent)
        .flatMap(sub -> sub.getChildElementsByType(StartEvent.class).stream())
        .anyMatch(start -> catches(process, start, code));
  }

  private boolean catches(String process, Event event, String code) {
    boolean fits = errorCode(event).filter(code::equals).isPresent();
    if (fits) {
      reachedCatches.add(process + "/" + event.getId());
    }
    return fits;
  }

  private void reportEscaped() {
    Set<String> called = new TreeSet<>();
    models.values().stream()
        .flatMap(model -> model.getModelElementsByType(CallActivity.class).stream())
        .forEach(call -> called.add(call.getCalledElement()));
    escaping.forEach(
        (process, codes) -> {
          if (!called.contains(process) && !codes.isEmpty()) {
            found.add("Errors " + codes + " leave " + process + " and nobody catches them.");
          }
        });
  }

  private void reportUnreached() {
    models.forEach(
        (process, model) -> {
          for (Event event : model.getModelElementsByType(Event.class)) {
            boolean catching = event instanceof BoundaryEvent || event instanceof StartEvent;
            String place = process + "/" + event.getId();
            if (catching && hasError(event) && !reachedCatches.contains(place)) {
              found.add(place + " catches an error that cannot reach it, or names no code.");
            }
          }
        });
  }

  private static boolean hasError(Event event) {
    return definitions(event).stream().anyMatch(ErrorEventDefinition.class::isInstance);
  }

  private static Optional<String> errorCode(Event event) {
    return definitions(event).stream()
        .filter(ErrorEventDefinition.class::isInstance)
        .map(ErrorEventDefinition.class::cast)
        .filter(definition -> definition.getError() != null)
        .map(definition -> definition.getError().getErrorCode())
        .findFirst();
  }

  private static List<EventDefinition> definitions(Event event) {
    return event instanceof ThrowEvent
            || event instanceof BoundaryEvent
            || event instanceof StartEvent
        ? new ArrayList<>(event.getChildElementsByType(EventDefinition.class))
        : List.of();
  }

  private static String key(BpmnModelInstance model) {
    return model.getModelElementsByType(Process.class).iterator().next().getId();
  }
}
