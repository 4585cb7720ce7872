package io.channelwise.bert;

import io.channelwise.bert.internal.reading.ConllFile;
import io.channelwise.bert.internal.reading.CsvTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads examples from files. Texts come from CSV: UTF-8 with or without BOM, else GB18030; comma,
 * semicolon or tab, whichever the header has most of. Tagged words come in CoNLL columns: a word a
 * line, a blank line after each sentence. Stateless.
 */
public final class ExampleFile {

  /**
   * What a file held.
   *
   * @param examples in the file's order
   * @param emptyRows rows left out because a text, or a label that must be there, is blank
   * @param remarks what else was noticed, a sentence each
   */
  public record Content(List<Example> examples, int emptyRows, List<String> remarks) {
    public Content {
      examples = List.copyOf(examples);
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * What a file held to be answered.
   *
   * @param inputs in the file's order
   * @param emptyRows rows left out because their texts are blank
   * @param remarks what else was noticed, a sentence each
   */
  public record Unlabelled(List<List<String>> inputs, int emptyRows, List<String> remarks) {
    public Unlabelled {
      inputs = List.copyOf(inputs);
      remarks = List.copyOf(remarks);
    }
  }

  private ExampleFile() {}

  /**
   * Reads texts of one label each from CSV.
   *
   * @throws DatasetException when the file is missing or malformed, or lacks a column
   */
  public static Content read(Path file, String textColumn, String labelColumn) {
    return read(file, Task.SEQUENCE, Columns.of(textColumn, labelColumn));
  }

  /**
   * Reads examples of a task.
   *
   * @throws DatasetException when the file is missing or malformed, or lacks a column
   */
  public static Content read(Path file, Task task, Columns columns) {
    if (task == Task.TOKENS) {
      ConllFile conll =
          ConllFile.read(
              file,
              number(columns.text(), "--text-column"),
              number(columns.label(), "--label-column"));
      return new Content(
          conll.sentences().stream().map(s -> Example.tagged(s.words(), s.tags())).toList(),
          0,
          conll.remarks());
    }
    CsvTable table = CsvTable.read(file);
    int[] texts = textColumns(table, task, columns);
    int label = table.column(columns.label(), "--label-column");
    List<Example> examples = new ArrayList<>();
    int empty = 0;
    for (String[] row : table.rows()) {
      if (isEmpty(row, task, texts, label)) {
        empty++;
      } else {
        examples.add(new Example(cells(row, texts), labels(row[label], task, columns)));
      }
    }
    return new Content(examples, empty, table.remarks());
  }

  /**
   * Reads texts alone; blank ones are left out.
   *
   * @throws DatasetException when the file is missing or malformed, or lacks the column
   */
  public static List<String> readTexts(Path file, String textColumn) {
    return readInputs(file, Task.SEQUENCE, Columns.of(textColumn, "")).inputs().stream()
        .map(inputs -> inputs.get(0))
        .toList();
  }

  /**
   * Reads what a model of the task is to answer: for each example one text, two texts, or words.
   * The file needs no labels.
   *
   * @throws DatasetException when the file is missing or malformed, or lacks a column
   */
  public static Unlabelled readInputs(Path file, Task task, Columns columns) {
    if (task == Task.TOKENS) {
      ConllFile conll = ConllFile.readWords(file, number(columns.text(), "--text-column"));
      return new Unlabelled(
          conll.sentences().stream().map(ConllFile.Sentence::words).toList(), 0, conll.remarks());
    }
    CsvTable table = CsvTable.read(file);
    int[] texts = textColumns(table, task, columns);
    List<List<String>> inputs =
        table.rows().stream()
            .filter(row -> !isBlank(row, texts))
            .map(row -> cells(row, texts))
            .toList();
    return new Unlabelled(inputs, table.rows().size() - inputs.size(), table.remarks());
  }

  private static int[] textColumns(CsvTable table, Task task, Columns columns) {
    int first = table.column(columns.text(), "--text-column");
    if (columns.pair() == null) {
      if (task == Task.PAIR) {
        throw new DatasetException(
            "The task pair reads two texts; name the column of the second with --pair-column.");
      }
      return new int[] {first};
    }
    if (task == Task.SEQUENCE) {
      throw new DatasetException(
          "The task sequence reads one text, but --pair-column names a second. Take --task pair, or leave the column out.");
    }
    return new int[] {first, table.column(columns.pair(), "--pair-column")};
  }

  /**
   * Reads other columns of the examples that {@link #read(Path, Task, Columns)} gives.
   *
   * @param names of the columns
   * @return for each name one value an example
   * @throws DatasetException when the file lacks a column, or holds tagged words, which have none
   */
  public static Map<String, List<String>> readColumns(
      Path file, Task task, Columns columns, List<String> names) {
    Map<String, List<String>> result = new LinkedHashMap<>();
    if (names.isEmpty()) {
      return result;
    }
    if (task == Task.TOKENS) {
      throw new DatasetException(
          "File %s holds tagged words, which have no columns to be cut by such as %s; leave --slice-by out."
              .formatted(file, names.get(0)));
    }
    CsvTable table = CsvTable.read(file);
    int[] texts = textColumns(table, task, columns);
    int label = table.column(columns.label(), "--label-column");
    for (String name : names) {
      int column = table.column(name, "--slice-by");
      result.put(
          name,
          table.rows().stream()
              .filter(row -> !isEmpty(row, task, texts, label))
              .map(row -> row[column])
              .toList());
    }
    return result;
  }

  private static boolean isEmpty(String[] row, Task task, int[] texts, int label) {
    return task != Task.MULTI_LABEL && row[label].isBlank() || isBlank(row, texts);
  }

  /** Of a pair one text may be missing: a review without a title is still a review. */
  private static boolean isBlank(String[] row, int[] columns) {
    return Arrays.stream(columns).allMatch(column -> row[column].isBlank());
  }

  private static List<String> cells(String[] row, int[] columns) {
    return Arrays.stream(columns).mapToObj(column -> row[column].strip()).toList();
  }

  private static List<String> labels(String cell, Task task, Columns columns) {
    if (task != Task.MULTI_LABEL) {
      return List.of(cell.strip());
    }
    return Stream.of(cell.split(Pattern.quote(columns.labelSeparator())))
        .map(String::strip)
        .filter(label -> !label.isEmpty())
        .distinct()
        .toList();
  }

  /** A column of a CoNLL file; the names that CSV files usually have stand for none chosen. */
  private static int number(String column, String option) {
    if (Set.of("text", "label", "").contains(column)) {
      return ConllFile.AUTO;
    }
    try {
      return Integer.parseInt(column.strip());
    } catch (NumberFormatException e) {
      throw new DatasetException(
          "Option %s is %s; the columns of tagged words have no names: give a number from 1, or leave it out."
              .formatted(option, column));
    }
  }
}
