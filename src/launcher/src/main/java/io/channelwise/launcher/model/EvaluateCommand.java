package io.channelwise.launcher.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.Calibration;
import io.channelwise.bert.Example;
import io.channelwise.bert.ExampleFile;
import io.channelwise.bert.RejectRule;
import io.channelwise.bert.Task;
import io.channelwise.bert.evaluation.ClassEvaluation;
import io.channelwise.bert.evaluation.Comparison;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.evaluation.EvaluationFiles;
import io.channelwise.bert.evaluation.Judgement;
import io.channelwise.bert.evaluation.MultiLabelEvaluation;
import io.channelwise.bert.evaluation.Slices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges a model on labelled texts. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description =
        "Print a model's classification report, confusion matrix and calibration on labelled"
            + " texts.")
public final class EvaluateCommand extends ModelCommand {
  /** A wider matrix is unreadable on a terminal; then the commonest mistakes are listed. */
  private static final int CLASSES_IN_MATRIX = 12;

  private static final int MISTAKES_LISTED = 10;
  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
  private static final int ERRORS_LISTED = 5;
  private static final int TEXT_SHOWN = 100;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of a model.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Labelled examples of the model's task: CSV, for tagged words CoNLL columns.")
  private Path data;

  @Option(
      names = "--compare",
      paramLabel = "DIR",
      description =
          "Also judge this second model on the same texts and say whether one is better (paired"
              + " bootstrap, McNemar's test).")
  private Path compared;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write all figures and the whole confusion matrix as JSON.")
  private Path json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Also write confusion.csv, confusion.svg, reliability.svg and errors.csv (the most"
              + " confident errors first) into this folder.")
  private Path outDir;

  @Option(
      names = "--slices",
      description =
          "Also score parts of the data, by text length and language, and say which are worse than"
              + " the rest.")
  private boolean slicesWanted;

  @Option(
      names = "--slice-by",
      paramLabel = "COLUMN",
      description = "As --slices, and by this column of the data too; may be given several times.")
  private List<String> sliceColumns = new ArrayList<>();

  @Option(
      names = "--update-card",
      description = "As --slices, and write the scores into the model's model-card.md.")
  private boolean updateCard;

  @Mixin private DataOptions columns = new DataOptions();

  @Mixin private DeviceOptions device = new DeviceOptions();

  @Mixin private BackendOption backend = new BackendOption();

  private record Mistake(String truth, String answer, int count) {}

  @Override
  void run() {
    Task task = Task.ofModel(model);
    if (compared != null) {
      Judged.requireTask(compared, task);
    }
    Outputs.requireFile("--json", json);
    Outputs.requireFolder("--out", outDir);
    Map<String, List<String>> sliceValues =
        ExampleFile.readColumns(data, task, columns.columns(), sliceColumns);
    List<Example> examples = columns.read("evaluation", data, task, err());
    Judged judged = judged("evaluation", model, task, examples);
    Judgement judgement = judged.judgement();
    Evaluation evaluation = judgement.evaluation();
    out().println(evaluation.report());
    out().println(evaluation.summary());
    if (evaluation instanceof ClassEvaluation classes) {
      printConfusion(judged.labels(), classes);
      printCalibrationError(classes.calibrationError());
    } else if (evaluation instanceof MultiLabelEvaluation sets) {
      printCalibrationError(sets.calibrationError());
    }
    judged.calibration().ifPresent(calibration -> print(calibration, judgement));
    printErrors(judgement);
    DataOptions.remarkLong(err(), task, judged.longExamples(), judged.maxLength());
    Slices slices = slices(judgement, sliceValues);
    Comparison comparison = compared == null ? null : compare(task, judgement, examples);
    writeJson(evaluation, slices, comparison);
    if (outDir != null) {
      EvaluationFiles.write(outDir, judged.labels(), judgement);
    }
    err().flush();
  }

  private Judged judged(String what, Path folder, Task task, List<Example> examples) {
    try (WorkProgress progress = WorkProgress.of(err(), what)) {
      return Judged.of(
          folder, task, examples, device.name(), device.threads(), backend.chosen(), progress);
    }
  }

  private void printCalibrationError(double error) {
    out().printf(Locale.ROOT, "expected calibration error %.4f%n", error);
  }

  /** Null where none are wanted. */
  private Slices slices(Judgement judgement, Map<String, List<String>> values) {
    if (!slicesWanted && !updateCard && sliceColumns.isEmpty()) {
      return null;
    }
    Slices slices = Slices.of(judgement, values);
    print(slices);
    if (outDir != null) {
      EvaluationFiles.write(outDir, slices);
    }
    if (updateCard) {
      EvaluationFiles.updateCard(
          model, data.getFileName().toString(), judgement.evaluation(), slices);
    }
    return slices;
  }

  private void print(Slices slices) {
    out().printf("%nparts of the data (%s)%n", slices.figure());
    String column = "";
    for (Slices.Slice slice : slices.slices()) {
      if (!slice.column().equals(column)) {
        column = slice.column();
        out().println(column);
      }
      out()
          .printf(
              Locale.ROOT,
              "  %-24s %6d  %s%s, others %s%s%n",
              slice.value(),
              slice.examples(),
              score(slice.score()),
              Double.isNaN(slice.score()) ? "" : " (95 % interval " + slice.interval() + ")",
              score(slice.rest()),
              slice.worse() ? "  worse" : "");
    }
    out().println(slices.sentence());
  }

  private static String score(double score) {
    return Double.isNaN(score) ? "–" : String.format(Locale.ROOT, "%.4f", score);
  }

  private void print(Calibration calibration, Judgement judgement) {
    out().printf(Locale.ROOT, "with the stored temperature %.4f%n", calibration.temperature());
    RejectRule rule = calibration.reject();
    if (rule.threshold() > 0) {
      List<Judgement.Answer> taken =
          judgement.answers().stream().filter(answer -> !rule.rejects(answer.score())).toList();
      long right = taken.stream().filter(Judgement.Answer::right).count();
      out()
          .printf(
              Locale.ROOT,
              "answers below %.4f rejected: %d of %d texts are answered, %d of these rightly"
                  + " (precision %.4f wanted)%n",
              rule.threshold(),
              taken.size(),
              judgement.answers().size(),
              right,
              rule.wantedPrecision());
    }
  }

  private void printErrors(Judgement judgement) {
    List<Judgement.Answer> errors = judgement.confidentErrors(ERRORS_LISTED);
    if (!errors.isEmpty()) {
      out().println("\nmost confident errors (more of them: --out DIR)");
    }
    for (Judgement.Answer error : errors) {
      out()
          .printf(
              Locale.ROOT,
              "%.3f %s instead of %s: %s%n",
              error.score(),
              String.join(" ", error.labels()),
              String.join(" ", error.truth()),
              shortened(error.text()));
    }
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    int end =
        line.offsetByCodePoints(0, Math.min(TEXT_SHOWN, line.codePointCount(0, line.length())));
    return end < line.length() ? line.substring(0, end) + "…" : line;
  }

  private void printConfusion(List<String> labels, ClassEvaluation evaluation) {
    if (labels.size() <= CLASSES_IN_MATRIX) {
      out().println("confusion matrix (row: true class, column: answer)");
      int width = labels.stream().mapToInt(String::length).max().orElse(1);
      for (int r = 0; r < labels.size(); r++) {
        StringBuilder line = new StringBuilder(String.format("%" + width + "s ", labels.get(r)));
        evaluation.confusion().get(r).forEach(count -> line.append(String.format(" %5d", count)));
        out().println(line);
      }
      out().println();
      return;
    }
    List<Mistake> mistakes = new ArrayList<>();
    for (int r = 0; r < labels.size(); r++) {
      for (int c = 0; c < labels.size(); c++) {
        int count = evaluation.confusion().get(r).get(c);
        if (r != c && count > 0) {
          mistakes.add(new Mistake(labels.get(r), labels.get(c), count));
        }
      }
    }
    mistakes.sort(Comparator.comparingInt(Mistake::count).reversed());
    out().println("commonest mistakes (the whole confusion matrix: --json FILE)");
    for (Mistake mistake : mistakes.subList(0, Math.min(MISTAKES_LISTED, mistakes.size()))) {
      out()
          .printf(
              "%5d times %s taken for %s%n", mistake.count(), mistake.truth(), mistake.answer());
    }
    out().println();
  }

  private Comparison compare(Task task, Judgement judgement, List<Example> examples) {
    Judged second = judged("comparison", compared, task, examples);
    Comparison comparison = Comparison.of(judgement, second.judgement());
    out().printf("%ncompared with %s%n%s%n", compared, comparison.sentence());
    for (Comparison.Difference difference : comparison.differences()) {
      out()
          .printf(
              Locale.ROOT,
              "%s %.4f against %.4f, 95 %% interval of the difference %s%n",
              difference.figure(),
              difference.first(),
              difference.second(),
              difference.interval());
    }
    return comparison;
  }

  private void writeJson(Evaluation evaluation, Slices slices, Comparison comparison) {
    if (json == null) {
      return;
    }
    try {
      ObjectNode node = (ObjectNode) JSON.readTree(evaluation.toJson());
      if (slices != null) {
        node.set("slices", withoutNaN(JSON.valueToTree(slices)));
      }
      if (comparison != null) {
        node.set("comparison", JSON.valueToTree(comparison));
      }
      Files.writeString(json, node.toPrettyString());
    } catch (IOException e) {
      throw new UncheckedIOException("File " + json + " cannot be written", e);
    }
  }

  /** JSON has no NaN: what has no score is null. */
  static JsonNode withoutNaN(JsonNode node) {
    if (node.isDouble() && Double.isNaN(node.doubleValue())) {
      return NullNode.instance;
    }
    if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(withoutNaN(entry.getValue())));
    }
    if (node instanceof ArrayNode array) {
      array.forEach(EvaluateCommand::withoutNaN);
    }
    return node;
  }
}
