package io.channelwise.bert;

import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.CalibrationFile;
import io.channelwise.bert.internal.inference.Scorer;
import io.channelwise.bert.internal.inference.Scorers;
import io.channelwise.bert.internal.report.Scores;
import io.channelwise.bert.internal.report.Temperature;
import io.channelwise.bert.internal.task.Answers;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.internal.text.TokenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A loaded sequence classifier. Safe for many threads; calls are answered one after another. */
public final class Classifier implements AutoCloseable {
  private final Object lock = new Object();
  private final BertConfig config;
  private final Scorer scorer;
  private final TextEncoder encoder;
  private final Calibration calibration; // null when there is none
  private boolean closed;

  private Classifier(
      BertConfig config, Scorer scorer, TextEncoder encoder, Calibration calibration) {
    this.config = config;
    this.scorer = scorer;
    this.encoder = encoder;
    this.calibration = calibration;
  }

  /**
   * Loads a directory written by {@link FineTuner}, or another {@code
   * BertForSequenceClassification}, on the GPU if there is one.
   *
   * @throws ModelFormatException when the model cannot be read or has no classes
   */
  public static Classifier load(Path modelDir) {
    return load(modelDir, "auto", 0);
  }

  /**
   * Loads a directory onto a device, with its calibration if it has one.
   *
   * @param device {@code auto}, {@code cpu} or {@code gpu}
   * @param threads of the CPU kernels of the whole process; 0 leaves them as they are
   * @throws ModelFormatException when the model cannot be read or has no classes
   */
  public static Classifier load(Path modelDir, String device, int threads) {
    return load(modelDir, device, threads, Backend.DJL);
  }

  /**
   * As {@link #load(Path, String, int)}, with another backend than PyTorch. To choose between them,
   * {@link Backend#AUTO} computes for a moment.
   *
   * @param device {@code auto}, {@code cpu} or {@code gpu}; onnxruntime runs on the CPU
   * @throws ModelFormatException when the model cannot be read or has no classes
   * @throws BertException when the backend cannot be had on this machine or device
   */
  public static Classifier load(Path modelDir, String device, int threads, Backend backend) {
    Calibration calibration = CalibrationFile.read(modelDir).orElse(null);
    return load(modelDir, device, threads, backend, calibration);
  }

  /** As {@link #load(Path, String, int)}, with the probabilities of the bare model. */
  static Classifier loadUncalibrated(Path modelDir, String device, int threads) {
    return load(modelDir, device, threads, Backend.DJL, null);
  }

  private static Classifier load(
      Path modelDir, String device, int threads, Backend backend, Calibration calibration) {
    BertConfig config = BertConfig.readClassifier(modelDir);
    TextEncoder encoder = new TextEncoder(modelDir);
    try {
      Scorer scorer = Scorers.load(modelDir, config, backend, device, threads);
      return new Classifier(config, scorer, encoder, calibration);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  /** Classes in the order of the model's outputs. */
  public List<String> labels() {
    return config.labels();
  }

  /** Tokens a text is cut to, markers included. */
  public int maxLength() {
    return config.maxLength();
  }

  /** What {@link Calibrator} stored with the model; predictions are made with its temperature. */
  public Optional<Calibration> calibration() {
    return Optional.ofNullable(calibration);
  }

  /** How many of these texts are longer than {@link #maxLength()} and get cut. */
  public int countLong(List<String> texts) {
    return encoder.encode(texts, maxLength()).cut();
  }

  /** One prediction a text, in the same order; texts over the model's limit are cut. */
  public List<Prediction> predict(List<String> texts) {
    List<TokenIds> ids = encoder.encode(texts, maxLength()).ids();
    double[][] probabilities;
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("This classifier is closed.");
      }
      probabilities = Answers.probabilities(config.task(), scorer.logits(ids), 1);
    }
    if (calibration != null) {
      probabilities = Temperature.scale(probabilities, calibration.temperature());
    }
    List<Prediction> result = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      result.add(prediction(texts.get(i), probabilities[i]));
    }
    return result;
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
    synchronized (lock) {
      if (!closed) {
        closed = true;
        scorer.close();
        encoder.close();
      }
    }
  }
}
