package io.channelwise.server.campaign;

import io.channelwise.server.campaign.Progress.OpenIncident;
import io.channelwise.server.campaign.Progress.OpenTask;
import io.channelwise.server.engine.EngineAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/** Reads from the engine where campaigns stand, in a fixed number of queries. Thread-safe. */
@Component
public class ProgressReader {
  private static final int ROWS_MAX = 2000;
  private static final Set<Class<?>> FIGURE_TYPES =
      Set.of(String.class, Integer.class, Long.class, Double.class, Boolean.class);

  /** Variables that steer the process and tell a reader nothing. */
  private static final Set<String> NO_FIGURES =
      Set.of("campaignKey", "cycle", "campaignOutcome", "briefingId", "reportId");

  private final HistoryService history;
  private final RuntimeService runtime;
  private final TaskService tasks;
  private final Steps steps;
  private final EngineAccess engine;

  ProgressReader(
      HistoryService history,
      RuntimeService runtime,
      TaskService tasks,
      Steps steps,
      EngineAccess engine) {
    this.history = history;
    this.runtime = runtime;
    this.tasks = tasks;
    this.steps = steps;
    this.engine = engine;
  }

  public Progress of(String campaignKey) {
    return of(List.of(campaignKey)).get(campaignKey);
  }

  /** By campaign key; a campaign without a process is {@code starting}. */
  public Map<String, Progress> of(Collection<String> campaignKeys) {
    return campaignKeys.isEmpty() ? Map.of() : engine.asServer(() -> read(campaignKeys));
  }

  private Map<String, Progress> read(Collection<String> keys) {
    Map<String, HistoricProcessInstance> instances = instances(keys);
    Map<String, Map<String, Object>> variables = variables(instances.values());
    Map<String, List<OpenTask>> openTasks = openTasks(keys);
    Map<String, List<OpenIncident>> incidents = incidents(instances.values());
    Map<String, Progress> progress = new LinkedHashMap<>();
    for (String key : keys) {
      HistoricProcessInstance instance = instances.get(key);
      progress.put(
          key,
          instance == null
              ? Progress.starting()
              : progress(
                  instance,
                  variables.getOrDefault(instance.getId(), Map.of()),
                  openTasks.getOrDefault(key, List.of()),
                  incidents.getOrDefault(instance.getId(), List.of())));
    }
    return progress;
  }

  private Progress progress(
      HistoricProcessInstance instance,
      Map<String, Object> variables,
      List<OpenTask> openTasks,
      List<OpenIncident> incidents) {
    boolean ended = instance.getEndTime() != null;
    String running =
        HistoricProcessInstance.STATE_SUSPENDED.equals(instance.getState())
            ? "suspended"
            : "running";
    Map<String, Object> figures = new TreeMap<>(variables);
    figures.keySet().removeAll(NO_FIGURES);
    figures.values().removeIf(v -> v == null || !FIGURE_TYPES.contains(v.getClass()));
    Object outcome = variables.getOrDefault("campaignOutcome", "terminated");
    return new Progress(
        instance.getId(),
        ended ? "ended" : running,
        ended ? String.valueOf(outcome) : null,
        variables.get("cycle") instanceof Number cycle ? cycle.intValue() : 0,
        steps.of(instance.getId(), instance.getProcessDefinitionId()),
        openTasks,
        incidents,
        figures,
        instant(instance.getStartTime()),
        instant(instance.getEndTime()));
  }

  private Map<String, HistoricProcessInstance> instances(Collection<String> keys) {
    Map<String, HistoricProcessInstance> newest = new HashMap<>();
    history
        .createHistoricProcessInstanceQuery()
        .processInstanceBusinessKeyIn(keys.toArray(String[]::new))
        .processDefinitionKey(CampaignProcesses.PROCESS)
        .orderByProcessInstanceStartTime()
        .asc()
        .listPage(0, ROWS_MAX)
        .forEach(i -> newest.put(i.getBusinessKey(), i));
    return newest;
  }

  /** Variables of the campaigns' own scope, by process instance. */
  private Map<String, Map<String, Object>> variables(Collection<HistoricProcessInstance> of) {
    Map<String, Map<String, Object>> byInstance = new HashMap<>();
    if (of.isEmpty()) {
      return byInstance;
    }
    String[] ids = of.stream().map(HistoricProcessInstance::getId).toArray(String[]::new);
    List<HistoricVariableInstance> found =
        history
            .createHistoricVariableInstanceQuery()
            .processInstanceIdIn(ids)
            .disableBinaryFetching()
            .disableCustomObjectDeserialization()
            .listPage(0, ROWS_MAX * 10);
    for (HistoricVariableInstance variable : found) {
      // Local variables of a task's scope repeat what the task hands on.
      if (variable.getProcessInstanceId().equals(variable.getActivityInstanceId())) {
        byInstance
            .computeIfAbsent(variable.getProcessInstanceId(), id -> new HashMap<>())
            .put(variable.getName(), variable.getValue());
      }
    }
    return byInstance;
  }

  private Map<String, List<OpenTask>> openTasks(Collection<String> keys) {
    Map<String, List<OpenTask>> byKey = new HashMap<>();
    List<Task> open =
        tasks
            .createTaskQuery()
            .processInstanceBusinessKeyIn(keys.toArray(String[]::new))
            .initializeFormKeys()
            .orderByTaskCreateTime()
            .asc()
            .listPage(0, ROWS_MAX);
    Map<String, String> keyByInstance = businessKeys(open);
    for (Task task : open) {
      byKey
          .computeIfAbsent(keyByInstance.get(task.getProcessInstanceId()), k -> new ArrayList<>())
          .add(openTask(task, keys.size() == 1));
    }
    return byKey;
  }

  private Map<String, String> businessKeys(List<Task> open) {
    Set<String> ids = open.stream().map(Task::getProcessInstanceId).collect(Collectors.toSet());
    Map<String, String> keys = new HashMap<>();
    if (!ids.isEmpty()) {
      runtime
          .createProcessInstanceQuery()
          .processInstanceIds(ids)
          .list()
          .forEach(i -> keys.put(i.getId(), i.getBusinessKey()));
    }
    return keys;
  }

  private OpenTask openTask(Task task, boolean withGroups) {
    List<String> groups =
        withGroups
            ? tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(g -> g != null)
                .sorted()
                .toList()
            : List.of();
    return new OpenTask(
        task.getId(),
        task.getTaskDefinitionKey(),
        task.getName(),
        processKey(task.getProcessDefinitionId()),
        groups,
        task.getAssignee(),
        instant(task.getCreateTime()),
        instant(task.getDueDate()));
  }

  /** The engine repeats an incident in every calling process; shown is where it arose. */
  private Map<String, List<OpenIncident>> incidents(Collection<HistoricProcessInstance> of) {
    Map<String, List<OpenIncident>> byInstance = new HashMap<>();
    Set<String> ids = of.stream().map(HistoricProcessInstance::getId).collect(Collectors.toSet());
    Map<String, Incident> all =
        runtime
            .createIncidentQuery()
            .orderByIncidentTimestamp()
            .asc()
            .listPage(0, ROWS_MAX)
            .stream()
            .collect(Collectors.toMap(Incident::getId, i -> i, (a, b) -> a, LinkedHashMap::new));
    for (Incident incident : all.values()) {
      if (ids.contains(incident.getProcessInstanceId())) {
        Incident cause = all.getOrDefault(incident.getRootCauseIncidentId(), incident);
        byInstance
            .computeIfAbsent(incident.getProcessInstanceId(), id -> new ArrayList<>())
            .add(
                new OpenIncident(
                    cause.getId(),
                    cause.getIncidentType(),
                    processKey(cause.getProcessDefinitionId()),
                    cause.getFailedActivityId(),
                    cause.getIncidentMessage(),
                    instant(cause.getIncidentTimestamp())));
      }
    }
    return byInstance;
  }

  private static String processKey(String processDefinitionId) {
    return processDefinitionId == null ? "" : processDefinitionId.replaceAll(":.*", "");
  }

  private static Instant instant(Date date) {
    return date == null ? null : date.toInstant();
  }
}
