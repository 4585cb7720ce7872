package io.channelwise.bert.evaluation;

import io.channelwise.bert.AnswerListener;
import io.channelwise.bert.BertException;
import io.channelwise.bert.Calibration;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.DatasetTooSmallException;
import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.files.CalibrationFile;
import io.channelwise.bert.internal.report.ModelCard;
import io.channelwise.bert.internal.report.MultiLabelScores;
import io.channelwise.bert.internal.report.Rejection;
import io.channelwise.bert.internal.report.Scores;
import io.channelwise.bert.internal.report.Temperature;
import io.channelwise.bert.internal.task.KnownLabels;
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
   * @throws BertException when the model tags words, when no threshold gives the wanted precision,
   *     or one is asked for where a text has several labels
   */
  public static Calibration calibrate(
      Path modelDir, List<Example> examples, double wantedPrecision, String device, int threads) {
    return calibrate(modelDir, examples, wantedPrecision, device, threads, AnswerListener.NONE);
  }

  /** As the method above, telling how far the model's answers are. */
  public static Calibration calibrate(
      Path modelDir,
      List<Example> examples,
      double wantedPrecision,
      String device,
      int threads,
      AnswerListener listener) {
    requireClassifier(modelDir);
    if (!(wantedPrecision >= 0 && wantedPrecision <= 1)) {
      throw new BertException(
          "The wanted precision is " + wantedPrecision + "; expected 0 to 1, 0 for none.");
    }
    if (examples.size() < EXAMPLES_MIN) {
      throw new DatasetTooSmallException(
          "There are %d texts to calibrate on; needed are at least %d. Label more texts."
              .formatted(examples.size(), EXAMPLES_MIN));
    }
    Held held;
    try (Classifier classifier = Classifier.loadUncalibrated(modelDir, device, threads)) {
      held = Held.of(classifier, examples, wantedPrecision, listener);
    }
    double temperature = Temperature.fit(held.probabilities(), held.truths());
    Calibration calibration =
        new Calibration(
            temperature,
            examples.size(),
            held.error(held.probabilities()),
            held.error(crossScaled(held.probabilities(), held.truths(), held.decisions())),
            Rejection.rule(
                held.truths(),
                Temperature.scale(held.probabilities(), temperature),
                wantedPrecision,
                TAKEN_MIN));
    CalibrationFile.write(modelDir, calibration);
    ModelCard.calibrated(modelDir, calibration);
    return calibration;
  }

  /**
   * Refuses a model that cannot be calibrated, before anyone reads data for it.
   *
   * @throws BertException when the model tags words
   */
  public static void requireClassifier(Path modelDir) {
    if (Task.ofModel(modelDir) == Task.TOKENS) {
      throw new BertException(
          "Model %s tags words; calibration is for models that give texts labels, whose probabilities stand for whole answers."
              .formatted(modelDir));
    }
  }

  /**
   * Held-out decisions. A text with one label is one of them; where a text has several labels, each
   * label is one, between yes (0) and no (1).
   *
   * @param probabilities (decisions, choices)
   * @param truths right choice of each decision
   * @param decisions of each example
   */
  private record Held(double[][] probabilities, int[] truths, int decisions) {

    static Held of(
        Classifier classifier,
        List<Example> examples,
        double wantedPrecision,
        AnswerListener listener) {
      List<String> labels = classifier.labels();
      boolean several = classifier.task() == Task.MULTI_LABEL;
      if (several && wantedPrecision > 0) {
        throw new BertException(
            "A reject threshold is for models that choose one label; this one gives any number. Leave --precision out.");
      }
      KnownLabels.require(labels, examples);
      double[][] stated =
          Evaluator.probabilities(
              classifier.predictInputs(examples.stream().map(Example::inputs).toList(), listener));
      if (!several) {
        return new Held(stated, Evaluator.indices(labels, examples), 1);
      }
      int count = examples.size() * labels.size();
      double[][] probabilities = new double[count][];
      int[] truths = new int[count];
      for (int d = 0; d < count; d++) {
        double yes = stated[d / labels.size()][d % labels.size()];
        probabilities[d] = new double[] {yes, 1 - yes};
        String label = labels.get(d % labels.size());
        truths[d] = examples.get(d / labels.size()).labels().contains(label) ? 0 : 1;
      }
      return new Held(probabilities, truths, labels.size());
    }

    /** Expected calibration error, measured as the evaluation of the task does. */
    double error(double[][] stated) {
      return decisions == 1
          ? Scores.calibrationError(truths, stated)
          : MultiLabelScores.calibrationError(truths, stated);
    }
  }

  /**
   * Each half scaled by the temperature of the other, so that the error is of unseen examples.
   *
   * @param decisions of an example, which stay in one half
   */
  private static double[][] crossScaled(double[][] probabilities, int[] truths, int decisions) {
    double[][] result = new double[truths.length][];
    for (int half = 0; half < 2; half++) {
      int fold = half;
      int[] fitted =
          IntStream.range(0, truths.length).filter(i -> i / decisions % 2 != fold).toArray();
      double temperature =
          Temperature.fit(
              IntStream.of(fitted).mapToObj(i -> probabilities[i]).toArray(double[][]::new),
              IntStream.of(fitted).map(i -> truths[i]).toArray());
      IntStream.range(0, truths.length)
          .filter(i -> i / decisions % 2 == fold)
          .forEach(i -> result[i] = Temperature.scale(probabilities[i], temperature));
    }
    return result;
  }
}
