package io.channelwise.campaign;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a person needs to see to decide, or to read in the report: figures, tables, charts, and what
 * each of them was computed from.
 *
 * <p>Forms in Tasklist, the pages and the report all render this one shape. Numbers stay numbers;
 * the reader's side formats them.
 *
 * @param title e.g. "Target market" / "目标市场"
 * @param summary one or two plain sentences
 * @param sources what every part was computed from that names no sources of its own
 */
public record Briefing(
    Text title,
    Text summary,
    List<Figure> figures,
    List<Table> tables,
    List<Chart> charts,
    List<Source> sources) {

  public Briefing {
    figures = List.copyOf(figures);
    tables = List.copyOf(tables);
    charts = List.copyOf(charts);
    sources = copy(sources);
  }

  /** A briefing whose parts name their sources themselves, or get them by {@link #from}. */
  public Briefing(
      Text title, Text summary, List<Figure> figures, List<Table> tables, List<Chart> charts) {
    this(title, summary, figures, tables, charts, List.of());
  }

  /** The same briefing, its parts computed from these sources unless they name others. */
  public Briefing from(List<Source> inputs) {
    return new Briefing(title, summary, figures, tables, charts, inputs);
  }

  public List<Source> sourcesOf(Figure figure) {
    return orDefault(figure.sources());
  }

  public List<Source> sourcesOf(Table table) {
    return orDefault(table.sources());
  }

  public List<Source> sourcesOf(Chart chart) {
    return orDefault(chart.sources());
  }

  /** Every source some part was computed from, once, in the order of the parts. */
  public List<Source> allSources() {
    Stream<List<Source>> parts =
        Stream.of(
                figures.stream().map(this::sourcesOf),
                tables.stream().map(this::sourcesOf),
                charts.stream().map(this::sourcesOf))
            .flatMap(part -> part);
    return parts.flatMap(List::stream).distinct().toList();
  }

  private List<Source> orDefault(List<Source> own) {
    return own.isEmpty() ? sources : own;
  }

  /** What was stored before there were sources has none. */
  private static List<Source> copy(List<Source> sources) {
    return sources == null ? List.of() : List.copyOf(sources);
  }

  /**
   * What a number was computed from: rows of a table, recorded events, another analysis, or the
   * method.
   *
   * @param id names the input where no server is at hand, e.g. {@code
   *     acme-2026q1/survey/3f2a91c04d17} (campaign, table, begin of the file's SHA-256) or {@code
   *     deal/8f3c…}; {@code method/wilson} for a method
   * @param label e.g. "survey.csv: 1,200 rows, SHA-256 3f2a…" / "survey.csv：1,200 行…"
   * @param href path of the REST call that answers with the input; empty for a method
   */
  public record Source(String id, Text label, String href) {

    public Source {
      Objects.requireNonNull(id);
      Objects.requireNonNull(label);
      href = href == null ? "" : href;
    }
  }

  /**
   * One number or word.
   *
   * @param id stable name, e.g. {@code demand-share}
   * @param value a number, a string or a boolean
   * @param unit {@code %} (value 0..1), {@code CNY}, {@code days} …; empty when none
   * @param sources empty for the briefing's
   */
  public record Figure(String id, Text label, Object value, String unit, List<Source> sources) {

    public Figure {
      sources = copy(sources);
    }

    public Figure(String id, Text label, Object value, String unit) {
      this(id, label, value, unit, List.of());
    }

    public Figure from(List<Source> inputs) {
      return new Figure(id, label, value, unit, inputs);
    }
  }

  /**
   * @param rows each as long as {@code columns}; cells are numbers, strings, booleans, {@link
   *     Text}s or null
   * @param sources empty for the briefing's
   */
  public record Table(
      Text title, List<Text> columns, List<List<Object>> rows, List<Source> sources) {

    public Table {
      sources = copy(sources);
    }

    public Table(Text title, List<Text> columns, List<List<Object>> rows) {
      this(title, columns, rows, List.of());
    }

    public Table from(List<Source> inputs) {
      return new Table(title, columns, rows, inputs);
    }
  }

  /**
   * @param kind {@code bar}, {@code line} or {@code scatter}
   * @param labels one a point (for {@code scatter}: the point's name)
   * @param series for {@code scatter}: exactly two, x and y
   * @param sources empty for the briefing's
   */
  public record Chart(
      Text title, String kind, List<Text> labels, List<Series> series, List<Source> sources) {

    public Chart {
      sources = copy(sources);
    }

    public Chart(Text title, String kind, List<Text> labels, List<Series> series) {
      this(title, kind, labels, series, List.of());
    }

    public Chart from(List<Source> inputs) {
      return new Chart(title, kind, labels, series, inputs);
    }
  }

  /**
   * @param values one a label
   */
  public record Series(Text name, List<Double> values) {}
}
