package io.channelwise.launcher.model;

import io.channelwise.bert.Columns;
import io.channelwise.bert.Example;
import io.channelwise.bert.ExampleFile;
import io.channelwise.bert.Task;
import io.channelwise.bert.evaluation.EntityEvaluation;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.evaluation.MultiLabelEvaluation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the examples of a task are found in a file. */
final class DataOptions {
  /** Below this ratio of the class sizes weights hardly matter. */
  private static final int IMBALANCE_TOLD = 10;

  @Mixin private TextColumns texts = new TextColumns();

  @Option(
      names = "--label-column",
      defaultValue = "label",
      paramLabel = "NAME",
      description =
          "Column of the labels. Of tagged words: the number of the column of the tags; by default"
              + " found. Default: ${DEFAULT-VALUE}.")
  private String labelColumn;

  @Option(
      names = "--label-separator",
      defaultValue = Columns.LABEL_SEPARATOR,
      paramLabel = "SIGN",
      description =
          "What stands between the labels in a cell (task multi-label). Default: ${DEFAULT-VALUE}.")
  private String labelSeparator;

  /** The columns chosen. */
  Columns columns() {
    return texts.labelled(labelColumn, labelSeparator);
  }

  /**
   * Reads labelled examples and tells what was found.
   *
   * @param what such as {@code training}
   * @param file null where there is none, which gives no examples
   */
  List<Example> read(String what, Path file, Task task, PrintWriter remarks) {
    if (file == null) {
      return List.of();
    }
    ExampleFile.Content content = ExampleFile.read(file, task, columns());
    remark(remarks, what, task, content.examples().size(), file, content.emptyRows());
    content.remarks().forEach(remarks::println);
    remarks.flush();
    return content.examples();
  }

  /**
   * Reads inputs without labels and tells what was found.
   *
   * @param what such as {@code unlabelled}
   * @param file null where there is none, which gives no inputs
   */
  static List<List<String>> readInputs(
      String what, Path file, Task task, Columns columns, PrintWriter remarks) {
    if (file == null) {
      return List.of();
    }
    ExampleFile.Unlabelled content = ExampleFile.readInputs(file, task, columns);
    remark(remarks, what, task, content.inputs().size(), file, content.emptyRows());
    content.remarks().forEach(remarks::println);
    remarks.flush();
    return content.inputs();
  }

  private static void remark(
      PrintWriter remarks, String what, Task task, int count, Path file, int emptyRows) {
    remarks.printf(
        Locale.ROOT,
        "%s data: %d %s from %s%s%n",
        what,
        count,
        nouns(task),
        file,
        emptyRows == 0 ? "" : ", " + emptyRows + " empty rows left out");
  }

  /** What an example of the task is called, in the plural. */
  static String nouns(Task task) {
    return switch (task) {
      case SEQUENCE, MULTI_LABEL -> "texts";
      case PAIR -> "pairs";
      case TOKENS -> "sentences";
    };
  }

  /** Tells what happened to examples longer than the model reads. */
  static void remarkLong(PrintWriter to, Task task, int count, int maxLength) {
    if (count > 0) {
      to.printf(
          Locale.ROOT,
          "%d %s were longer than %d tokens and were %s.%n",
          count,
          nouns(task),
          maxLength,
          task == Task.TOKENS ? "read in overlapping parts" : "cut");
    }
  }

  /** The figures of an evaluation that say most, in one line. */
  static String figures(Evaluation evaluation) {
    if (evaluation instanceof EntityEvaluation entities) {
      return String.format(
          Locale.ROOT,
          "entity F1 %.4f (precision %.4f, recall %.4f)",
          entities.microF1(),
          entities.precision(),
          entities.recall());
    }
    if (evaluation instanceof MultiLabelEvaluation sets) {
      return String.format(
          Locale.ROOT,
          "micro F1 %.4f, macro F1 %.4f, all labels right %.4f",
          sets.microF1(),
          sets.macroF1(),
          sets.accuracy());
    }
    return String.format(
        Locale.ROOT, "accuracy %.4f, macro F1 %.4f", evaluation.accuracy(), evaluation.macroF1());
  }

  /** Tells when some labels are much rarer than others and nothing is done about it. */
  static void remarkImbalance(PrintWriter to, Task task, List<Example> train, boolean balanced) {
    Map<String, Integer> counts = counts(task, train);
    if (counts.size() < 2 || balanced) {
      return;
    }
    var rarest = Collections.min(counts.entrySet(), Map.Entry.comparingByValue());
    var commonest = Collections.max(counts.entrySet(), Map.Entry.comparingByValue());
    if (commonest.getValue() >= IMBALANCE_TOLD * rarest.getValue()) {
      to.printf(
          Locale.ROOT,
          "the classes are uneven: %d %s of %s, %d of %s; --class-weights balanced helps the rare"
              + " ones%n",
          commonest.getValue(),
          task == Task.TOKENS ? "entities" : nouns(task),
          commonest.getKey(),
          rarest.getValue(),
          rarest.getKey());
      to.flush();
    }
  }

  /** How many examples have each label; of tagged words, how many entities are of each kind. */
  private static Map<String, Integer> counts(Task task, List<Example> train) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Example example : train) {
      for (String label : example.labels()) {
        if (task != Task.TOKENS) {
          counts.merge(label, 1, Integer::sum);
        } else if (label.startsWith("B-")) {
          counts.merge(label.substring(2), 1, Integer::sum);
        }
      }
    }
    return counts;
  }
}
