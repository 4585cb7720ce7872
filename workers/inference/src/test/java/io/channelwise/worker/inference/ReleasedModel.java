package io.channelwise.worker.inference;

import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelStore;
import io.channelwise.model.ModelVersion;
import io.channelwise.model.NewTraining;
import io.channelwise.model.TrainedModel;
import io.channelwise.model.TrainingRun;
import io.channelwise.model.TrainingRunService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** A small model in the registry, as a training run and a person would leave it. */
final class ReleasedModel {
  private ReleasedModel() {}

  /** Trains on a handful of examples and releases the result. */
  static ModelVersion train(
      ApplicationContext context, Path folder, String model, Task task, List<Example> examples) {
    String name = UUID.randomUUID().toString();
    Path work = folder.resolve("work");
    Path out = folder.resolve("out-" + name);
    FineTuner.train(
        TrainingSettings.builder()
            .task(task)
            .epochs(4)
            .batchSize(8)
            .learningRate(1e-3)
            .maxLength(16)
            .device("cpu")
            .build(),
        examples,
        List.of(),
        work.resolve(name),
        out,
        TrainingListener.NONE);
    return release(context, folder, model, out);
  }

  /** Puts a trained model into the store and releases it. */
  static ModelVersion release(ApplicationContext context, Path folder, String model, Path out) {
    String runId = UUID.randomUUID().toString();
    TrainingRunService runs = context.getBean(TrainingRunService.class);
    ModelStore store = new ModelStore(folder.resolve("store"));
    TrainingRun run =
        runs.begin(
            new NewTraining(
                runId,
                1,
                model,
                null,
                null,
                UUID.randomUUID().toString(),
                "00",
                Map.of("epochs", 4)));
    String path = model + "/" + runId + "-1";
    runs.trained(run, new TrainedModel(12, 0.1, 1, path, store.put(path, out)));
    return context.getBean(ModelRegistry.class).release(runId, 1, model, "anna", null).version();
  }
}
