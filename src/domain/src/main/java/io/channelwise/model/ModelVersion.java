package io.channelwise.model;

import java.time.Instant;
import java.util.Map;

/**
 * One trained model.
 *
 * @param version counted from 1 for each model
 * @param stage {@code candidate}, {@code live}, {@code retired} or {@code discarded}; at most one
 *     version of a model is live
 * @param path folder relative to the model store
 * @param sha256 of the folder's files, see {@link ModelStore#sha256}
 * @param metrics by name, e.g. {@code accuracy}, {@code macroF1} (0..1)
 * @param approver who released it; null when nobody did or the engine did not say
 * @param releasedAt null when it never was live
 */
public record ModelVersion(
    String modelName,
    int version,
    String stage,
    String path,
    String sha256,
    Map<String, Double> metrics,
    String datasetId,
    String approver,
    Instant createdAt,
    Instant releasedAt) {

  public ModelVersion {
    metrics = Map.copyOf(metrics);
  }
}
