package io.channelwise.bert.internal.task;

import io.channelwise.bert.Task;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.internal.report.EntityScores;
import io.channelwise.bert.internal.report.MultiLabelScores;
import io.channelwise.bert.internal.report.Scores;
import io.channelwise.bert.internal.text.Inputs;
import java.util.Collection;
import java.util.List;

/** The evaluation of a task from a model's logits. */
public final class Marks {
  /** A label is given from this probability on: the side that is likelier. */
  public static final double THRESHOLD = 0.5;

  private Marks() {}

  /**
   * Judges.
   *
   * @param labels in the order of the model's outputs
   * @param inputs what was read
   * @param truths labels of each example, all known
   * @param logits one row an input
   */
  public static Evaluation of(
      Task task, List<String> labels, Inputs inputs, List<List<String>> truths, float[][] logits) {
    return switch (task) {
      case SEQUENCE, PAIR ->
          Scores.of(
              labels,
              truths.stream().mapToInt(names -> labels.indexOf(names.get(0))).toArray(),
              Answers.probabilities(task, logits, 1));
      case MULTI_LABEL ->
          MultiLabelScores.of(
              labels, sets(labels, truths), Answers.probabilities(task, logits, 1), THRESHOLD);
      case TOKENS ->
          EntityScores.of(
              truths,
              new TagAnswers(labels)
                  .of(inputs, truths.stream().mapToInt(List::size).toArray(), logits).stream()
                      .map(TagAnswers.Sentence::tags)
                      .toList());
    };
  }

  /** (texts, labels): whether the text has the label. */
  public static boolean[][] sets(List<String> labels, List<? extends Collection<String>> truths) {
    boolean[][] result = new boolean[truths.size()][labels.size()];
    for (int i = 0; i < result.length; i++) {
      for (String label : truths.get(i)) {
        result[i][labels.indexOf(label)] = true;
      }
    }
    return result;
  }
}
