package io.channelwise.server.campaign;

import io.channelwise.campaign.Text;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where a campaign stands.
 *
 * @param processInstanceId null while the process has not been started
 * @param state {@code starting}, {@code running}, {@code suspended} or {@code ended}
 * @param outcome how it ended; null before
 * @param cycle of the loop, from 1; 0 before the campaign was opened
 * @param steps the six steps in order
 * @param figures values that steps handed to the campaign, by variable name
 */
public record Progress(
    String processInstanceId,
    String state,
    String outcome,
    int cycle,
    List<Step> steps,
    List<OpenTask> tasks,
    List<OpenIncident> incidents,
    Map<String, Object> figures,
    Instant startedAt,
    Instant endedAt) {

  public Progress {
    steps = List.copyOf(steps);
    tasks = List.copyOf(tasks);
    incidents = List.copyOf(incidents);
  }

  /** A campaign whose process is about to start. */
  static Progress starting() {
    return new Progress(
        null, "starting", null, 0, List.of(), List.of(), List.of(), Map.of(), null, null);
  }

  /** The step in which the campaign is now; null between steps. */
  public Step currentStep() {
    return steps.stream().filter(s -> s.state().equals("active")).findFirst().orElse(null);
  }

  /**
   * @param process key of the step's process, e.g. {@code market-research}
   * @param state {@code done}, {@code active} or {@code ahead}
   */
  public record Step(String process, Text name, String state) {}

  /**
   * @param task id of the task in its model, e.g. {@code Task_ApproveTargetMarket}
   * @param groups who may do it
   * @param assignee who claimed it; null when nobody
   */
  public record OpenTask(
      String id,
      String task,
      String name,
      String process,
      List<String> groups,
      String assignee,
      Instant createdAt,
      Instant dueAt) {}

  /**
   * @param activity id of the activity that cannot go on
   * @param message what failed and what to do
   */
  public record OpenIncident(
      String id, String type, String process, String activity, String message, Instant since) {}
}
