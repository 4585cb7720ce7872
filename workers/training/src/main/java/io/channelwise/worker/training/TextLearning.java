package io.channelwise.worker.training;

import io.channelwise.bert.BertException;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import io.channelwise.feedback.Dataset;
import io.channelwise.model.Judgement;
import io.channelwise.model.ModelStore;
import io.channelwise.model.ModelVersion;
import io.channelwise.model.TextJudgement;
import io.channelwise.model.TrainingRun;
import io.channelwise.model.TrainingRunService;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Fine-tunes BERT on labelled texts, or pairs of texts. A broken round resumes from its last
 * checkpoint and ends with the weights of an unbroken one.
 */
@Component
final class TextLearning implements Learning {
  /** Texts predicted between two looks at the cancellation. */
  private static final int CHUNK = 64;

  private final TrainingRunService runs;
  private final TrainingData data;
  private final ModelStore store;
  private final TrainingMeasures measures;
  private final TrainingWorkerSettings settings;

  TextLearning(
      TrainingRunService runs,
      TrainingData data,
      ModelStore store,
      TrainingMeasures measures,
      TrainingWorkerSettings settings) {
    this.runs = runs;
    this.data = data;
    this.store = store;
    this.measures = measures;
    this.settings = settings;
  }

  @Override
  public Dataset.Kind kind() {
    return Dataset.Kind.TEXTS;
  }

  @Override
  public Map<String, Object> settings(FineTuneWorker.Input input) {
    training(input, Task.SEQUENCE);
    return Map.of(
        "base", input.base(),
        "epochs", input.epochs(),
        "learningRate", input.learningRate(),
        "batchSize", input.batchSize(),
        "maxLength", input.maxLength(),
        "seed", input.seed());
  }

  @Override
  public Learned learn(
      FineTuneWorker.Input input, TrainingRun run, Path folder, TaskContext context) {
    ProgressWriter progress =
        new ProgressWriter(runs, run, context, measures, settings.progressInterval());
    List<Example> examples = data.train(run.datasetId());
    boolean pairs = !examples.isEmpty() && examples.get(0).inputs().size() == 2;
    TrainingResult result =
        FineTuner.train(
            training(input, pairs ? Task.PAIR : Task.SEQUENCE),
            examples,
            data.eval(run.datasetId()),
            folder,
            folder.resolve("model"),
            progress);
    progress.flush();
    return new Learned(result.steps(), result.finalLoss(), result.seconds());
  }

  private TrainingSettings training(FineTuneWorker.Input input, Task task) {
    try {
      return TrainingSettings.builder()
          .task(task)
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

  @Override
  public Judgement judge(
      Dataset dataset, ModelVersion candidate, Optional<ModelVersion> live, TaskContext context) {
    List<Example> examples = data.eval(dataset.id());
    if (examples.isEmpty()) {
      throw new PermanentFailure(
          "Dataset %s has no evaluation examples. Build it again with more feedback."
              .formatted(dataset.id()));
    }
    Scores scores = scores(candidate, dataset.labels(), examples, context);
    Scores liveScores =
        live.map(version -> scores(version, dataset.labels(), examples, context)).orElse(null);
    return new TextJudgement(
        examples.size(),
        scores.accuracy(),
        scores.macroF1(),
        scores.weightedF1(),
        live.map(ModelVersion::version).orElse(null),
        liveScores == null ? null : liveScores.accuracy(),
        liveScores == null ? null : liveScores.macroF1(),
        scores.classes());
  }

  private Scores scores(
      ModelVersion version, List<String> labels, List<Example> examples, TaskContext context) {
    Path folder = Learnings.verified(store, version);
    List<String> answers = new ArrayList<>(examples.size());
    try (Classifier classifier = Classifier.load(folder, settings.device(), settings.threads())) {
      for (int from = 0; from < examples.size(); from += CHUNK) {
        context.throwIfCancelled();
        List<List<String>> inputs =
            examples.subList(from, Math.min(examples.size(), from + CHUNK)).stream()
                .map(Example::inputs)
                .toList();
        classifier.predictInputs(inputs).forEach(prediction -> answers.add(prediction.label()));
      }
    } catch (BertException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
    return Scores.of(labels, examples.stream().map(Example::label).toList(), answers);
  }
}
