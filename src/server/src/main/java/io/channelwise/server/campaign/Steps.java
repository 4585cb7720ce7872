package io.channelwise.server.campaign;

import io.channelwise.campaign.Text;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.springframework.stereotype.Component;

/** The six steps and which of them the current cycle has passed. Thread-safe. */
@Component
class Steps {
  private static final List<Step> ALL =
      List.of(
          new Step("market-research", new Text("Market research", "市场调研")),
          new Step("channel-expansion", new Text("Channel expansion", "渠道拓展")),
          new Step("business-model", new Text("Business model", "商业模式")),
          new Step("market-promotion", new Text("Market promotion", "市场推广")),
          new Step("customer-service", new Text("Customer service", "客户服务")),
          new Step("product-iteration", new Text("Product iteration", "产品迭代")));

  private static final int INSTANCES_MAX = 2000;

  private final HistoryService history;
  private final RepositoryService models;
  private final Map<String, Map<String, String>> calledByDefinition = new ConcurrentHashMap<>();

  private record Step(String process, Text name) {}

  Steps(HistoryService history, RepositoryService models) {
    this.history = history;
    this.models = models;
  }

  /** The steps of one campaign's process instance. */
  List<Progress.Step> of(String processInstanceId, String processDefinitionId) {
    Map<String, String> called = called(processDefinitionId);
    Map<String, HistoricActivityInstance> latest = new HashMap<>();
    history
        .createHistoricActivityInstanceQuery()
        .processInstanceId(processInstanceId)
        .activityType("callActivity")
        .orderByHistoricActivityInstanceStartTime()
        .asc()
        .listPage(0, INSTANCES_MAX)
        .forEach(i -> latest.put(called.getOrDefault(i.getActivityId(), ""), i));
    HistoricActivityInstance first = latest.get(ALL.get(0).process());
    Instant cycleStart = first == null ? Instant.MIN : first.getStartTime().toInstant();
    return ALL.stream()
        .map(
            step ->
                new Progress.Step(
                    step.process(), step.name(), state(latest.get(step.process()), cycleStart)))
        .toList();
  }

  private static String state(HistoricActivityInstance instance, Instant cycleStart) {
    if (instance == null || instance.getStartTime().toInstant().isBefore(cycleStart)) {
      return "ahead";
    }
    Date end = instance.getEndTime();
    if (end == null) {
      return "active";
    }
    return instance.isCanceled() ? "ahead" : "done";
  }

  private Map<String, String> called(String processDefinitionId) {
    return calledByDefinition.computeIfAbsent(
        processDefinitionId,
        id -> {
          Map<String, String> byActivity = new HashMap<>();
          models
              .getBpmnModelInstance(id)
              .getModelElementsByType(CallActivity.class)
              .forEach(call -> byActivity.put(call.getId(), call.getCalledElement()));
          return byActivity;
        });
  }
}
