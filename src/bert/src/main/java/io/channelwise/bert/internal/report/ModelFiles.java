package io.channelwise.bert.internal.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.Evaluation;
import io.channelwise.bert.TrainingResult;
import io.channelwise.bert.TrainingSettings;
import io.channelwise.bert.internal.files.CalibrationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Writes {@code metrics.json}, {@code report.txt} and {@code model-card.md}. */
public final class ModelFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String CARD =
      """
      # Text classifier

      A BERT fine-tuned by Channelwise to tell %d classes apart: %s.

      ## Scores

      %s

      ## Training

      | setting | value |
      | --- | --- |
      | base | %s |
      | training texts | %d |
      | texts cut at %d tokens (training and evaluation) | %d |
      | epochs, steps | %d, %d |
      | batch size | %d |
      | learning rate, warm-up share | %s, %s |
      | weight decay, dropout, clip norm | %s, %s, %s |
      | label smoothing, class weights | %s, %s |
      | seed | %d |
      | final training loss | %.4f |
      | data (SHA-256) | %s |

      Rows of the word embedding that no text of the data uses are as pretrained.

      ## Use

      `./channelwise predict --model DIR --text "..."`, or with Hugging Face transformers, where the
      head takes the mean of the token states (`channelwise.pooling` in config.json):

      ```python
      import torch
      from safetensors.torch import load_file
      from transformers import AutoTokenizer, BertModel

      tokenizer = AutoTokenizer.from_pretrained(DIR)
      encoder = BertModel.from_pretrained(DIR, add_pooling_layer=False).eval()
      weights = load_file(DIR + "/model.safetensors")
      batch = tokenizer(TEXTS, padding=True, truncation=True, max_length=%d, return_tensors="pt")
      states = encoder(**batch).last_hidden_state
      mask = batch["attention_mask"].unsqueeze(-1)
      pooled = (states * mask).sum(1) / mask.sum(1)
      logits = pooled @ weights["classifier.weight"].T + weights["classifier.bias"]
      ```

      ## Limits

      It knows only the classes above and answers with one of them for any text. Texts longer than
      %d tokens are cut. Judge it on texts of your own before people depend on it.
      """;

  /**
   * What the model was trained on.
   *
   * @param trainExamples training texts
   * @param evalExamples evaluation texts
   * @param cutTexts texts longer than the limit, of both
   * @param sha256 of all texts and labels
   */
  public record DataFacts(int trainExamples, int evalExamples, int cutTexts, String sha256) {}

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
          "report.txt",
          "model-card.md",
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
    Files.writeString(folder.resolve("model-card.md"), card(settings, data, result));
  }

  private static ObjectNode metrics(
      TrainingSettings settings, DataFacts data, TrainingResult result) {
    ObjectNode node =
        result.evaluation() == null
            ? JSON.createObjectNode()
            : EvaluationJson.of(result.evaluation());
    node.put("training_examples", data.trainExamples());
    node.put("texts_cut", data.cutTexts());
    node.put("steps", result.steps());
    node.put("final_loss", result.finalLoss());
    node.put("seconds", result.seconds());
    node.put("tokens_per_second", result.tokensPerSecond());
    node.put("seed", settings.seed());
    node.put("base", settings.base());
    node.put("dataset_sha256", data.sha256());
    return node;
  }

  private static String card(TrainingSettings settings, DataFacts data, TrainingResult result) {
    Evaluation evaluation = result.evaluation();
    String scores =
        evaluation == null
            ? "No evaluation data was given."
            : String.format(
                Locale.ROOT,
                "On %d held-out texts: accuracy %.4f, macro F1 %.4f, weighted F1 %.4f.\n\n```\n%s```",
                evaluation.examples(),
                evaluation.accuracy(),
                evaluation.macroF1(),
                evaluation.weightedF1(),
                evaluation.report());
    return String.format(
        Locale.ROOT,
        CARD,
        result.labels().size(),
        String.join(", ", result.labels()),
        scores,
        settings.base(),
        data.trainExamples(),
        settings.maxLength(),
        data.cutTexts(),
        settings.epochs(),
        result.steps(),
        settings.batchSize(),
        settings.learningRate(),
        settings.warmupShare(),
        settings.weightDecay(),
        settings.dropout(),
        settings.clipNorm(),
        settings.labelSmoothing(),
        settings.balancedClasses() ? "balanced" : "none",
        settings.seed(),
        result.finalLoss(),
        data.sha256(),
        settings.maxLength(),
        settings.maxLength());
  }
}
