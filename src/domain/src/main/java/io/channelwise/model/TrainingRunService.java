package io.channelwise.model;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Rounds of training from their begin to their judgement.
 *
 * <p>Each delivery that begins gets the next attempt number and names it in every write. A write
 * with an older number, or to a round that was ended, throws {@link StaleAttemptException} and
 * changes nothing. Thread-safe.
 */
@Service
public class TrainingRunService {
  private final TrainingRunRepository runs;
  private final ModelRepository models;
  private final SegmentRepository segments;
  private final BriefingService briefings;
  private final Clock clock;

  TrainingRunService(
      TrainingRunRepository runs,
      ModelRepository models,
      SegmentRepository segments,
      BriefingService briefings,
      Clock clock) {
    this.runs = runs;
    this.models = models;
    this.segments = segments;
    this.briefings = briefings;
    this.clock = clock;
  }

  /**
   * Begins a round, or takes it over from an earlier delivery. A round that is trained or ended
   * comes back as it is.
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public TrainingRun begin(NewTraining training) {
    runs.begin(training, clock.instant());
    return require(training.runId(), training.round());
  }

  /** Stores logged steps; a step that is there already, from before a resume, is replaced. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public void progress(TrainingRun run, List<ProgressRow> rows) {
    requireOwned(run);
    Instant now = clock.instant();
    rows.forEach(row -> runs.progress(run.runId(), run.round(), row, now));
  }

  /** Stores what an epoch reached. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public void epoch(TrainingRun run, EpochRow row) {
    requireOwned(run);
    runs.epoch(run.runId(), run.round(), row, clock.instant());
  }

  /** Ends the training with a candidate version. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public ModelVersion trained(TrainingRun run, TrainedModel model) {
    models.lock(run.modelName());
    Instant now = clock.instant();
    if (runs.trained(run.runId(), run.round(), run.attempt(), model, now) != 1) {
      throw stale(run);
    }
    models.insert(run, model, now);
    return models.ofRun(run.runId(), run.round()).orElseThrow();
  }

  /**
   * Adds what the evaluation measured to the version and briefs those who decide on its release; a
   * repetition writes the same again.
   *
   * @throws UnknownTrainingException when the round made no version
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Judged judge(String runId, int round, Judgement judgement) {
    if (models.addMetrics(runId, round, judgement.metrics()) != 1) {
      throw new UnknownTrainingException(
          "Training run %s, round %d, made no model that could be judged. Fine-tune first."
              .formatted(runId, round));
    }
    runs.evaluated(runId, round, clock.instant());
    ModelVersion version = models.ofRun(runId, round).orElseThrow();
    if (judgement instanceof PurchaseJudgement purchases) {
      segments.insert(version, purchases.campaignKey(), purchases.study().segments());
    }
    String briefingId =
        briefings.save(
            "training/%s/%d".formatted(runId, round),
            briefing(require(runId, round), version, judgement));
    return new Judged(version, briefingId);
  }

  private Briefing briefing(TrainingRun run, ModelVersion version, Judgement judgement) {
    if (judgement instanceof PurchaseJudgement purchases) {
      return PurchaseBriefing.of(run, version, purchases);
    }
    return TrainingBriefing.of(
        run,
        version,
        (TextJudgement) judgement,
        progress(run.runId(), run.round()),
        epochs(run.runId(), run.round()));
  }

  /** Notes what stopped this attempt; a later delivery may take the round over. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public void failed(TrainingRun run, String problem) {
    runs.failed(run.runId(), run.round(), run.attempt(), problem, clock.instant());
  }

  public Optional<TrainingRun> find(String runId, int round) {
    return runs.find(runId, round);
  }

  /** The round; throws {@link UnknownTrainingException} when there is none. */
  public TrainingRun require(String runId, int round) {
    return find(runId, round)
        .orElseThrow(
            () ->
                new UnknownTrainingException(
                    "There is no training run %s, round %d.".formatted(runId, round)));
  }

  /** All rounds of a run, in order; empty when the run is unknown. */
  public List<TrainingRun> rounds(String runId) {
    return runs.rounds(runId);
  }

  /** The newest rounds of all runs first. */
  public List<TrainingRun> latest(int limit) {
    return runs.latest(limit);
  }

  /** Logged steps, in order. */
  public List<ProgressRow> progress(String runId, int round) {
    return runs.progress(runId, round);
  }

  /** Epochs, in order. */
  public List<EpochRow> epochs(String runId, int round) {
    return runs.epochs(runId, round);
  }

  private void requireOwned(TrainingRun run) {
    if (!runs.lockOwned(run.runId(), run.round(), run.attempt())) {
      throw stale(run);
    }
  }

  private StaleAttemptException stale(TrainingRun run) {
    return new StaleAttemptException(
        "Attempt %d of training run %s, round %d, is not in charge any more; the round is %s."
            .formatted(
                run.attempt(),
                run.runId(),
                run.round(),
                find(run.runId(), run.round())
                    .map(now -> now.state() + " at attempt " + now.attempt())
                    .orElse("gone")));
  }
}
