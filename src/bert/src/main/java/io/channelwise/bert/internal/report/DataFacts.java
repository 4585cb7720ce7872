package io.channelwise.bert.internal.report;

import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a model was trained on.
 *
 * @param trainExamples training examples
 * @param evalExamples evaluation examples
 * @param cut examples longer than the limit, of both: texts were cut, sentences read in parts
 * @param sha256 of all inputs and labels
 * @param classes training examples of each label; of tagged words, entities of each kind
 * @param languages training examples of each language, told by the script
 * @param medianLength characters of the median training example
 */
public record DataFacts(
    int trainExamples,
    int evalExamples,
    int cut,
    String sha256,
    Map<String, Integer> classes,
    Map<String, Integer> languages,
    int medianLength) {

  /** Counts what the examples hold. */
  public static DataFacts of(
      Task task, List<Example> train, List<Example> eval, int cut, String sha256) {
    Map<String, Integer> classes = new TreeMap<>();
    Map<String, Integer> languages = new TreeMap<>();
    int[] lengths = new int[train.size()];
    for (int i = 0; i < lengths.length; i++) {
      Example example = train.get(i);
      names(task, example).forEach(name -> classes.merge(name, 1, Integer::sum));
      languages.merge(SliceValues.language(example.text()), 1, Integer::sum);
      lengths[i] = example.text().codePointCount(0, example.text().length());
    }
    Arrays.sort(lengths);
    return new DataFacts(
        train.size(),
        eval.size(),
        cut,
        sha256,
        classes,
        languages,
        lengths.length == 0 ? 0 : lengths[lengths.length / 2]);
  }

  private static Stream<String> names(Task task, Example example) {
    return task == Task.TOKENS
        ? Entities.of(example.labels()).stream().map(Entities.Entity::kind)
        : example.labels().stream();
  }
}
