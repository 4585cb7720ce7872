package io.channelwise.bert.internal.task;

import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Example;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The labels of examples beside those of a model. */
public final class KnownLabels {

  private KnownLabels() {}

  /** The labels of examples that are not known, by name, each with the number of its examples. */
  public static Map<String, Integer> unknown(List<String> known, List<Example> examples) {
    Set<String> all = new HashSet<>(known);
    Map<String, Integer> unknown = new TreeMap<>();
    for (Example example : examples) {
      for (String label : new TreeSet<>(example.labels())) {
        if (!all.contains(label)) {
          unknown.merge(label, 1, Integer::sum);
        }
      }
    }
    return unknown;
  }

  /**
   * Refuses examples that a model cannot be judged on.
   *
   * @throws DatasetException when there are none, or some have labels that the model does not know
   */
  public static void require(List<String> known, List<Example> examples) {
    if (examples.isEmpty()) {
      throw new DatasetException("There is no example to evaluate on; give at least one.");
    }
    Map<String, Integer> unknown = unknown(known, examples);
    if (!unknown.isEmpty()) {
      throw new DatasetException(
          "The evaluation data has labels that the model does not know: %s (label = rows). The model knows %s. Correct or remove these rows, or train with such examples."
              .formatted(unknown, known));
    }
  }
}
