package io.channelwise.server.campaign;

import io.channelwise.campaign.Campaign;
import io.channelwise.server.engine.ClusterLock;
import io.channelwise.server.engine.EngineAccess;
import io.channelwise.server.security.Account;
import io.channelwise.server.web.ApiException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Starts a campaign's process, once, and sends it messages. Thread-safe. */
@Component
public class CampaignProcesses {
  static final String PROCESS = "go-to-market";
  private static final Logger LOG = LoggerFactory.getLogger(CampaignProcesses.class);

  private final RuntimeService runtime;
  private final HistoryService history;
  private final EngineAccess engine;
  private final ClusterLock lock;

  CampaignProcesses(
      RuntimeService runtime, HistoryService history, EngineAccess engine, ClusterLock lock) {
    this.runtime = runtime;
    this.history = history;
    this.engine = engine;
    this.lock = lock;
  }

  /** Starts the process on behalf of a user, with the engine's checks, unless it has one. */
  public void start(Campaign campaign, Account user) {
    startOnce(campaign, () -> engine.asUser(user.id(), user.groups(), () -> create(campaign)));
  }

  /** Starts a process that a crash kept from being started; false when there is one already. */
  boolean startIfMissing(Campaign campaign) {
    return startOnce(campaign, () -> engine.asServer(() -> create(campaign)));
  }

  private boolean startOnce(Campaign campaign, Supplier<String> start) {
    return lock.hold(
        "campaign/" + campaign.key(),
        () -> {
          if (find(campaign.key()).isPresent()) {
            return false;
          }
          String id = start.get();
          LOG.info("campaign started key={} processInstance={}", campaign.key(), id);
          return true;
        });
  }

  private String create(Campaign campaign) {
    Map<String, Object> variables = new HashMap<>(campaign.settings().timers());
    variables.put("campaignKey", campaign.key());
    if (campaign.settings().roundsMax() != null) {
      variables.put("roundsMax", campaign.settings().roundsMax());
    }
    return runtime
        .startProcessInstanceByKey(PROCESS, campaign.key(), variables)
        .getProcessInstanceId();
  }

  /** The newest process instance of the campaign, running or ended. */
  public Optional<HistoricProcessInstance> find(String campaignKey) {
    return engine.asServer(
        () ->
            history
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(campaignKey)
                .processDefinitionKey(PROCESS)
                .orderByProcessInstanceStartTime()
                .desc()
                .listPage(0, 1)
                .stream()
                .findFirst());
  }

  /**
   * Sends a message to the campaign's process and the steps it called.
   *
   * @throws ApiException 409 when the campaign has ended or does not wait for the message
   */
  public void send(String campaignKey, String message) {
    requireRunning(campaignKey);
    if (!isAwaited(campaignKey, message)) {
      throw new ApiException(HttpStatus.CONFLICT, "message-not-awaited", campaignKey, message);
    }
    try {
      engine.asServer(
          () -> {
            runtime
                .createMessageCorrelation(message)
                .processInstanceBusinessKey(campaignKey)
                .correlate();
            return null;
          });
    } catch (MismatchingMessageCorrelationException e) {
      throw new ApiException(HttpStatus.CONFLICT, "message-not-awaited", campaignKey, message);
    }
    LOG.info("campaign message sent key={} message={}", campaignKey, message);
  }

  /** Asked first, as the engine logs a message that nobody awaits as its own error. */
  private boolean isAwaited(String campaignKey, String message) {
    return engine.asServer(
        () ->
            runtime
                    .createExecutionQuery()
                    .processInstanceBusinessKey(campaignKey)
                    .messageEventSubscriptionName(message)
                    .count()
                > 0);
  }

  /**
   * @throws ApiException 409 when the process has ended, or has not been started yet
   */
  void requireRunning(String campaignKey) {
    if (find(campaignKey).isEmpty()) {
      throw new ApiException(HttpStatus.CONFLICT, "campaign-starting", campaignKey);
    }
    requireNotEnded(campaignKey);
  }

  /**
   * A campaign whose process is not there yet passes: it will start.
   *
   * @throws ApiException 409 when the process has ended
   */
  public void requireNotEnded(String campaignKey) {
    find(campaignKey)
        .filter(instance -> instance.getEndTime() != null)
        .ifPresent(
            instance -> {
              throw new ApiException(
                  HttpStatus.CONFLICT, "campaign-ended", campaignKey, outcome(instance.getId()));
            });
  }

  /** How the process ended: its variable, or {@code terminated} when an operator deleted it. */
  String outcome(String processInstanceId) {
    return engine.asServer(
        () ->
            history
                .createHistoricVariableInstanceQuery()
                .processInstanceId(processInstanceId)
                .variableName("campaignOutcome")
                .list()
                .stream()
                // A task that reports the outcome has a copy in its own scope.
                .filter(v -> processInstanceId.equals(v.getActivityInstanceId()))
                .findFirst()
                .map(v -> String.valueOf(v.getValue()))
                .orElse("terminated"));
  }
}
