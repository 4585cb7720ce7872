package io.channelwise.worker.training;

import io.channelwise.feedback.Dataset;
import io.channelwise.model.Judged;
import io.channelwise.model.Judgement;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelVersion;
import io.channelwise.model.TrainingRunService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.Nullable;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Topic {@code bert.evaluate}: judges a round's candidate on the dataset's evaluation split, and
 * the live version on the same.
 */
@Component
public final class EvaluateWorker implements Worker<EvaluateWorker.Input, EvaluateWorker.Output> {
  /** Variables read. */
  public record Input(
      String trainingRunId, Integer trainingRound, String modelName, String datasetId) {}

  /**
   * Variables written.
   *
   * @param measure what the score is: {@code macroF1} or {@code auc}
   * @param score what the release is judged by, 0..1
   * @param liveScore the live version's; null when none is live
   * @param longerTrainingHelps whether more epochs can make the model better
   * @param examples texts or users judged
   * @param modelVersion number of the candidate, as text
   */
  public record Output(
      String measure,
      Double score,
      @Nullable Double liveScore,
      Boolean longerTrainingHelps,
      Integer examples,
      String modelVersion,
      String briefingId) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("bert.evaluate", Input.class, Output.class).withLock(FineTuneWorker.LOCK);

  private final TrainingRunService runs;
  private final ModelRegistry registry;
  private final TrainingData data;
  private final Learnings learnings;

  EvaluateWorker(
      TrainingRunService runs, ModelRegistry registry, TrainingData data, Learnings learnings) {
    this.runs = runs;
    this.registry = registry;
    this.data = data;
    this.learnings = learnings;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    ModelVersion candidate =
        registry
            .ofRun(input.trainingRunId(), input.trainingRound())
            .orElseThrow(
                () ->
                    new PermanentFailure(
                        "Training run %s, round %d, has no model to judge. Fine-tune first, then retry."
                            .formatted(input.trainingRunId(), input.trainingRound())));
    Dataset dataset = data.require(input.datasetId(), input.modelName());
    Optional<ModelVersion> live =
        registry.live(input.modelName()).filter(version -> !version.equals(candidate));
    Judgement judgement = learnings.of(dataset).judge(dataset, candidate, live, context);
    Judged judged = runs.judge(input.trainingRunId(), input.trainingRound(), judgement);
    return new Output(
        judgement.measure(),
        judgement.score(),
        judgement.liveScore(),
        judgement.longerTrainingHelps(),
        judgement.examples(),
        Integer.toString(judged.version().version()),
        judged.briefingId());
  }
}
