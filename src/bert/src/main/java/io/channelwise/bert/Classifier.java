package io.channelwise.bert;

import io.channelwise.bert.evaluation.Calibrator;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.CalibrationFile;
import io.channelwise.bert.internal.report.Scores;
import io.channelwise.bert.internal.report.Temperature;
import io.channelwise.bert.internal.task.Answers;
import io.channelwise.bert.training.FineTuner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A loaded classifier of texts or pairs, of one label or several. Safe for many threads; calls are
 * answered one after another.
 */
public final class Classifier implements AutoCloseable {
  private final LoadedModel model;
  private final Calibration calibration; // null when there is none

  private Classifier(LoadedModel model, Calibration calibration) {
    this.model = model;
    this.calibration = calibration;
  }

  /**
   * Loads a directory written by {@link FineTuner}, or another {@code
   * BertForSequenceClassification}, on the GPU if there is one.
   *
   * @throws ModelFormatException when the model cannot be read, has no classes or tags words
   */
  public static Classifier load(Path modelDir) {
    return load(modelDir, "auto", 0);
  }

  /**
   * Loads a directory onto a device, with its calibration if it has one.
   *
   * @param device {@code auto}, {@code cpu} or {@code gpu}
   * @param threads of the CPU kernels of the whole process; 0 leaves them as they are
   * @throws ModelFormatException when the model cannot be read, has no classes or tags words
   */
  public static Classifier load(Path modelDir, String device, int threads) {
    return load(modelDir, device, threads, Backend.DJL);
  }

  /**
   * As {@link #load(Path, String, int)}, with another backend than PyTorch. To choose between them,
   * {@link Backend#AUTO} computes for a moment.
   *
   * @param device {@code auto}, {@code cpu} or {@code gpu}; onnxruntime runs on the CPU
   * @throws ModelFormatException when the model cannot be read, has no classes or tags words
   * @throws BertException when the backend cannot be had on this machine or device
   */
  public static Classifier load(Path modelDir, String device, int threads, Backend backend) {
    Calibration calibration = CalibrationFile.read(modelDir).orElse(null);
    return load(modelDir, device, threads, backend, calibration);
  }

  /** As {@link #load(Path, String, int)}, with the probabilities of the bare model. */
  public static Classifier loadUncalibrated(Path modelDir, String device, int threads) {
    return load(modelDir, device, threads, Backend.DJL, null);
  }

  private static Classifier load(
      Path modelDir, String device, int threads, Backend backend, Calibration calibration) {
    BertConfig config = BertConfig.readClassifier(modelDir);
    if (config.task() == Task.TOKENS) {
      throw new ModelFormatException(
          "Model " + modelDir + " tags words and classifies no texts; load it as a Tagger.");
    }
    return new Classifier(
        LoadedModel.load(modelDir, config, device, threads, backend), calibration);
  }

  /** What the model decides on: any task but {@link Task#TOKENS}. */
  public Task task() {
    return model.config().task();
  }

  /** Classes in the order of the model's outputs. */
  public List<String> labels() {
    return model.config().labels();
  }

  /** Tokens an input is cut to, markers included. */
  public int maxLength() {
    return model.config().maxLength();
  }

  /** What {@link Calibrator} stored with the model; predictions are made with its temperature. */
  public Optional<Calibration> calibration() {
    return Optional.ofNullable(calibration);
  }

  /** How many of these texts are longer than {@link #maxLength()} and get cut. */
  public int countLong(List<String> texts) {
    return countLongInputs(single(texts));
  }

  /** As {@link #countLong}, of one text or two each. */
  public int countLongInputs(List<List<String>> inputs) {
    return model.inputs(inputs).longExamples();
  }

  /** One prediction a text, in the same order; texts over the model's limit are cut. */
  public List<Prediction> predict(List<String> texts) {
    return predictInputs(single(texts));
  }

  /**
   * One prediction an input, in the same order; those over the model's limit are cut, the longer
   * text of a pair first.
   *
   * @param inputs one text or two each, as the model's task takes
   * @throws DatasetException when the task takes another number of texts
   */
  public List<Prediction> predictInputs(List<List<String>> inputs) {
    return predictInputs(inputs, AnswerListener.NONE);
  }

  /** As {@link #predictInputs(List)}, telling how far it is. */
  public List<Prediction> predictInputs(List<List<String>> inputs, AnswerListener listener) {
    float[][] logits = model.logits(model.inputs(inputs), listener);
    double[][] probabilities = Answers.probabilities(task(), logits, 1);
    if (calibration != null) {
      double temperature = calibration.temperature();
      probabilities =
          task() == Task.MULTI_LABEL
              ? Temperature.scaleEach(probabilities, temperature)
              : Temperature.scale(probabilities, temperature);
    }
    List<Prediction> result = new ArrayList<>(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      result.add(prediction(String.join(" ", inputs.get(i)), probabilities[i]));
    }
    return result;
  }

  private static List<List<String>> single(List<String> texts) {
    return texts.stream().map(List::of).toList();
  }

  private Prediction prediction(String text, double[] probabilities) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int c = 0; c < probabilities.length; c++) {
      scores.put(labels().get(c), probabilities[c]);
    }
    int best = Scores.highest(probabilities);
    return new Prediction(
        text, labels().get(best), probabilities[best], Collections.unmodifiableMap(scores));
  }

  @Override
  public void close() {
    model.close();
  }
}
