package io.channelwise.bert.internal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.channelwise.bert.internal.adapter.LoraWeights;
import io.channelwise.bert.internal.adapter.PeftWriter;
import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.ClassifierWeights;
import io.channelwise.bert.internal.files.TokenizerFile;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.WeightSource;
import io.channelwise.bert.internal.report.ModelFiles;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes a trained model as a Hugging Face directory. */
public final class Export {

  private Export() {}

  /** Writes weights, configuration, tokenizer, metrics and texts; the folder appears at once. */
  public static void write(
      TrainingRun run,
      TrainingSettings settings,
      TrainingData data,
      Path base,
      TrainingResult result) {
    write(run.model(), run.adapter(), run.log(), settings, data, base, result, folder -> {});
  }

  /**
   * As the method above, of any model with a log.
   *
   * @param adapter low-rank updates to merge into the weights, if there are any
   * @param more written into the folder last, before it appears
   */
  public static void write(
      Bert model,
      Optional<LoraWeights> adapter,
      TrainingLog log,
      TrainingSettings settings,
      TrainingData data,
      Path base,
      TrainingResult result,
      AtomicDirectory.Content more) {
    AtomicDirectory.replace(
        result.model(),
        folder -> {
          model.config().write(folder);
          weights(model, adapter, settings, data, base, folder);
          if (adapter.isPresent()) {
            adapter(model, adapter.get(), settings, folder.resolve("adapter"));
          }
          TokenizerFile.copy(base, model.config().maxPositions(), folder);
          log.copyTo(folder);
          ModelFiles.write(folder, settings, data.facts(), result);
          more.write(folder);
        });
  }

  private static void weights(
      Bert model,
      Optional<LoraWeights> adapter,
      TrainingSettings settings,
      TrainingData data,
      Path base,
      Path folder)
      throws IOException {
    BertConfig config = model.config();
    try (WeightSource pretrained =
        WeightSource.of(base, config, false, settings.fromScratch(), settings.seed())) {
      ClassifierWeights.write(
          folder,
          config,
          name -> {
            FloatBuffer values = merged(model, adapter, name);
            return name.equals(BertWeightNames.WORD_EMBEDDINGS)
                ? data.vocabulary().merge(pretrained.read(name), values)
                : values;
          });
    }
  }

  /** The low-rank updates and the head by themselves, as PEFT reads them. */
  private static void adapter(
      Bert model, LoraWeights adapter, TrainingSettings settings, Path folder) throws IOException {
    Map<String, NDArray> trained = new LinkedHashMap<>(adapter.arrays());
    BertWeightNames.head(model.config())
        .keySet()
        .forEach(name -> trained.put(name, model.weights().get(name)));
    Map<String, long[]> shapes = new LinkedHashMap<>();
    trained.forEach((name, array) -> shapes.put(name, array.getShape().getShape()));
    PeftWriter.write(
        folder,
        adapter.settings(),
        settings.base(),
        model.config(),
        shapes,
        name -> HostValues.copy(trained.get(name)));
  }

  /** A weight with its low-rank update, if it has one. */
  private static FloatBuffer merged(Bert model, Optional<LoraWeights> adapter, String name) {
    NDArray weight = model.weights().get(name);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return HostValues.copy(adapter.map(a -> a.merged(name, weight)).orElse(weight));
    }
  }
}
