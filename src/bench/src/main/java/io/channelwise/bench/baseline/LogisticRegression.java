package io.channelwise.bench.baseline;

import io.channelwise.bench.baseline.TfIdf.Units;
import io.channelwise.bert.Example;
import io.channelwise.bert.evaluation.Judgement;
import io.channelwise.bert.internal.report.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.liblinear.LibLinearClassificationTrainer;
import org.tribuo.classification.liblinear.LinearClassificationType;
import org.tribuo.classification.liblinear.LinearClassificationType.LinearType;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * TF-IDF and L2-regularised logistic regression (Tribuo's LIBLINEAR, one class against the rest).
 * Two inputs of a pair are read as one text. Immutable.
 */
public final class LogisticRegression {
  private static final double TOLERANCE = 0.01;
  private static final int ITERATIONS_MAX = 1000;
  private static final double[] COSTS = {1, 4, 16, 64};
  private static final LabelFactory LABELS = new LabelFactory();

  /** Kept strongly, or the log manager forgets what was set. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  static {
    // It remarks on every text without a known n-gram.
    TRIBUO.setLevel(Level.SEVERE);
  }

  private final TfIdf vectors;
  private final Model<Label> model;
  private final List<String> labels;
  private final String settings;

  private LogisticRegression(
      TfIdf vectors, Model<Label> model, List<String> labels, String settings) {
    this.vectors = vectors;
    this.model = model;
    this.labels = labels;
    this.settings = settings;
  }

  /**
   * Tries costs 1, 4, 16 and 64, with and without class weights; the best macro F1 on the dev
   * examples wins and is trained anew on train and, where wanted, dev together.
   *
   * @param withDev whether the last training sees the dev examples too
   */
  public static LogisticRegression tuned(
      List<Example> train, List<Example> dev, Units units, boolean withDev) {
    TfIdf vectors = TfIdf.fit(train.stream().map(Example::text).toList(), units);
    double bestScore = -1;
    double bestCost = 0;
    boolean bestBalanced = false;
    LogisticRegression best = null;
    for (boolean balanced : new boolean[] {false, true}) {
      for (double cost : COSTS) {
        LogisticRegression tried = train(vectors, train, cost, balanced);
        double score = tried.judge(dev).evaluation().macroF1();
        if (score > bestScore) {
          bestScore = score;
          bestCost = cost;
          bestBalanced = balanced;
          best = tried;
        }
      }
    }
    if (!withDev) {
      return best;
    }
    List<Example> all = new ArrayList<>(train);
    all.addAll(dev);
    return train(all, units, bestCost, bestBalanced);
  }

  /**
   * Trains once.
   *
   * @param cost inverse of the regularisation's strength, scikit-learn's C
   * @param balanced whether each class weighs the same, however few examples it has
   */
  static LogisticRegression train(
      List<Example> examples, Units units, double cost, boolean balanced) {
    TfIdf vectors = TfIdf.fit(examples.stream().map(Example::text).toList(), units);
    return train(vectors, examples, cost, balanced);
  }

  private static LogisticRegression train(
      TfIdf vectors, List<Example> examples, double cost, boolean balanced) {
    var trainer =
        new LibLinearClassificationTrainer(
            new LinearClassificationType(LinearType.L2R_LR), cost, ITERATIONS_MAX, TOLERANCE);
    List<String> labels =
        List.copyOf(new TreeSet<>(examples.stream().map(Example::label).toList()));
    if (balanced) {
      trainer.setLabelWeights(weights(examples, labels.size()));
    }
    MutableDataset<Label> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("examples", LABELS), LABELS);
    for (Example example : examples) {
      ArrayExample<Label> vector = vector(vectors, example, new Label(example.label()));
      if (vector.size() > 0) {
        data.add(vector);
      }
    }
    String settings = "C " + cost + (balanced ? ", balanced class weights" : "");
    return new LogisticRegression(vectors, trainer.train(data), labels, settings);
  }

  /** Examples a class, on average, over those of the class: scikit-learn's {@code balanced}. */
  private static Map<Label, Float> weights(List<Example> examples, int classes) {
    Map<String, Integer> counts = new HashMap<>();
    examples.forEach(example -> counts.merge(example.label(), 1, Integer::sum));
    Map<Label, Float> weights = new HashMap<>();
    counts.forEach(
        (label, count) ->
            weights.put(new Label(label), (float) examples.size() / (classes * count)));
    return weights;
  }

  /** Answers and scores, computed by the same code as ours. */
  public Judgement judge(List<Example> examples) {
    double[][] probabilities = new double[examples.size()][labels.size()];
    int[] truths = new int[examples.size()];
    List<Judgement.Answer> answers = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      truths[i] = labels.indexOf(example.label());
      probabilities[i] = probabilities(example);
      int best = Scores.highest(probabilities[i]);
      answers.add(
          new Judgement.Answer(
              example.inputs(),
              example.labels(),
              List.of(labels.get(best)),
              probabilities[i][best]));
    }
    return new Judgement(Scores.of(labels, truths, probabilities), answers);
  }

  /** What was chosen, in words. */
  public String settings() {
    return settings;
  }

  private double[] probabilities(Example example) {
    double[] result = new double[labels.size()];
    ArrayExample<Label> vector = vector(vectors, example, LABELS.getUnknownOutput());
    if (vector.size() == 0) {
      Arrays.fill(result, 1.0 / result.length);
      return result;
    }
    Prediction<Label> prediction = model.predict(vector);
    for (int c = 0; c < result.length; c++) {
      result[c] = prediction.getOutputScores().get(labels.get(c)).getScore();
    }
    return result;
  }

  private static ArrayExample<Label> vector(TfIdf vectors, Example example, Label label) {
    Map<String, Double> weights = vectors.weights(example.text());
    return new ArrayExample<>(
        label,
        weights.keySet().toArray(String[]::new),
        weights.values().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
