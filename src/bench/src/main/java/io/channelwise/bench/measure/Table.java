package io.channelwise.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows under headings, as plain text: numbers to the right, words to the left. */
public final class Table {
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9].*");
  private static final int GAP = 2;

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException when it has not one cell a heading
   */
  public Table row(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "The row has %d cells; the table has %d headings."
              .formatted(cells.length, headings.size()));
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The table with a rule under its headings; every line ends with a line break. */
  public String text() {
    StringBuilder text = new StringBuilder();
    int[] widths = new int[headings.size()];
    boolean[] numbers = new boolean[headings.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = width(headings.get(c));
      numbers[c] = !rows.isEmpty();
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], width(row.get(c)));
        numbers[c] &= row.get(c).isEmpty() || NUMBER.matcher(row.get(c)).matches();
      }
    }
    append(text, headings, widths, numbers);
    List<String> rule = new ArrayList<>();
    for (int width : widths) {
      rule.add("-".repeat(width));
    }
    append(text, rule, widths, numbers);
    rows.forEach(row -> append(text, row, widths, numbers));
    return text.toString();
  }

  private static void append(
      StringBuilder text, List<String> cells, int[] widths, boolean[] numbers) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String blanks = " ".repeat(widths[c] - width(cells.get(c)));
      line.append(numbers[c] ? blanks + cells.get(c) : cells.get(c) + blanks);
      line.append(" ".repeat(GAP));
    }
    text.append(line.toString().stripTrailing()).append(System.lineSeparator());
  }

  /** Columns on a terminal: Chinese characters take two. */
  private static int width(String cell) {
    return cell.codePoints().map(c -> Character.isIdeographic(c) ? 2 : 1).sum();
  }
}
