package io.channelwise.bert.evaluation;

import io.channelwise.bert.AnswerListener;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Example;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.Prediction;
import io.channelwise.bert.TaggedSentence;
import io.channelwise.bert.Tagger;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.report.EntityScores;
import io.channelwise.bert.internal.report.MultiLabelScores;
import io.channelwise.bert.internal.report.Scores;
import io.channelwise.bert.internal.task.KnownLabels;
import io.channelwise.bert.internal.task.Marks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Judges a model on labelled examples. */
public final class Evaluator {

  private Evaluator() {}

  /**
   * Predicts every example and compares.
   *
   * @throws DatasetException when there is no example or a label the model does not know
   * @throws ModelFormatException when the model cannot be read
   */
  public static Evaluation evaluate(Path modelDir, List<Example> examples) {
    if (Task.ofModel(modelDir) == Task.TOKENS) {
      try (Tagger tagger = Tagger.load(modelDir)) {
        return judge(tagger, examples).evaluation();
      }
    }
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
    return judge(classifier, examples, AnswerListener.NONE);
  }

  /** As {@link #judge(Classifier, List)}, telling how far it is. */
  public static Judgement judge(
      Classifier classifier, List<Example> examples, AnswerListener listener) {
    KnownLabels.require(classifier.labels(), examples);
    List<Prediction> predictions =
        classifier.predictInputs(examples.stream().map(Example::inputs).toList(), listener);
    return classifier.task() == Task.MULTI_LABEL
        ? severalLabels(classifier.labels(), examples, predictions)
        : oneLabel(classifier.labels(), examples, predictions);
  }

  private static Judgement oneLabel(
      List<String> labels, List<Example> examples, List<Prediction> predictions) {
    List<Judgement.Answer> answers = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      Prediction prediction = predictions.get(i);
      answers.add(
          new Judgement.Answer(
              example.inputs(), example.labels(), List.of(prediction.label()), prediction.score()));
    }
    return new Judgement(
        Scores.of(labels, indices(labels, examples), probabilities(predictions)), answers);
  }

  private static Judgement severalLabels(
      List<String> labels, List<Example> examples, List<Prediction> predictions) {
    List<Judgement.Answer> answers = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      Prediction prediction = predictions.get(i);
      double allRight =
          prediction.scores().values().stream()
              .mapToDouble(p -> p >= Marks.THRESHOLD ? p : 1 - p)
              .reduce(1, (a, b) -> a * b);
      answers.add(
          new Judgement.Answer(
              example.inputs(),
              labels.stream().filter(example.labels()::contains).toList(),
              prediction.labels(Marks.THRESHOLD),
              allRight));
    }
    boolean[][] truths = Marks.sets(labels, examples.stream().map(Example::labels).toList());
    return new Judgement(
        MultiLabelScores.of(labels, truths, probabilities(predictions), Marks.THRESHOLD), answers);
  }

  /**
   * Tags every sentence with a loaded model and compares; keeps the single answers.
   *
   * @throws DatasetException when there is no sentence or a tag the model does not know
   */
  public static Judgement judge(Tagger tagger, List<Example> sentences) {
    return judge(tagger, sentences, AnswerListener.NONE);
  }

  /** As {@link #judge(Tagger, List)}, telling how far it is. */
  public static Judgement judge(Tagger tagger, List<Example> sentences, AnswerListener listener) {
    KnownLabels.require(tagger.labels(), sentences);
    List<TaggedSentence> tagged =
        tagger.tag(sentences.stream().map(Example::inputs).toList(), listener);
    List<Judgement.Answer> answers = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      Example truth = sentences.get(i);
      TaggedSentence answer = tagged.get(i);
      double leastSure = answer.scores().stream().mapToDouble(Double::doubleValue).min().orElse(1);
      answers.add(new Judgement.Answer(truth.inputs(), truth.labels(), answer.tags(), leastSure));
    }
    return new Judgement(
        EntityScores.of(
            sentences.stream().map(Example::labels).toList(),
            tagged.stream().map(TaggedSentence::tags).toList()),
        answers);
  }

  static double[][] probabilities(List<Prediction> predictions) {
    return predictions.stream()
        .map(p -> p.scores().values().stream().mapToDouble(Double::doubleValue).toArray())
        .toArray(double[][]::new);
  }

  /** Number of the one label of each example. */
  static int[] indices(List<String> labels, List<Example> examples) {
    KnownLabels.require(labels, examples);
    return examples.stream().mapToInt(e -> labels.indexOf(e.label())).toArray();
  }
}
