package io.channelwise.bert;

import io.channelwise.bert.internal.files.CalibrationFile;
import io.channelwise.bert.internal.report.Rejection;
import io.channelwise.bert.internal.report.Scores;
import io.channelwise.bert.internal.report.Temperature;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Makes a model's probabilities honest: a temperature and a reject threshold, stored with it. */
public final class Calibrator {
  /** Fewer texts say nothing about probabilities. */
  private static final int EXAMPLES_MIN = 20;

  private static final int TAKEN_MIN = 10;

  private Calibrator() {}

  /**
   * Fits on held-out texts and stores the result as {@code calibration.json} in the model's folder,
   * where {@link Classifier#load} finds it. An older one is replaced.
   *
   * @param examples texts that the model was neither trained nor chosen on
   * @param wantedPrecision share of right answers among the taken ones, 0..1; 0 takes every answer
   * @param device {@code auto}, {@code cpu} or {@code gpu}
   * @param threads of the CPU kernels; 0 leaves them as they are
   * @throws DatasetTooSmallException with fewer than 20 texts
   * @throws DatasetException when a label is unknown to the model
   * @throws BertException when no threshold gives the wanted precision
   */
  public static Calibration calibrate(
      Path modelDir, List<Example> examples, double wantedPrecision, String device, int threads) {
    if (!(wantedPrecision >= 0 && wantedPrecision <= 1)) {
      throw new BertException(
          "The wanted precision is " + wantedPrecision + "; expected 0 to 1, 0 for none.");
    }
    if (examples.size() < EXAMPLES_MIN) {
      throw new DatasetTooSmallException(
          "There are %d texts to calibrate on; needed are at least %d. Label more texts."
              .formatted(examples.size(), EXAMPLES_MIN));
    }
    Task task = Task.ofModel(modelDir);
    if (task == Task.MULTI_LABEL || task == Task.TOKENS) {
      throw new BertException(
          "Model %s is of the task %s; calibration is for models that choose one label a text or pair."
              .formatted(modelDir, task.key()));
    }
    double[][] probabilities;
    int[] truths;
    try (Classifier classifier = Classifier.loadUncalibrated(modelDir, device, threads)) {
      truths = Evaluator.indices(classifier.labels(), examples);
      probabilities =
          Evaluator.probabilities(
              classifier.predictInputs(examples.stream().map(Example::inputs).toList()));
    }
    double temperature = Temperature.fit(probabilities, truths);
    double[][] scaled = Temperature.scale(probabilities, temperature);
    Calibration calibration =
        new Calibration(
            temperature,
            examples.size(),
            Scores.calibrationError(truths, probabilities),
            Scores.calibrationError(truths, crossScaled(probabilities, truths)),
            Rejection.rule(truths, scaled, wantedPrecision, TAKEN_MIN));
    CalibrationFile.write(modelDir, calibration);
    return calibration;
  }

  /** Each half scaled by the temperature of the other, so that the error is of unseen texts. */
  private static double[][] crossScaled(double[][] probabilities, int[] truths) {
    double[][] result = new double[truths.length][];
    for (int half = 0; half < 2; half++) {
      int fold = half;
      int[] fitted = IntStream.range(0, truths.length).filter(i -> i % 2 != fold).toArray();
      double temperature =
          Temperature.fit(
              IntStream.of(fitted).mapToObj(i -> probabilities[i]).toArray(double[][]::new),
              IntStream.of(fitted).map(i -> truths[i]).toArray());
      for (int i = fold; i < truths.length; i += 2) {
        result[i] = Temperature.scale(probabilities[i], temperature);
      }
    }
    return result;
  }
}
