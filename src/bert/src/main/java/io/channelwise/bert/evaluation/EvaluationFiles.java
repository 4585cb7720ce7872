package io.channelwise.bert.evaluation;

import com.opencsv.CSVWriter;
import io.channelwise.bert.internal.report.ModelCard;
import io.channelwise.bert.internal.report.Pictures;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes an evaluation as files that people open. */
public final class EvaluationFiles {
  private static final int ERRORS_MAX = 200;

  private EvaluationFiles() {}

  /**
   * Writes {@code confusion.csv}, {@code confusion.svg}, {@code reliability.svg} and {@code
   * errors.csv}, the most confident errors first; the pictures where the task has them. Files of
   * these names are replaced.
   *
   * @param labels classes in the order of the confusion matrix
   * @param folder made if missing
   */
  public static void write(Path folder, List<String> labels, Judgement judgement) {
    try {
      Files.createDirectories(folder);
      if (judgement.evaluation() instanceof ClassEvaluation classes) {
        Files.writeString(folder.resolve("confusion.csv"), confusion(labels, classes));
        Files.writeString(
            folder.resolve("confusion.svg"), Pictures.confusion(labels, classes.confusion()));
        reliability(folder, classes.reliability(), classes.calibrationError(), "texts");
      } else if (judgement.evaluation() instanceof MultiLabelEvaluation sets) {
        // Each label of each text is decided on by itself.
        reliability(folder, sets.reliability(), sets.calibrationError(), "decisions");
      }
      Files.writeString(
          folder.resolve("errors.csv"), errors(judgement.confidentErrors(ERRORS_MAX)));
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + folder + " cannot be written", e);
    }
  }

  /**
   * Writes the scores of the parts as {@code slices.csv}, empty where a part has none. A file of
   * that name is replaced.
   */
  public static void write(Path folder, Slices slices) {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "column", "part", "examples", slices.figure(), "low", "high", "others", "p", "worse"
        });
    for (Slices.Slice slice : slices.slices()) {
      rows.add(
          new String[] {
            slice.column(),
            slice.value(),
            Integer.toString(slice.examples()),
            decimals(slice.score()),
            decimals(slice.interval().low()),
            decimals(slice.interval().high()),
            decimals(slice.rest()),
            decimals(slice.pValue()),
            Boolean.toString(slice.worse())
          });
    }
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("slices.csv"), csv(rows));
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + folder + " cannot be written", e);
    }
  }

  /**
   * Writes scores and parts into the model's card, in place of what an earlier evaluation wrote.
   *
   * @param modelDir a folder without a card stays as it is
   * @param data its name, for the reader
   */
  public static void updateCard(Path modelDir, String data, Evaluation evaluation, Slices slices) {
    ModelCard.evaluated(modelDir, data, evaluation, slices);
  }

  private static String decimals(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String confusion(List<String> labels, ClassEvaluation evaluation) {
    List<String[]> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("true class"));
    head.addAll(labels);
    rows.add(head.toArray(String[]::new));
    for (int r = 0; r < labels.size(); r++) {
      List<String> row = new ArrayList<>(List.of(labels.get(r)));
      evaluation.confusion().get(r).forEach(count -> row.add(count.toString()));
      rows.add(row.toArray(String[]::new));
    }
    return csv(rows);
  }

  private static void reliability(Path folder, List<ReliabilityBin> bins, double error, String what)
      throws IOException {
    Files.writeString(folder.resolve("reliability.svg"), Pictures.reliability(bins, error, what));
  }

  private static String errors(List<Judgement.Answer> errors) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"score", "answer", "truth", "text"});
    for (Judgement.Answer error : errors) {
      rows.add(
          new String[] {
            String.format(Locale.ROOT, "%.4f", error.score()),
            String.join(" ", error.labels()),
            String.join(" ", error.truth()),
            error.text()
          });
    }
    return csv(rows);
  }

  private static String csv(List<String[]> rows) {
    StringWriter text = new StringWriter();
    CSVWriter writer = new CSVWriter(text);
    writer.writeAll(rows, false);
    return text.toString();
  }
}
