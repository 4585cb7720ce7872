package io.channelwise.campaign;

import java.util.List;

/**
 * What a person needs to see to decide, or to read in the report: figures, tables, charts.
 *
 * <p>Forms in Tasklist, the pages and the report all render this one shape. Numbers stay numbers;
 * the reader's side formats them.
 *
 * @param title e.g. "Target market" / "目标市场"
 * @param summary one or two plain sentences
 */
public record Briefing(
    Text title, Text summary, List<Figure> figures, List<Table> tables, List<Chart> charts) {

  public Briefing {
    figures = List.copyOf(figures);
    tables = List.copyOf(tables);
    charts = List.copyOf(charts);
  }

  /**
   * One number or word.
   *
   * @param id stable name, e.g. {@code demand-share}
   * @param value a number, a string or a boolean
   * @param unit {@code %} (value 0..1), {@code CNY}, {@code days} …; empty when none
   */
  public record Figure(String id, Text label, Object value, String unit) {}

  /**
   * @param rows each as long as {@code columns}; cells are numbers, strings, booleans, {@link
   *     Text}s or null
   */
  public record Table(Text title, List<Text> columns, List<List<Object>> rows) {}

  /**
   * @param kind {@code bar}, {@code line} or {@code scatter}
   * @param labels one a point (for {@code scatter}: the point's name)
   * @param series for {@code scatter}: exactly two, x and y
   */
  public record Chart(Text title, String kind, List<Text> labels, List<Series> series) {}

  /**
   * @param values one a label
   */
  public record Series(Text name, List<Double> values) {}
}
