package io.channelwise.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.spin.Spin.JSON;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.spin.json.SpinJsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Base of the path tests: plays workers, people, partners and the clock against the real engine.
 *
 * <p>The job executor is off, so a test decides when an asynchronous step or a timer fires. Worker
 * outputs are set as LOCAL variables of the task, as the worker runtime does, so that a missing
 * output mapping shows.
 */
abstract class ProcessTest {

  private static final String WORKER = "test-worker";
  private static final long LOCK_MILLIS = 60_000;

  protected final ProcessEngine engine = TestEngine.get();

  @BeforeEach
  void initAssertions() {
    BpmnAwareTests.init(engine);
  }

  @AfterEach
  void collectAndClear() {
    TestEngine.COVERAGE.collect(engine);
    engine.getRuntimeService().createProcessInstanceQuery().rootProcessInstances().list().stream()
        .map(ProcessInstance::getId)
        .forEach(
            id -> engine.getRuntimeService().deleteProcessInstance(id, "test over", true, true));
    engine
        .getHistoryService()
        .createHistoricProcessInstanceQuery()
        .list()
        .forEach(old -> engine.getHistoryService().deleteHistoricProcessInstance(old.getId()));
    engine
        .getHistoryService()
        .createHistoricDecisionInstanceQuery()
        .list()
        .forEach(
            old ->
                engine.getHistoryService().deleteHistoricDecisionInstanceByInstanceId(old.getId()));
    ClockUtil.reset();
  }

  // Starting ---------------------------------------------------------------------------------

  /** Starts a process and runs it to its first wait state other than its own async start. */
  protected ProcessInstance start(String key, String businessKey, Map<String, ?> variables) {
    ProcessInstance instance =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey(key, businessKey, new TreeMap<String, Object>(variables));
    runAsync();
    return instance;
  }

  // Workers ----------------------------------------------------------------------------------

  /** Completes the only open task of the topic; returns it with the inputs the worker saw. */
  protected LockedExternalTask complete(String topic, Map<String, ?> outputs) {
    List<LockedExternalTask> tasks = lock(topic);
    unlockAllBut(tasks, 1);
    assertThat(tasks).as("open tasks of topic %s (open: %s)", topic, openTopics()).hasSize(1);
    return complete(tasks.get(0), outputs);
  }

  /** Completes the only open task of the topic whose input {@code name} equals {@code value}. */
  protected LockedExternalTask complete(
      String topic, String name, Object value, Map<String, ?> outputs) {
    List<LockedExternalTask> tasks = lock(topic);
    List<LockedExternalTask> fitting =
        tasks.stream().filter(task -> value.equals(task.getVariables().get(name))).toList();
    tasks.stream().filter(task -> !fitting.contains(task)).forEach(this::unlock);
    assertThat(fitting).as("tasks of topic %s with %s = %s", topic, name, value).hasSize(1);
    return complete(fitting.get(0), outputs);
  }

  /** Completes every open task of the topic with the same outputs; returns how many there were. */
  protected int completeAll(String topic, Map<String, ?> outputs) {
    List<LockedExternalTask> tasks = lock(topic);
    tasks.forEach(task -> complete(task, outputs));
    return tasks.size();
  }

  /** Reports a BPMN error on the only open task of the topic. */
  protected void failWithError(String topic, String errorCode, Map<String, ?> variables) {
    List<LockedExternalTask> tasks = lock(topic);
    unlockAllBut(tasks, 1);
    assertThat(tasks).as("open tasks of topic %s (open: %s)", topic, openTopics()).hasSize(1);
    assertThat(Topic.all().get(topic).errorCodes()).as("error codes").contains(errorCode);
    engine
        .getExternalTaskService()
        .handleBpmnError(
            tasks.get(0).getId(),
            WORKER,
            errorCode,
            "reported by the test",
            new TreeMap<String, Object>(variables));
    runAsync();
  }

  /** The topics with an open external task, with their number. */
  protected Map<String, Long> openTopics() {
    Map<String, Long> open = new TreeMap<>();
    engine
        .getExternalTaskService()
        .createExternalTaskQuery()
        .list()
        .forEach(task -> open.merge(task.getTopicName(), 1L, Long::sum));
    return open;
  }

  // People -----------------------------------------------------------------------------------

  /** The only open human task with this id; fails with what is open instead. */
  protected Task task(String taskDefinitionKey) {
    List<Task> tasks = tasks(taskDefinitionKey);
    assertThat(tasks)
        .as("open tasks %s (open: %s, topics: %s)", taskDefinitionKey, openTasks(), openTopics())
        .hasSize(1);
    return tasks.get(0);
  }

  protected List<Task> tasks(String taskDefinitionKey) {
    return engine
        .getTaskService()
        .createTaskQuery()
        .taskDefinitionKey(taskDefinitionKey)
        .initializeFormKeys()
        .list();
  }

  protected List<String> openTasks() {
    return engine.getTaskService().createTaskQuery().list().stream()
        .map(Task::getTaskDefinitionKey)
        .sorted()
        .toList();
  }

  /** Completes the only open human task with this id, as its form does. */
  protected Task decide(String taskDefinitionKey, Map<String, ?> variables) {
    Task task = task(taskDefinitionKey);
    decide(task, variables);
    return task;
  }

  protected void decide(Task task, Map<String, ?> variables) {
    engine.getTaskService().complete(task.getId(), new TreeMap<String, Object>(variables));
    runAsync();
  }

  /** The candidate groups of an open task. */
  protected List<String> groups(Task task) {
    return engine.getTaskService().getIdentityLinksForTask(task.getId()).stream()
        .map(link -> link.getGroupId())
        .sorted()
        .toList();
  }

  // Messages and time ------------------------------------------------------------------------

  protected void message(String name, String businessKey, Map<String, ?> variables) {
    engine
        .getRuntimeService()
        .createMessageCorrelation(name)
        .processInstanceBusinessKey(businessKey)
        .setVariables(new TreeMap<String, Object>(variables))
        .correlate();
    runAsync();
  }

  /** Fires the only waiting timer of this element. */
  protected void fireTimer(String activityId) {
    List<Job> timers =
        engine.getManagementService().createJobQuery().timers().activityId(activityId).list();
    assertThat(timers).as("timers of %s", activityId).hasSize(1);
    engine.getManagementService().executeJob(timers.get(0).getId());
    runAsync();
  }

  /** When the only waiting timer of this element is due. */
  protected Date dueDate(String activityId) {
    return engine
        .getManagementService()
        .createJobQuery()
        .timers()
        .activityId(activityId)
        .singleResult()
        .getDuedate();
  }

  /** Runs asynchronous continuations, not timers, until none is left. */
  protected void runAsync() {
    for (int round = 0; round < 1_000; round++) {
      List<Job> jobs = engine.getManagementService().createJobQuery().messages().active().list();
      if (jobs.isEmpty()) {
        return;
      }
      engine.getManagementService().executeJob(jobs.get(0).getId());
    }
    throw new AssertionError("More than 1000 asynchronous steps without a wait state.");
  }

  // Decisions --------------------------------------------------------------------------------

  /** The single entry that a decision gives. */
  protected Object judge(String decision, Map<String, ?> variables) {
    return engine
        .getDecisionService()
        .evaluateDecisionTableByKey(decision, new LinkedHashMap<String, Object>(variables))
        .getSingleEntry();
  }

  // Looking ----------------------------------------------------------------------------------

  /** The value of a variable of a running or ended instance; null when there is none. */
  protected Object variable(ProcessInstance instance, String name) {
    return engine
        .getHistoryService()
        .createHistoricVariableInstanceQuery()
        .processInstanceId(instance.getId())
        .activityInstanceIdIn(instance.getId())
        .variableName(name)
        .list()
        .stream()
        .map(variable -> variable.getValue())
        .findFirst()
        .orElse(null);
  }

  protected boolean isEnded(ProcessInstance instance) {
    return engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceId(instance.getId())
            .count()
        == 0;
  }

  /** How often an activity was entered in any instance of this test. */
  protected long passes(String activityId) {
    return engine
        .getHistoryService()
        .createHistoricActivityInstanceQuery()
        .activityId(activityId)
        .count();
  }

  /** A JSON variable, as the worker runtime and the forms write them. */
  protected static SpinJsonNode json(String text) {
    return JSON(text);
  }

  /** Variables in the order given; unlike {@link Map#of} it takes nulls and more than ten. */
  protected static Map<String, Object> vars(Object... namesAndValues) {
    Map<String, Object> variables = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      variables.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return variables;
  }

  // Details ----------------------------------------------------------------------------------

  private LockedExternalTask complete(LockedExternalTask task, Map<String, ?> outputs) {
    Topic topic = Topic.all().get(task.getTopicName());
    assertThat(topic).as("topic %s in topics.txt", task.getTopicName()).isNotNull();
    assertThat(outputs.keySet())
        .as("outputs of %s", task.getTopicName())
        .containsExactlyInAnyOrderElementsOf(topic.outputs().keySet());
    assertInputs(topic, task.getVariables());
    engine
        .getExternalTaskService()
        .complete(task.getId(), WORKER, Map.of(), new TreeMap<String, Object>(outputs));
    runAsync();
    return task;
  }

  private static void assertInputs(Topic topic, VariableMap variables) {
    topic
        .inputs()
        .forEach(
            (name, type) -> {
              Object value = variables.get(name);
              if (value == null) {
                assertThat(type).as("null input %s of %s", name, topic.name()).endsWith("?");
                return;
              }
              String found =
                  value instanceof SpinJsonNode ? "Json" : value.getClass().getSimpleName();
              assertThat(found)
                  .as("type of input %s of %s", name, topic.name())
                  .isEqualTo(type.replace("?", ""));
            });
  }

  private List<LockedExternalTask> lock(String topic) {
    return engine
        .getExternalTaskService()
        .fetchAndLock(100, WORKER)
        .topic(topic, LOCK_MILLIS)
        .localVariables()
        .execute();
  }

  private void unlockAllBut(List<LockedExternalTask> tasks, int expected) {
    if (tasks.size() != expected) {
      tasks.forEach(this::unlock);
    }
  }

  private void unlock(LockedExternalTask task) {
    engine.getExternalTaskService().unlock(task.getId());
  }
}
