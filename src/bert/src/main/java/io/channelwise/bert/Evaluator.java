package io.channelwise.bert;

import io.channelwise.bert.internal.report.Scores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Judges a classifier on labelled texts. */
public final class Evaluator {

  private Evaluator() {}

  /**
   * Predicts every text and compares.
   *
   * @throws DatasetException when there is no example or a label the model does not know
   * @throws ModelFormatException when the model cannot be read
   */
  public static Evaluation evaluate(Path modelDir, List<Example> examples) {
    try (Classifier classifier = Classifier.load(modelDir)) {
      return evaluate(classifier, examples);
    }
  }

  /**
   * Predicts every text with a loaded model and compares.
   *
   * @throws DatasetException when there is no example or a label the model does not know
   */
  public static Evaluation evaluate(Classifier classifier, List<Example> examples) {
    return judge(classifier, examples).evaluation();
  }

  /**
   * Predicts every text with a loaded model and compares; keeps the single answers.
   *
   * @throws DatasetException when there is no example or a label the model does not know
   */
  public static Judgement judge(Classifier classifier, List<Example> examples) {
    int[] truths = indices(classifier.labels(), examples);
    List<Prediction> predictions =
        classifier.predict(examples.stream().map(Example::text).toList());
    List<Judgement.Answer> answers = new ArrayList<>();
    for (int i = 0; i < truths.length; i++) {
      Prediction prediction = predictions.get(i);
      answers.add(
          new Judgement.Answer(
              prediction.text(), examples.get(i).label(), prediction.label(), prediction.score()));
    }
    return new Judgement(
        Scores.of(classifier.labels(), truths, probabilities(predictions)), answers);
  }

  static double[][] probabilities(List<Prediction> predictions) {
    return predictions.stream()
        .map(p -> p.scores().values().stream().mapToDouble(Double::doubleValue).toArray())
        .toArray(double[][]::new);
  }

  static int[] indices(List<String> labels, List<Example> examples) {
    if (examples.isEmpty()) {
      throw new DatasetException("There is no example to evaluate on; give at least one.");
    }
    TreeMap<String, Integer> unknown = new TreeMap<>();
    for (Example example : examples) {
      if (!labels.contains(example.label())) {
        unknown.merge(example.label(), 1, Integer::sum);
      }
    }
    if (!unknown.isEmpty()) {
      throw new DatasetException(
          "The evaluation data has labels that the model does not know: %s (label = rows). The model knows %s. Correct or remove these rows, or train with such examples."
              .formatted(unknown, labels));
    }
    return examples.stream().mapToInt(e -> labels.indexOf(e.label())).toArray();
  }
}
