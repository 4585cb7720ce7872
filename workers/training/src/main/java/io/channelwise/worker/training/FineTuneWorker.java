package io.channelwise.worker.training;

import io.channelwise.bert.DatasetTooSmallException;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingDivergedException;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.feedback.Dataset;
import io.channelwise.model.ModelStore;
import io.channelwise.model.NewTraining;
import io.channelwise.model.StaleAttemptException;
import io.channelwise.model.TrainedModel;
import io.channelwise.model.TrainingRun;
import io.channelwise.model.TrainingRunService;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.Nullable;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Topic {@code bert.fine-tune}: trains a round and leaves a candidate version in the store.
 *
 * <p>Idempotent by run and round: a finished round answers at once, a broken one resumes from its
 * last checkpoint and ends with the weights of an unbroken one. How is learned is {@link
 * Learning}'s. The short lock lets a cancellation be seen within seconds.
 */
@Component
public final class FineTuneWorker implements Worker<FineTuneWorker.Input, FineTuneWorker.Output> {
  /** Shared with {@code bert.evaluate}, so that both topics run in one group, one at a time. */
  static final Duration LOCK = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(FineTuneWorker.class);
  private static final int CRASHES_MAX = 10;

  /**
   * Variables read.
   *
   * @param cycle the campaign's, from 1; null for a run that was started on its own
   */
  public record Input(
      String trainingRunId,
      Integer trainingRound,
      @Nullable Integer cycle,
      String modelName,
      String datasetId,
      String base,
      Integer epochs,
      Double learningRate,
      Integer batchSize,
      Integer maxLength,
      Integer seed) {}

  /**
   * Variables written.
   *
   * @param steps optimiser steps of the whole round; of a model of behaviour, models fitted
   * @param trainingLoss mean loss of the last epoch, in nats; of a model of behaviour, that of the
   *     cross-validation
   */
  public record Output(Integer steps, Double trainingLoss) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of(
              "bert.fine-tune", Input.class, Output.class, "DATASET_TOO_SMALL", "TRAINING_DIVERGED")
          .withLock(LOCK)
          .withRetries(5);

  private final TrainingRunService runs;
  private final TrainingData data;
  private final CampaignService campaigns;
  private final Learnings learnings;
  private final ModelStore store;
  private final EndedRuns ended;

  FineTuneWorker(
      TrainingRunService runs,
      TrainingData data,
      CampaignService campaigns,
      Learnings learnings,
      ModelStore store,
      EndedRuns ended) {
    this.runs = runs;
    this.data = data;
    this.campaigns = campaigns;
    this.learnings = learnings;
    this.store = store;
    this.ended = ended;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    Dataset dataset = data.require(input.datasetId(), input.modelName());
    Learning learning = learnings.of(dataset);
    NewTraining asked = asked(input, dataset, learning.settings(input), context);
    ended.sweep();
    try (RunFolder folder = RunFolder.lock(store, input.trainingRunId(), input.trainingRound())) {
      TrainingRun run = runs.begin(asked);
      if (!run.isTrained()) {
        requireRunning(run);
        run = train(learning, input, run, folder, context);
      }
      folder.delete();
      return new Output(Math.toIntExact(run.steps()), run.trainingLoss());
    } catch (StaleAttemptException e) {
      throw new TaskContext.Cancelled(e.getMessage());
    }
  }

  private NewTraining asked(
      Input input, Dataset dataset, Map<String, Object> settings, TaskContext context) {
    return new NewTraining(
        input.trainingRunId(),
        input.trainingRound(),
        input.modelName(),
        campaigns.find(context.businessKey()).map(Campaign::key).orElse(null),
        input.cycle(),
        dataset.id(),
        dataset.sha256(),
        settings);
  }

  private void requireRunning(TrainingRun run) {
    if (!run.state().equals("running")) {
      throw new PermanentFailure(
          "Training run %s, round %d, was ended as %s before it was trained. Start another round."
              .formatted(run.runId(), run.round(), run.state()));
    }
    // A death of the process costs no retry at the engine; without this it would repeat for ever.
    if (run.attempt() % CRASHES_MAX == 0) {
      String problem =
          "Training run %s, round %d, was begun %d times without an end; the training process dies or is stopped. Look at its log and memory, then retry."
              .formatted(run.runId(), run.round(), run.attempt());
      runs.failed(run, problem);
      throw new PermanentFailure(problem);
    }
  }

  private TrainingRun train(
      Learning learning, Input input, TrainingRun run, RunFolder folder, TaskContext context) {
    LOG.info(
        "training run={} round={} attempt={} model={} dataset={}",
        run.runId(),
        run.round(),
        run.attempt(),
        run.modelName(),
        run.datasetId());
    try {
      Learning.Learned learned = learning.learn(input, run, folder.path(), context);
      context.throwIfCancelled();
      String path = "%s/%s-%d".formatted(run.modelName(), run.runId(), run.round());
      String sha256 = store.put(path, folder.path().resolve("model"));
      runs.trained(
          run, new TrainedModel(learned.steps(), learned.loss(), learned.seconds(), path, sha256));
      return runs.require(run.runId(), run.round());
    } catch (TrainingCancelledException e) {
      // The checkpoint stays: a shutdown resumes from it, a cancelled run keeps it.
      throw new TaskContext.Cancelled(e.getMessage());
    } catch (DatasetTooSmallException e) {
      throw business(run, "DATASET_TOO_SMALL", e);
    } catch (TrainingDivergedException e) {
      throw business(run, "TRAINING_DIVERGED", e);
    } catch (ModelFormatException e) {
      runs.failed(run, e.getMessage());
      throw new PermanentFailure(e.getMessage(), e);
    }
  }

  private BusinessError business(TrainingRun run, String code, RuntimeException e) {
    runs.failed(run, e.getMessage());
    return new BusinessError(code, e.getMessage());
  }
}
