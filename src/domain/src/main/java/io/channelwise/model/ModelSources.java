package io.channelwise.model;

import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Sources;
import io.channelwise.campaign.Text;
import java.util.Map;

/** Training runs and model versions as the inputs of figures. */
final class ModelSources {
  private ModelSources() {}

  /** A run with all its rounds. */
  static Source run(String runId) {
    return new Source(
        "training-run/" + runId,
        new Text("Training run " + runId, "训练 " + runId),
        Sources.path("api", "training-runs", runId));
  }

  /** The logged steps and epochs of a round. */
  static Source metrics(TrainingRun run) {
    return new Source(
        "training-run/%s/%d".formatted(run.runId(), run.round()),
        new Text(
            "Logged steps and epochs of training run %s, round %d"
                .formatted(run.runId(), run.round()),
            "训练 %s 第 %d 轮的步骤与轮次记录".formatted(run.runId(), run.round())),
        Sources.path("api", "training-runs", run.runId(), "metrics")
            + "?"
            + Sources.query(Map.of("round", Integer.toString(run.round()))));
  }

  static Source dataset(TrainingRun run) {
    return new Source(
        "dataset/" + run.datasetId(),
        new Text("Dataset " + run.datasetId(), "数据集 " + run.datasetId()),
        Sources.path("api", "datasets", run.datasetId()));
  }

  /**
   * @param version its number, or null for all versions
   */
  static Source version(String modelName, Integer version) {
    return new Source(
        version == null ? "model/" + modelName : "model/%s/%d".formatted(modelName, version),
        version == null
            ? new Text("Versions of model " + modelName, "模型 %s 的各版本".formatted(modelName))
            : new Text(
                "Model %s, version %d".formatted(modelName, version),
                "模型 %s 版本 %d".formatted(modelName, version)),
        Sources.path("api", "models", modelName, "versions"));
  }
}
