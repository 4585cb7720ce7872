package io.channelwise.worker.training;

import io.channelwise.bert.BertException;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.Example;
import io.channelwise.feedback.Dataset;
import io.channelwise.model.Judged;
import io.channelwise.model.Judgement;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelStore;
import io.channelwise.model.ModelVersion;
import io.channelwise.model.TrainingRunService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Topic {@code bert.evaluate}: judges a round's candidate on the dataset's evaluation split, and
 * the live version on the same texts.
 */
@Component
public final class EvaluateWorker implements Worker<EvaluateWorker.Input, EvaluateWorker.Output> {
  /** Texts predicted between two looks at the cancellation. */
  private static final int CHUNK = 64;

  /** Variables read. */
  public record Input(
      String trainingRunId, Integer trainingRound, String modelName, String datasetId) {}

  /**
   * Variables written.
   *
   * @param liveMacroF1 0 when no version is live
   * @param examples texts judged
   * @param modelVersion number of the candidate, as text
   */
  public record Output(
      Double accuracy,
      Double macroF1,
      Double liveMacroF1,
      Integer examples,
      String modelVersion,
      String briefingId) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("bert.evaluate", Input.class, Output.class).withLock(FineTuneWorker.LOCK);

  private final TrainingRunService runs;
  private final ModelRegistry registry;
  private final TrainingData data;
  private final ModelStore store;
  private final TrainingWorkerSettings settings;

  EvaluateWorker(
      TrainingRunService runs,
      ModelRegistry registry,
      TrainingData data,
      ModelStore store,
      TrainingWorkerSettings settings) {
    this.runs = runs;
    this.registry = registry;
    this.data = data;
    this.store = store;
    this.settings = settings;
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
    List<Example> examples = data.eval(dataset.id());
    if (examples.isEmpty()) {
      throw new PermanentFailure(
          "Dataset %s has no evaluation examples. Build it again with more feedback."
              .formatted(dataset.id()));
    }
    Scores scores = scores(candidate, dataset.labels(), examples, context);
    Optional<ModelVersion> live =
        registry.live(input.modelName()).filter(version -> !version.equals(candidate));
    Scores liveScores =
        live.map(version -> scores(version, dataset.labels(), examples, context)).orElse(null);
    Judged judged =
        runs.judge(
            input.trainingRunId(),
            input.trainingRound(),
            judgement(examples.size(), scores, live, liveScores));
    return new Output(
        scores.accuracy(),
        scores.macroF1(),
        liveScores == null ? 0.0 : liveScores.macroF1(),
        examples.size(),
        Integer.toString(judged.version().version()),
        judged.briefingId());
  }

  private static Judgement judgement(
      int examples, Scores scores, Optional<ModelVersion> live, Scores liveScores) {
    return new Judgement(
        examples,
        scores.accuracy(),
        scores.macroF1(),
        scores.weightedF1(),
        live.map(ModelVersion::version).orElse(null),
        liveScores == null ? 0 : liveScores.accuracy(),
        liveScores == null ? 0 : liveScores.macroF1(),
        scores.classes());
  }

  private Scores scores(
      ModelVersion version, List<String> labels, List<Example> examples, TaskContext context) {
    String sha256 = store.sha256(version.path());
    if (!sha256.equals(version.sha256())) {
      throw new PermanentFailure(
          "Version %d of model %s does not match its record: sha256 %s was found, %s expected. Restore %s in the model store, then retry."
              .formatted(
                  version.version(),
                  version.modelName(),
                  sha256,
                  version.sha256(),
                  version.path()));
    }
    List<String> answers = new ArrayList<>(examples.size());
    try (Classifier classifier =
        Classifier.load(store.resolve(version.path()), settings.device(), settings.threads())) {
      for (int from = 0; from < examples.size(); from += CHUNK) {
        context.throwIfCancelled();
        List<String> texts =
            examples.subList(from, Math.min(examples.size(), from + CHUNK)).stream()
                .map(Example::text)
                .toList();
        classifier.predict(texts).forEach(prediction -> answers.add(prediction.label()));
      }
    } catch (BertException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
    return Scores.of(labels, examples.stream().map(Example::label).toList(), answers);
  }
}
