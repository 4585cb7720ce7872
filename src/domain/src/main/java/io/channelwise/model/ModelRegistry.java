package io.channelwise.model;

import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which versions of a model there are and which is live. Thread-safe. */
@Service
public class ModelRegistry {
  /**
   * PostgreSQL channel that tells each release, with the model's name, to those who {@code LISTEN}.
   */
  public static final String RELEASED_CHANNEL = "channelwise_model_released";

  private final ModelRepository models;
  private final TrainingRunRepository runs;
  private final SegmentRepository segments;
  private final Clock clock;

  ModelRegistry(
      ModelRepository models, TrainingRunRepository runs, SegmentRepository segments, Clock clock) {
    this.models = models;
    this.runs = runs;
    this.segments = segments;
    this.clock = clock;
  }

  /** The version that answers customers; empty before the first release. */
  public Optional<ModelVersion> live(String modelName) {
    return models.live(modelName);
  }

  /**
   * P(U) by the newest version of {@link SegmentProbabilities#MODEL} that was released and learned
   * from this campaign's users; empty before there is one.
   */
  public Optional<SegmentProbabilities> segmentProbabilities(String campaignKey) {
    return segments.newestReleased(campaignKey, SegmentProbabilities.MODEL);
  }

  /** All versions, the newest first, at most 500. */
  public List<ModelVersion> versions(String modelName) {
    return models.versions(modelName);
  }

  /** The version that a round of training made; empty when it made none (yet). */
  public Optional<ModelVersion> ofRun(String runId, int round) {
    return models.ofRun(runId, round);
  }

  /** Names of the models that have a version, sorted. */
  public List<String> models() {
    return models.models();
  }

  /**
   * Makes the round's version the live one, once: the version that was live is retired, the run's
   * other candidates are discarded, and listeners are told. A repetition changes nothing, also when
   * a newer version was released meanwhile.
   *
   * @param approver who decided; null when unknown
   * @throws UnknownTrainingException when the round made no version, or one of another model
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Release release(
      String runId, int round, String modelName, String approver, String comment) {
    models.lock(modelName);
    ModelVersion version = require(runId, round, modelName);
    if (!version.stage().equals("candidate")) {
      return new Release(version, version.releasedAt() != null);
    }
    Instant now = clock.instant();
    models.retire(modelName, now);
    if (models.release(runId, round, approver, comment, now) != 1) {
      throw new IllegalStateException(
          "Version %d of model %s could not be released; a candidate was expected."
              .formatted(version.version(), modelName));
    }
    models.discardRun(runId, null);
    runs.end(runId, round, "released", null, now);
    models.notifyReleased(modelName);
    return new Release(require(runId, round, modelName), true);
  }

  /**
   * Puts the run's candidates aside and ends the round, so that a worker still busy with it
   * publishes nothing. Released versions stay. A repetition changes nothing.
   *
   * @param reason e.g. {@code cancelled}; null when none was given
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public void discard(String runId, int round, String modelName, String reason) {
    models.lock(modelName);
    models.discardRun(runId, reason);
    runs.end(runId, round, "discarded", reason, clock.instant());
  }

  private ModelVersion require(String runId, int round, String modelName) {
    return models
        .ofRun(runId, round)
        .filter(version -> version.modelName().equals(modelName))
        .orElseThrow(
            () ->
                new UnknownTrainingException(
                    "Training run %s, round %d, made no version of model %s. Look at the run's state before releasing."
                        .formatted(runId, round, modelName)));
  }
}
