package io.channelwise.server.campaign;

import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.Text;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A campaign as the API and the pages show it.
 *
 * @param state see {@link Progress}
 * @param step the step it is in; null between steps, before and after
 * @param links to what belongs to it, by relation
 */
public record CampaignView(
    String key,
    String name,
    String company,
    String product,
    String description,
    String locale,
    double promotionBudget,
    String currency,
    Instant createdAt,
    String state,
    String outcome,
    int cycle,
    CurrentStep step,
    List<Progress.Step> steps,
    List<Progress.OpenTask> openTasks,
    List<Progress.OpenIncident> incidents,
    Map<String, Object> figures,
    Instant startedAt,
    Instant endedAt,
    String processInstanceId,
    Map<String, String> links) {

  /**
   * @param process key of the step's process
   */
  public record CurrentStep(String process, Text name) {}

  static CampaignView of(Campaign campaign, Progress progress) {
    Progress.Step current = progress.currentStep();
    return new CampaignView(
        campaign.key(),
        campaign.name(),
        campaign.company(),
        campaign.product(),
        campaign.description(),
        campaign.locale(),
        campaign.promotionBudget(),
        campaign.currency(),
        campaign.createdAt(),
        progress.state(),
        progress.outcome(),
        progress.cycle(),
        current == null ? null : new CurrentStep(current.process(), current.name()),
        progress.steps(),
        progress.tasks(),
        progress.incidents(),
        progress.figures(),
        progress.startedAt(),
        progress.endedAt(),
        progress.processInstanceId(),
        links(campaign.key(), progress));
  }

  static Map<String, String> links(String key, Progress progress) {
    Map<String, String> links = new LinkedHashMap<>();
    String self = "/api/campaigns/" + key;
    links.put("self", self);
    links.put("page", "/campaigns/" + key);
    links.put("report", self + "/report");
    links.put("deals", self + "/deals");
    links.put("events", self + "/events");
    links.put("data", self + "/data");
    links.put("cancellation", self + "/cancellation");
    links.put("tasks", "/camunda/app/tasklist/default/");
    if (progress.processInstanceId() != null && progress.endedAt() == null) {
      links.put(
          "cockpit",
          "/camunda/app/cockpit/default/#/process-instance/" + progress.processInstanceId());
    }
    return links;
  }
}
