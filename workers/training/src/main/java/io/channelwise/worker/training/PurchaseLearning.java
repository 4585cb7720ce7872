package io.channelwise.worker.training;

import io.channelwise.bert.DatasetTooSmallException;
import io.channelwise.feedback.Dataset;
import io.channelwise.feedback.DatasetService;
import io.channelwise.feedback.Split;
import io.channelwise.model.Judgement;
import io.channelwise.model.ModelStore;
import io.channelwise.model.ModelVersion;
import io.channelwise.model.PurchaseJudgement;
import io.channelwise.model.TrainingRun;
import io.channelwise.probability.BehaviourTable;
import io.channelwise.probability.Evaluation;
import io.channelwise.probability.LearnedPurchases;
import io.channelwise.probability.ProbabilityException;
import io.channelwise.probability.PurchaseFolder;
import io.channelwise.probability.PurchaseModel;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Learns how likely users buy from what they did before. Takes seconds, so a broken round begins
 * again; the same users and seed give the same files.
 */
@Component
final class PurchaseLearning implements Learning {
  private static final double NANOS = 1e9;

  private final TrainingData data;
  private final ModelStore store;

  PurchaseLearning(TrainingData data, ModelStore store) {
    this.data = data;
    this.store = store;
  }

  @Override
  public Dataset.Kind kind() {
    return Dataset.Kind.BEHAVIOUR;
  }

  @Override
  public Map<String, Object> settings(FineTuneWorker.Input input) {
    return Map.of("seed", input.seed(), "folds", settings(input.seed()).folds());
  }

  private static PurchaseModel.Settings settings(int seed) {
    return PurchaseModel.Settings.DEFAULT.withSeed(seed);
  }

  @Override
  public Learned learn(
      FineTuneWorker.Input input, TrainingRun run, Path folder, TaskContext context) {
    long begun = System.nanoTime();
    PurchaseModel.Settings settings = settings(input.seed());
    LearnedPurchases learned;
    try {
      learned =
          LearnedPurchases.of(
              data.behaviour(run.datasetId(), Split.TRAIN),
              data.behaviour(run.datasetId(), Split.EVAL),
              DatasetService.SEGMENT_COLUMN,
              settings,
              context::throwIfCancelled);
    } catch (ProbabilityException e) {
      throw new DatasetTooSmallException(e.getMessage());
    }
    PurchaseFolder.write(learned, run.modelName(), folder.resolve("model"));
    PurchaseModel.Candidate chosen =
        learned.model().candidates().stream()
            .filter(candidate -> candidate.kind() == learned.model().chosen())
            .findFirst()
            .orElseThrow();
    // Each kind in each fold, and the chosen one on all rows.
    long fitted = (long) settings.folds() * PurchaseModel.Kind.values().length + 1;
    return new Learned(
        fitted, chosen.judged().logLoss().value(), (System.nanoTime() - begun) / NANOS);
  }

  @Override
  public Judgement judge(
      Dataset dataset, ModelVersion candidate, Optional<ModelVersion> live, TaskContext context) {
    BehaviourTable judged = data.behaviour(dataset.id(), Split.EVAL);
    LearnedPurchases learned = read(candidate);
    Evaluation lived = null;
    if (live.isPresent()) {
      context.throwIfCancelled();
      PurchaseModel model = read(live.get()).model();
      // It may have learned from another campaign's channels: those are missing here.
      lived = evaluate(model, judged.aligned(model.columns()));
    }
    return new PurchaseJudgement(
        dataset.campaignKey(),
        learned.study(),
        evaluate(learned.model(), judged),
        live.map(ModelVersion::version).orElse(null),
        lived);
  }

  private static Evaluation evaluate(PurchaseModel model, BehaviourTable judged) {
    return model.evaluate(
        judged, LearnedPurchases.RESAMPLES, PurchaseModel.Settings.DEFAULT.seed());
  }

  private LearnedPurchases read(ModelVersion version) {
    try {
      return PurchaseFolder.read(Learnings.verified(store, version));
    } catch (ProbabilityException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }
}
