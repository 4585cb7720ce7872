package io.channelwise.bert.internal.training;

import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.internal.files.Sha256;
import io.channelwise.bert.internal.model.VocabularySubset;
import io.channelwise.bert.internal.report.DataFacts;
import io.channelwise.bert.internal.task.Marks;
import io.channelwise.bert.internal.text.Inputs;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.internal.text.TokenIds;
import io.channelwise.bert.training.TrainingSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The examples of a training as numbers.
 *
 * @param task what they are examples of
 * @param labels classes, in the order of the model's outputs
 * @param vocabulary token ids in use; texts are renumbered by it
 * @param training training inputs
 * @param truths of each training input its classes: one, any number, or for tokens one a token with
 *     {@link Targets#NONE} where none counts
 * @param evaluation evaluation inputs
 * @param evalLabels labels of each evaluation example
 * @param facts what people are told of them
 */
public record TrainingData(
    Task task,
    List<String> labels,
    VocabularySubset vocabulary,
    Inputs training,
    int[][] truths,
    Inputs evaluation,
    List<List<String>> evalLabels,
    DataFacts facts) {

  /** Checks the examples; needs no model. */
  public static List<String> checkedLabels(Task task, List<Example> train, List<Example> eval) {
    return LabelCheck.labels(task, train, eval);
  }

  /** Encodes checked examples. */
  public static TrainingData of(
      TrainingSettings settings,
      List<String> labels,
      List<Example> train,
      List<Example> eval,
      TextEncoder encoder,
      int maxLength,
      int vocabSize) {
    Task task = settings.task();
    Inputs trainInputs = Inputs.of(task, inputs(train), encoder, maxLength);
    Inputs evalInputs = Inputs.of(task, inputs(eval), encoder, maxLength);
    List<TokenIds> all = new ArrayList<>(trainInputs.ids());
    all.addAll(evalInputs.ids());
    VocabularySubset vocabulary = new VocabularySubset(vocabSize, all);
    return new TrainingData(
        task,
        labels,
        vocabulary,
        trainInputs.mapped(vocabulary::renumber),
        truths(settings, labels, train, trainInputs),
        evalInputs.mapped(vocabulary::renumber),
        eval.stream().map(Example::labels).toList(),
        DataFacts.of(
            task,
            train,
            eval,
            trainInputs.longExamples() + evalInputs.longExamples(),
            sha256(task, train, eval)));
  }

  private static int[][] truths(
      TrainingSettings settings, List<String> labels, List<Example> train, Inputs inputs) {
    Map<String, Integer> index = new HashMap<>();
    labels.forEach(label -> index.put(label, index.size()));
    if (settings.task() == Task.TOKENS) {
      TagAlignment alignment = new TagAlignment(index, settings.labelSubWords());
      int[][] truths = new int[inputs.ids().size()][];
      for (int i = 0; i < truths.length; i++) {
        truths[i] = alignment.of(inputs.ids().get(i), train.get(inputs.owners()[i]).labels());
      }
      return truths;
    }
    return train.stream()
        .map(example -> example.labels().stream().mapToInt(index::get).toArray())
        .toArray(int[][]::new);
  }

  /** Training inputs. */
  public List<TokenIds> train() {
    return training.ids();
  }

  /** For words, which tokens of each training input have a tag of their own; null otherwise. */
  public boolean[][] countedTokens() {
    if (task != Task.TOKENS) {
      return null;
    }
    boolean[][] result = new boolean[truths.length][];
    for (int i = 0; i < truths.length; i++) {
      result[i] = new boolean[truths[i].length];
      for (int token = 0; token < truths[i].length; token++) {
        result[i][token] = truths[i][token] != Targets.NONE;
      }
    }
    return result;
  }

  /** Examples longer than allowed, of both parts: texts were cut, sentences read in windows. */
  public int cut() {
    return facts.cut();
  }

  /** Of all inputs and labels in order. */
  public String sha256() {
    return facts.sha256();
  }

  /**
   * Judges the answers to the evaluation examples.
   *
   * @param logits one row an evaluation input
   */
  public Evaluation judge(float[][] logits) {
    return Marks.of(task, labels, evaluation, evalLabels, logits);
  }

  private static List<List<String>> inputs(List<Example> examples) {
    return examples.stream().map(Example::inputs).toList();
  }

  private static String sha256(Task task, List<Example> train, List<Example> eval) {
    Sha256 sum = new Sha256();
    for (List<Example> part : List.of(train, eval)) {
      for (Example example : part) {
        sum.add(example.labels());
        if (task != Task.SEQUENCE) {
          // Tells where the labels end: they may be any number.
          sum.mark(2);
        }
        sum.add(example.inputs());
      }
      sum.mark(1);
    }
    return sum.hex();
  }
}
