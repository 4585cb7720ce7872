package io.channelwise.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** Tells the progress of training runs, a line an epoch. Not thread-safe. */
final class TrainingWatch {
  private final Api api;
  private final String campaignKey;
  private final Story story;
  private final Map<String, Integer> epochs = new HashMap<>();

  TrainingWatch(Api api, String campaignKey, Story story) {
    this.api = api;
    this.campaignKey = campaignKey;
    this.story = story;
  }

  void tell() {
    for (JsonNode run :
        api.get(
            "/engine-rest/process-instance?processDefinitionKey=model-training&businessKey="
                + Api.encode(campaignKey))) {
      tell(run.get("id").asText());
    }
  }

  private void tell(String runId) {
    JsonNode rows;
    try {
      rows = api.get("/api/training-runs/" + runId + "/metrics");
    } catch (Api.ApiException e) {
      if (e.status() == 404) {
        // The worker has not begun yet.
        return;
      }
      throw e;
    }
    JsonNode points = rows.path("steps");
    if (points.isEmpty()) {
      return;
    }
    JsonNode last = points.get(points.size() - 1);
    int epoch = (int) Math.floor(last.path("epoch").asDouble());
    Integer before = epochs.put(runId, epoch);
    if (before == null || before < epoch) {
      Object[] figures = {
        epoch,
        last.path("step").asInt(),
        last.path("loss").asDouble(),
        last.path("tokensPerSecond").asDouble()
      };
      story.tell(
          "Training: epoch %d, step %d, loss %.3f, %.0f tokens/s".formatted(figures),
          "训练：第 %d 轮，第 %d 步，损失 %.3f，每秒 %.0f 词元".formatted(figures));
    }
  }
}
