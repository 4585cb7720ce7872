package io.channelwise.launcher.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.BertException;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.ExampleFile;
import io.channelwise.bert.Prediction;
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
    description =
        "Classify texts; prints one JSON line per text: text, label, score, and rejected"
            + " when there is a threshold.")
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

  @Option(names = "--data", paramLabel = "FILE", description = "CSV with texts to classify.")
  private Path data;

  @Option(
      names = "--text-column",
      defaultValue = "text",
      paramLabel = "NAME",
      description = "Column of the texts in --data. Default: ${DEFAULT-VALUE}.")
  private String textColumn;

  @Option(
      names = "--threads",
      defaultValue = "0",
      description = "CPU threads; 0 takes one a processor. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "auto|cpu|gpu",
      description = "Where to run. Default: ${DEFAULT-VALUE}, a GPU if PyTorch sees one.")
  private String device;

  @Mixin private BackendOption backend = new BackendOption();

  @Option(
      names = "--reject-below",
      paramLabel = "P",
      description =
          "Mark answers with a lower probability as rejected, 0 to 1. Default: the threshold stored"
              + " by calibrate --precision, if any.")
  private Double rejectBelow;

  @Override
  void run() {
    DeviceOption.require(device);
    if (rejectBelow != null && !(rejectBelow >= 0 && rejectBelow <= 1)) {
      throw new BertException("Option --reject-below is " + rejectBelow + "; expected 0 to 1.");
    }
    List<String> inputs = new ArrayList<>(texts);
    if (data != null) {
      inputs.addAll(ExampleFile.readTexts(data, textColumn));
    }
    if (inputs.isEmpty()) {
      throw new BertException("There is no text to classify; give --text TEXT or --data FILE.");
    }
    try (Classifier classifier = Classifier.load(model, device, threads, backend.chosen())) {
      double threshold = threshold(classifier);
      for (int from = 0; from < inputs.size(); from += CHUNK) {
        List<String> chunk = inputs.subList(from, Math.min(from + CHUNK, inputs.size()));
        classifier.predict(chunk).forEach(prediction -> print(prediction, threshold));
        out().flush();
      }
    }
  }

  private double threshold(Classifier classifier) {
    if (rejectBelow != null) {
      return rejectBelow;
    }
    return classifier.calibration().map(c -> c.reject().threshold()).orElse(0.0);
  }

  private void print(Prediction prediction, double threshold) {
    ObjectNode line = JSON.createObjectNode();
    line.put("text", prediction.text());
    line.put("label", prediction.label());
    line.put("score", prediction.score());
    if (threshold > 0) {
      line.put("rejected", prediction.score() < threshold);
    }
    try {
      out().println(JSON.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A text cannot be written as JSON", e);
    }
  }
}
