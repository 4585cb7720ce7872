package io.channelwise.launcher.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.BertException;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.Prediction;
import io.channelwise.bert.TaggedSentence;
import io.channelwise.bert.Tagger;
import io.channelwise.bert.Task;
import io.channelwise.probability.PurchaseFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Classifies texts. */
@Command(
    name = "predict",
    sortOptions = false,
    description = {
      "Answer texts with a model, one JSON line each; with a model of purchases, say how likely each"
          + " row of --data ends in one.",
      "A line has text, label and score; pair for the second text; labels and scores where there may"
          + " be several; words, tags, scores and entities where words are tagged; rejected when"
          + " there is a threshold. Of a model of purchases: row and probability."
    })
public final class PredictCommand extends ModelCommand {
  private static final int CHUNK = 512;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of a model.")
  private Path model;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "A text to classify; may be given several times.")
  private List<String> texts = new ArrayList<>();

  @Option(
      names = "--pair",
      paramLabel = "TEXT",
      description = "The second text of a pair; one for each --text, in the same order.")
  private List<String> seconds = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "CSV with texts to classify; of a model that tags words, CoNLL columns; of a model of"
              + " purchases, CSV with the columns that it reads.")
  private Path data;

  @Mixin private TextColumns columns = new TextColumns();

  @Mixin private DeviceOptions device = new DeviceOptions();

  @Mixin private BackendOption backend = new BackendOption();

  @Option(
      names = "--reject-below",
      paramLabel = "P",
      description =
          "Mark answers with a lower probability as rejected, 0 to 1. Default: the threshold stored"
              + " by calibrate --precision, if any.")
  private Double rejectBelow;

  @Option(
      names = "--threshold",
      defaultValue = "0.5",
      paramLabel = "P",
      description =
          "A label is given from this probability on, 0 to 1 (multi-label). Default:"
              + " ${DEFAULT-VALUE}.")
  private double labelThreshold;

  @Mixin private ExplainOptions explain = new ExplainOptions();

  @Override
  void run() {
    if (rejectBelow != null && !(rejectBelow >= 0 && rejectBelow <= 1)) {
      throw new BertException("Option --reject-below is " + rejectBelow + "; expected 0 to 1.");
    }
    if (!(labelThreshold >= 0 && labelThreshold <= 1)) {
      throw new BertException("Option --threshold is " + labelThreshold + "; expected 0 to 1.");
    }
    if (PurchaseFolder.holds(model)) {
      if (data == null || !texts.isEmpty() || !Files.isReadable(data)) {
        throw new BertException(
            "Model %s decides on rows of behaviour; give a CSV of them by --data FILE, and no --text."
                .formatted(model));
      }
      PurchasePrediction.print(model, data, out());
      return;
    }
    if (texts.isEmpty() && data == null) {
      throw new BertException("There is no text to answer; give --text TEXT or --data FILE.");
    }
    explain.check();
    Task task = Task.ofModel(model);
    List<List<String>> inputs = inputs(task);
    if (task == Task.TOKENS) {
      tag(inputs);
    } else {
      classify(task, inputs);
    }
    explain.write(model, inputs, device.name(), device.threads(), err());
  }

  private List<List<String>> inputs(Task task) {
    if (!seconds.isEmpty() && seconds.size() != texts.size()) {
      throw new BertException(
          "There are %d --text and %d --pair; give one --pair for each --text."
              .formatted(texts.size(), seconds.size()));
    }
    if (task == Task.PAIR && !texts.isEmpty() && seconds.isEmpty()) {
      throw new BertException(
          "Model " + model + " reads two texts together; give the second of each with --pair.");
    }
    List<List<String>> inputs = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      if (task == Task.TOKENS) {
        inputs.add(Tagger.words(texts.get(i)));
      } else {
        inputs.add(
            seconds.isEmpty() ? List.of(texts.get(i)) : List.of(texts.get(i), seconds.get(i)));
      }
    }
    inputs.removeIf(List::isEmpty);
    inputs.addAll(DataOptions.readInputs("input", data, task, columns.alone(), err()));
    if (inputs.isEmpty()) {
      throw new BertException("There is no text to answer; give --text TEXT or --data FILE.");
    }
    return inputs;
  }

  private void classify(Task task, List<List<String>> inputs) {
    try (Classifier classifier =
            Classifier.load(model, device.name(), device.threads(), backend.chosen());
        WorkProgress progress = WorkProgress.lines(err(), "prediction")) {
      double threshold = threshold(classifier);
      for (int from = 0; from < inputs.size(); from += CHUNK) {
        List<List<String>> chunk = inputs.subList(from, Math.min(from + CHUNK, inputs.size()));
        List<Prediction> predictions = classifier.predictInputs(chunk);
        for (int i = 0; i < chunk.size(); i++) {
          print(line(task, chunk.get(i), predictions.get(i), threshold));
        }
        out().flush();
        progress.onAnswered(from + chunk.size(), inputs.size());
      }
      DataOptions.remarkLong(
          err(), task, classifier.countLongInputs(inputs), classifier.maxLength());
    }
  }

  private void tag(List<List<String>> sentences) {
    try (Tagger tagger = Tagger.load(model, device.name(), device.threads(), backend.chosen());
        WorkProgress progress = WorkProgress.lines(err(), "prediction")) {
      for (int from = 0; from < sentences.size(); from += CHUNK) {
        List<List<String>> chunk =
            sentences.subList(from, Math.min(from + CHUNK, sentences.size()));
        tagger.tag(chunk).forEach(sentence -> print(line(sentence)));
        out().flush();
        progress.onAnswered(from + chunk.size(), sentences.size());
      }
      DataOptions.remarkLong(err(), Task.TOKENS, tagger.countLong(sentences), tagger.maxLength());
    }
  }

  private double threshold(Classifier classifier) {
    if (rejectBelow != null) {
      return rejectBelow;
    }
    return classifier.calibration().map(c -> c.reject().threshold()).orElse(0.0);
  }

  private ObjectNode line(Task task, List<String> inputs, Prediction prediction, double threshold) {
    ObjectNode line = JSON.createObjectNode();
    line.put("text", inputs.get(0));
    if (inputs.size() > 1) {
      line.put("pair", inputs.get(1));
    }
    if (task == Task.MULTI_LABEL) {
      line.set("labels", JSON.valueToTree(prediction.labels(labelThreshold)));
      line.set("scores", JSON.valueToTree(prediction.scores()));
      return line;
    }
    line.put("label", prediction.label());
    line.put("score", prediction.score());
    if (threshold > 0) {
      line.put("rejected", prediction.score() < threshold);
    }
    return line;
  }

  private static ObjectNode line(TaggedSentence sentence) {
    ObjectNode line = JSON.createObjectNode();
    line.set("words", JSON.valueToTree(sentence.words()));
    line.set("tags", JSON.valueToTree(sentence.tags()));
    line.set("scores", JSON.valueToTree(sentence.scores()));
    line.set("entities", JSON.valueToTree(sentence.entities()));
    return line;
  }

  private void print(ObjectNode line) {
    try {
      out().println(JSON.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A text cannot be written as JSON", e);
    }
  }
}
