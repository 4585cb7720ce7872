package io.channelwise.campaign;

import java.util.List;
import java.util.Optional;

/**
 * Shape of one CSV table.
 *
 * @param name file name without {@code .csv}, e.g. {@code training-material}
 * @param label title in both languages
 * @param key names of the columns that together may occur once; empty when rows may repeat
 * @param required whether a campaign must bring the table
 */
public record TableSpec(
    String name, Text label, List<Column> columns, List<String> key, boolean required) {

  public TableSpec {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  public Optional<Column> column(String columnName) {
    return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
  }

  /** Java type of a cell after the check. */
  public enum Type {
    /** {@link String}, trimmed, never empty. */
    TEXT,
    /** {@link Double}, finite. */
    NUMBER,
    /** {@link Long}. */
    INTEGER,
    /** {@link Double} in 0..1; {@code 12 %} and {@code 12％} are read as 0.12. */
    SHARE,
    /** {@link Boolean}; 1/0, yes/no, true/false, 是/否. */
    BOOLEAN,
    /** {@link java.time.LocalDate}; ISO-8601. */
    DATE,
    /** {@link java.time.Instant}; ISO-8601, without offset read as UTC; also a plain date. */
    TIMESTAMP,
    /** {@link String} as {@link Periods} normalises it: {@code 2025}, {@code 2025-Q3}, … */
    PERIOD
  }

  /**
   * One column.
   *
   * @param name English header and key in {@link Row}
   * @param zh Chinese header
   * @param required whether header and value must be there
   * @param min smallest value allowed for numbers; null when any
   * @param max largest value allowed for numbers; null when any
   * @param values the only texts allowed, English spelling first ({@code view 浏览} is two entries
   *     mapped by {@link Choice}); empty when any
   * @param references name of the table whose column of the same role must hold the value, as
   *     {@code channels.channel}; null when none
   */
  public record Column(
      String name,
      String zh,
      Type type,
      boolean required,
      Double min,
      Double max,
      List<Choice> values,
      String references) {

    public Column {
      values = List.copyOf(values);
    }

    public static Column required(String name, String zh, Type type) {
      return new Column(name, zh, type, true, null, null, List.of(), null);
    }

    public static Column optional(String name, String zh, Type type) {
      return new Column(name, zh, type, false, null, null, List.of(), null);
    }

    public Column between(double smallest, double largest) {
      return new Column(name, zh, type, required, smallest, largest, values, references);
    }

    public Column atMost(double largest) {
      return new Column(name, zh, type, required, min, largest, values, references);
    }

    public Column atLeast(double smallest) {
      return new Column(name, zh, type, required, smallest, max, values, references);
    }

    public Column oneOf(Choice... choices) {
      return new Column(name, zh, type, required, min, max, List.of(choices), references);
    }

    public Column in(String tableAndColumn) {
      return new Column(name, zh, type, required, min, max, values, tableAndColumn);
    }
  }

  /** An allowed text: stored in English, read in either language, case ignored. */
  public record Choice(String en, String zh) {}
}
