package io.channelwise.bert.internal.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.internal.files.CalibrationFile;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Writes {@code metrics.json}, {@code report.txt} and {@code model-card.md}. */
public final class ModelFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelFiles() {}

  /**
   * Names of everything a trained model's folder holds; a folder with more is not ours to replace.
   */
  public static final Set<String> NAMES =
      Set.of(
          "config.json",
          "model.safetensors",
          "tokenizer.json",
          "tokenizer_config.json",
          "metrics.json",
          "training.jsonl",
          "adapter",
          "report.txt",
          ModelCard.FILE,
          "search.txt",
          "trials.csv",
          "trials.json",
          "compression.txt",
          "compression.csv",
          CalibrationFile.FILE);

  /** Writes all three files. */
  public static void write(
      Path folder, TrainingSettings settings, DataFacts data, TrainingResult result)
      throws IOException {
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("metrics.json").toFile(), metrics(settings, data, result));
    Evaluation evaluation = result.evaluation();
    Files.writeString(
        folder.resolve("report.txt"),
        evaluation == null
            ? "No evaluation data was given.\n"
            : evaluation.report() + "\n" + evaluation.summary());
    Files.writeString(folder.resolve(ModelCard.FILE), ModelCard.of(settings, data, result));
  }

  private static ObjectNode metrics(
      TrainingSettings settings, DataFacts data, TrainingResult result) {
    ObjectNode node =
        result.evaluation() == null
            ? EvaluationJson.none()
            : EvaluationJson.of(result.evaluation());
    node.put("training_examples", data.trainExamples());
    node.put("texts_cut", data.cut());
    node.put("steps", result.steps());
    node.put("final_loss", result.finalLoss());
    node.put("seconds", result.seconds());
    node.put("tokens_per_second", result.tokensPerSecond());
    node.put("seed", settings.seed());
    node.put("base", settings.base());
    node.put("dataset_sha256", data.sha256());
    return node;
  }
}
