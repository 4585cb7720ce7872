package io.channelwise.bert.internal.training;

import io.channelwise.bert.DatasetException;
import io.channelwise.bert.DatasetTooSmallException;
import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.task.KnownLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks the labels of a training's data; needs no model. */
final class LabelCheck {
  private static final int ROWS_MIN = 8;
  private static final String OUTSIDE = "O";

  private LabelCheck() {}

  /** The classes to learn, in the order of the model's outputs. */
  static List<String> labels(Task task, List<Example> train, List<Example> eval) {
    requireShape(task, train);
    requireShape(task, eval);
    List<String> labels = learnable(task, train);
    requireKnown(labels, eval);
    return labels;
  }

  /**
   * The labels that the examples for training or evaluation have, sorted, where a trained model
   * says which there may be.
   */
  static List<String> foundIn(Task task, List<Example> train, List<Example> eval) {
    requireShape(task, train);
    requireShape(task, eval);
    learnable(task, train);
    TreeSet<String> found = new TreeSet<>();
    Stream.of(train, eval).flatMap(List::stream).forEach(e -> found.addAll(e.labels()));
    return List.copyOf(found);
  }

  private static List<String> learnable(Task task, List<Example> train) {
    TreeSet<String> found = new TreeSet<>();
    train.forEach(example -> found.addAll(example.labels()));
    if (found.contains("")) {
      throw new DatasetException(
          "Some training examples have an empty label; fill or remove them.");
    }
    List<String> labels = task == Task.TOKENS ? tags(found) : List.copyOf(found);
    requireEnough(task, train.size(), labels);
    return labels;
  }

  /** O first, then each kind with its B- and I-: the data may lack the one or the other. */
  private static List<String> tags(TreeSet<String> found) {
    TreeSet<String> kinds = new TreeSet<>();
    for (String tag : found) {
      if (!tag.equals(OUTSIDE)) {
        if (!tag.matches("[BI]-.+")) {
          throw new DatasetException(
              "The training data has the tag %s; expected O, B-KIND or I-KIND (IOB2)."
                  .formatted(tag));
        }
        kinds.add(tag.substring(2));
      }
    }
    List<String> tags = new ArrayList<>(List.of(OUTSIDE));
    for (String kind : kinds) {
      tags.add("B-" + kind);
      tags.add("I-" + kind);
    }
    return List.copyOf(tags);
  }

  private static void requireShape(Task task, List<Example> examples) {
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      int labels = example.labels().size();
      boolean fits =
          switch (task) {
            case SEQUENCE, PAIR -> labels == 1;
            case MULTI_LABEL -> true;
            case TOKENS -> labels == example.inputs().size();
          };
      if (!fits) {
        throw new DatasetException(
            "Example %d has %d labels for %d inputs, which the task %s does not take; expected %s."
                .formatted(
                    i + 1,
                    labels,
                    example.inputs().size(),
                    task.key(),
                    task == Task.TOKENS ? "one tag a word" : "one label"));
      }
    }
  }

  private static void requireEnough(Task task, int rows, List<String> labels) {
    int labelsMin =
        switch (task) {
          case SEQUENCE, PAIR -> 2;
          case MULTI_LABEL -> 1;
          // O and one kind.
          case TOKENS -> 3;
        };
    int rowsMin = task == Task.TOKENS ? ROWS_MIN : Math.max(ROWS_MIN, 2 * labels.size());
    if (labels.size() >= labelsMin && rows >= rowsMin) {
      return;
    }
    if (task == Task.TOKENS) {
      throw new DatasetTooSmallException(
          "The training data has %d sentences and %d kinds of entity; needed are at least %d sentences and 1 kind. Label more sentences."
              .formatted(rows, (labels.size() - 1) / 2, ROWS_MIN));
    }
    throw new DatasetTooSmallException(
        "The training data has %d rows and %d classes%s; needed are at least %d classes and %d rows (2 a class, and no fewer than %d). Label more texts."
            .formatted(
                rows,
                labels.size(),
                labels.size() == 1 ? " (" + labels.get(0) + ")" : "",
                labelsMin,
                rowsMin,
                ROWS_MIN));
  }

  private static void requireKnown(List<String> labels, List<Example> eval) {
    Map<String, Integer> unknown = KnownLabels.unknown(labels, eval);
    if (!unknown.isEmpty()) {
      throw new DatasetException(
          "The evaluation data has labels that the training data lacks: %s (label = rows). Training has %s. Correct or remove these rows, or add training examples."
              .formatted(unknown, labels));
    }
  }
}
