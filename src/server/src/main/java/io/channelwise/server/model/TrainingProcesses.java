package io.channelwise.server.model;

import io.channelwise.server.engine.EngineAccess;
import io.channelwise.server.security.Account;
import io.channelwise.server.web.ApiException;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Training runs in the engine; a run's id is its process instance's. Thread-safe. */
@Component
class TrainingProcesses {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingProcesses.class);
  private static final String PROCESS = "model-training";
  private static final String CANCEL = "training-cancelled";

  private final RuntimeService runtime;
  private final HistoryService history;
  private final EngineAccess engine;

  TrainingProcesses(RuntimeService runtime, HistoryService history, EngineAccess engine) {
    this.runtime = runtime;
    this.history = history;
    this.engine = engine;
  }

  /**
   * @param outcome how the run ended, e.g. {@code released}; null while it runs
   */
  record Stand(String modelName, String datasetId, boolean running, String outcome) {}

  String start(Map<String, Object> variables, Account user) {
    String id =
        engine.asUser(
            user.id(),
            user.groups(),
            () -> runtime.startProcessInstanceByKey(PROCESS, variables).getProcessInstanceId());
    LOG.info("training started run={} model={}", id, variables.get("modelName"));
    return id;
  }

  Optional<Stand> find(String runId) {
    return engine.asServer(
        () -> {
          HistoricProcessInstance instance =
              history
                  .createHistoricProcessInstanceQuery()
                  .processInstanceId(runId)
                  .processDefinitionKey(PROCESS)
                  .singleResult();
          return Optional.ofNullable(instance).map(this::stand);
        });
  }

  private Stand stand(HistoricProcessInstance instance) {
    boolean running = instance.getEndTime() == null;
    String outcome = text(instance.getId(), "trainingOutcome");
    return new Stand(
        text(instance.getId(), "modelName"),
        text(instance.getId(), "datasetId"),
        running,
        running ? null : Optional.ofNullable(outcome).orElse("terminated"));
  }

  private String text(String processInstanceId, String variable) {
    return history
        .createHistoricVariableInstanceQuery()
        .processInstanceId(processInstanceId)
        .variableName(variable)
        .list()
        .stream()
        .filter(v -> processInstanceId.equals(v.getActivityInstanceId()))
        .findFirst()
        .map(v -> String.valueOf(v.getValue()))
        .orElse(null);
  }

  /**
   * @throws ApiException 409 when the run has ended or cannot be cancelled any more
   */
  void cancel(String runId) {
    engine.asServer(
        () -> {
          boolean awaited =
              runtime
                      .createExecutionQuery()
                      .processInstanceId(runId)
                      .messageEventSubscriptionName(CANCEL)
                      .count()
                  > 0;
          if (!awaited) {
            throw new ApiException(HttpStatus.CONFLICT, "training-not-running", runId);
          }
          runtime.createMessageCorrelation(CANCEL).processInstanceId(runId).correlate();
          return null;
        });
    LOG.info("training cancelled run={}", runId);
  }
}
