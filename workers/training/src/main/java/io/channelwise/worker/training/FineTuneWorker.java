package io.channelwise.worker.training;

import io.channelwise.bert.DatasetTooSmallException;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingDivergedException;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Topic {@code bert.fine-tune}: trains a round and leaves a candidate version in the store.
 *
 * <p>Idempotent by run and round: a finished round answers at once, a broken one resumes from its
 * last checkpoint and ends with the weights of an unbroken one. The short lock lets a cancellation
 * be seen within seconds.
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
   * @param steps optimiser steps of the whole round
   * @param trainingLoss mean loss of the last epoch, in nats
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
  private final ModelStore store;
  private final EndedRuns ended;
  private final TrainingMeasures measures;
  private final TrainingWorkerSettings settings;

  FineTuneWorker(
      TrainingRunService runs,
      TrainingData data,
      CampaignService campaigns,
      ModelStore store,
      EndedRuns ended,
      TrainingMeasures measures,
      TrainingWorkerSettings settings) {
    this.runs = runs;
    this.data = data;
    this.campaigns = campaigns;
    this.store = store;
    this.ended = ended;
    this.measures = measures;
    this.settings = settings;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    TrainingSettings training = training(input);
    Dataset dataset = data.require(input.datasetId(), input.modelName());
    ended.sweep();
    try (RunFolder folder = RunFolder.lock(store, input.trainingRunId(), input.trainingRound())) {
      TrainingRun run = runs.begin(asked(input, dataset, context));
      if (!run.isTrained()) {
        requireRunning(run);
        run = train(run, training, folder, context);
      }
      folder.delete();
      return new Output(Math.toIntExact(run.steps()), run.trainingLoss());
    } catch (StaleAttemptException e) {
      throw new TaskContext.Cancelled(e.getMessage());
    }
  }

  private NewTraining asked(Input input, Dataset dataset, TaskContext context) {
    return new NewTraining(
        input.trainingRunId(),
        input.trainingRound(),
        input.modelName(),
        campaigns.find(context.businessKey()).map(Campaign::key).orElse(null),
        input.cycle(),
        dataset.id(),
        dataset.sha256(),
        Map.of(
            "base", input.base(),
            "epochs", input.epochs(),
            "learningRate", input.learningRate(),
            "batchSize", input.batchSize(),
            "maxLength", input.maxLength(),
            "seed", input.seed()));
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
      TrainingRun run, TrainingSettings training, RunFolder folder, TaskContext context) {
    LOG.info(
        "training run={} round={} attempt={} base={} dataset={}",
        run.runId(),
        run.round(),
        run.attempt(),
        training.base(),
        run.datasetId());
    ProgressWriter progress =
        new ProgressWriter(runs, run, context, measures, settings.progressInterval());
    Path model = folder.path().resolve("model");
    try {
      TrainingResult result =
          FineTuner.train(
              training,
              data.train(run.datasetId()),
              data.eval(run.datasetId()),
              folder.path(),
              model,
              progress);
      progress.flush();
      context.throwIfCancelled();
      String path = "%s/%s-%d".formatted(run.modelName(), run.runId(), run.round());
      String sha256 = store.put(path, model);
      runs.trained(
          run,
          new TrainedModel(result.steps(), result.finalLoss(), result.seconds(), path, sha256));
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

  private TrainingSettings training(Input input) {
    try {
      return TrainingSettings.builder()
          .base(data.base(input.base()))
          .epochs(input.epochs())
          .learningRate(input.learningRate())
          .batchSize(input.batchSize())
          .maxLength(input.maxLength())
          .seed(input.seed())
          .threads(settings.threads())
          .device(settings.device())
          .checkpointSteps(settings.checkpointSteps())
          .logSteps(1)
          .build();
    } catch (IllegalArgumentException e) {
      throw new PermanentFailure(
          "Training run %s, round %d, has a wrong setting: %s Correct the variable, then retry."
              .formatted(input.trainingRunId(), input.trainingRound(), e.getMessage()),
          e);
    }
  }
}
