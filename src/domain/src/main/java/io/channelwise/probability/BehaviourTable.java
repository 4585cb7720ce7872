package io.channelwise.probability;

import io.channelwise.campaign.ImportLimits;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.SourceFile;
import io.channelwise.campaign.TableReader;
import io.channelwise.campaign.TableSpec;
import io.channelwise.campaign.TableSpec.Column;
import io.channelwise.campaign.TableSpec.Type;
import io.channelwise.campaign.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sessions or users with columns of behaviour and whether each ended in a purchase. Rows are kept
 * in an order of their own, so that the order of the file never matters. Immutable.
 */
public final class BehaviourTable {
  /** More rows are refused: all are held in memory, and a random part teaches as much. */
  public static final int ROWS_MAX = 200_000;

  /** Line of the first row, the header being 1. */
  static final int FIRST_LINE = 2;

  private static final Text NAME = new Text("Behaviour of sessions", "会话行为");
  private static final Comparator<String> NULLS_FIRST =
      Comparator.nullsFirst(Comparator.naturalOrder());
  private static final Comparator<Session> ORDER =
      (a, b) -> {
        for (int c = 0; c < a.cells().size(); c++) {
          int order = NULLS_FIRST.compare(a.cells().get(c), b.cells().get(c));
          if (order != 0) {
            return order;
          }
        }
        return Boolean.compare(a.bought(), b.bought());
      };

  private final List<String> columns;
  private final List<Session> sessions;

  /**
   * One row.
   *
   * @param line in the file, the header being 1
   * @param cells one a column; null where it is missing
   * @param bought whether it ended in a purchase
   */
  record Session(long line, List<String> cells, boolean bought) {}

  private BehaviourTable(List<String> columns, List<Session> sessions) {
    this.columns = List.copyOf(columns);
    this.sessions = List.copyOf(sessions);
  }

  /**
   * Reads a CSV (encoding and delimiter are found). A column without a header is left out, as it is
   * most often the number of the row.
   *
   * @param outcome header of the column that says whether the row ended in a purchase: 1 or 0, yes
   *     or no, true or false
   * @param without headers of columns that are no behaviour: ids, times, what is known only after
   *     the purchase
   * @throws io.channelwise.campaign.InvalidDataException with every finding
   * @throws ProbabilityException when there are too many rows
   */
  public static BehaviourTable read(Path file, String outcome, Set<String> without) {
    TableReader reader =
        new TableReader(new SourceFile(file.getFileName().toString(), file), ImportLimits.DEFAULT);
    List<String> behaviour =
        reader.headers().stream()
            .filter(h -> !h.isEmpty() && !same(h, outcome))
            .filter(h -> without.stream().noneMatch(w -> same(h, w)))
            .toList();
    List<Column> columns = new ArrayList<>();
    behaviour.forEach(h -> columns.add(Column.optional(h, h, Type.TEXT)));
    columns.add(Column.required(outcome, outcome, Type.BOOLEAN));
    TableSpec spec = new TableSpec("behaviour", NAME, columns, List.of(), true);
    List<Session> sessions = new ArrayList<>();
    reader.read(
        spec,
        row -> {
          sessions.add(session(row, behaviour, outcome));
          checkRows(sessions.size());
        });
    return sorted(behaviour, sessions);
  }

  /**
   * A table made in memory.
   *
   * @param cells one list a row, one cell a column; null or empty where it is missing
   * @param bought one a row
   */
  public static BehaviourTable of(
      List<String> columns, List<List<String>> cells, List<Boolean> bought) {
    List<Session> sessions = new ArrayList<>();
    checkRows(cells.size());
    for (int i = 0; i < cells.size(); i++) {
      List<String> own = new ArrayList<>();
      cells.get(i).forEach(cell -> own.add(cell == null || cell.isBlank() ? null : cell.strip()));
      sessions.add(new Session(i + (long) FIRST_LINE, own, bought.get(i)));
    }
    return sorted(columns, sessions);
  }

  /**
   * Rows of a CSV without a look at what they ended in, for {@link PurchaseModel#probabilities}.
   *
   * @return cells by header, in the order of the file
   * @throws io.channelwise.campaign.InvalidDataException with every finding
   * @throws ProbabilityException when there are too many rows
   */
  public static List<Map<String, String>> rows(Path file) {
    TableReader reader =
        new TableReader(new SourceFile(file.getFileName().toString(), file), ImportLimits.DEFAULT);
    List<String> headers = reader.headers().stream().filter(h -> !h.isEmpty()).toList();
    List<Column> columns = headers.stream().map(h -> Column.optional(h, h, Type.TEXT)).toList();
    List<Map<String, String>> rows = new ArrayList<>();
    reader.read(
        new TableSpec("behaviour", NAME, columns, List.of(), true),
        row -> {
          Map<String, String> cells = new LinkedHashMap<>();
          headers.forEach(h -> cells.put(h, row.text(h)));
          rows.add(cells);
          checkRows(rows.size());
        });
    return rows;
  }

  /** The same rows with these columns; one that is absent is missing in every row. */
  public BehaviourTable aligned(List<String> wanted) {
    List<List<String>> taken = new ArrayList<>();
    for (String header : wanted) {
      boolean known = columns.stream().anyMatch(c -> same(c, header));
      taken.add(known ? column(header) : null);
    }
    List<Session> aligned = new ArrayList<>();
    for (int row = 0; row < size(); row++) {
      List<String> cells = new ArrayList<>();
      for (List<String> column : taken) {
        cells.add(column == null ? null : column.get(row));
      }
      Session session = sessions.get(row);
      aligned.add(new Session(session.line(), cells, session.bought()));
    }
    return sorted(wanted, aligned);
  }

  private static Session session(Row row, List<String> behaviour, String outcome) {
    List<String> cells = new ArrayList<>(behaviour.size());
    behaviour.forEach(h -> cells.add(row.text(h)));
    return new Session(row.line(), cells, row.bool(outcome));
  }

  private static void checkRows(int rows) {
    if (rows > ROWS_MAX) {
      throw new ProbabilityException(
          "The file has more than %d rows; at most that many are held in memory. Take a random part of them."
              .formatted(ROWS_MAX));
    }
  }

  private static BehaviourTable sorted(List<String> columns, List<Session> sessions) {
    List<Session> ordered = new ArrayList<>(sessions);
    ordered.sort(ORDER);
    return new BehaviourTable(columns, ordered);
  }

  static boolean same(String header, String other) {
    return header.strip().equalsIgnoreCase(other.strip());
  }

  /** Headers of the columns of behaviour. */
  public List<String> columns() {
    return columns;
  }

  /** Number of rows. */
  public int size() {
    return sessions.size();
  }

  /** Rows that ended in a purchase. */
  public int purchases() {
    return (int) sessions.stream().filter(Session::bought).count();
  }

  /**
   * Cells of a column, one a row, null where missing.
   *
   * @throws ProbabilityException when there is no such column
   */
  public List<String> column(String header) {
    int c = 0;
    while (c < columns.size() && !same(columns.get(c), header)) {
      c++;
    }
    if (c == columns.size()) {
      throw new ProbabilityException(
          "There is no column %s; found %s. Name one of them."
              .formatted(header, String.join(", ", columns)));
    }
    int column = c;
    List<String> cells = new ArrayList<>(size());
    sessions.forEach(s -> cells.add(s.cells().get(column)));
    return cells;
  }

  /** Whether each row ended in a purchase. */
  boolean[] outcomes() {
    boolean[] outcomes = new boolean[size()];
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] = sessions.get(i).bought();
    }
    return outcomes;
  }

  long line(int row) {
    return sessions.get(row).line();
  }

  /** The rows at these places, which must ascend. */
  BehaviourTable rows(int[] places) {
    List<Session> chosen = new ArrayList<>(places.length);
    for (int place : places) {
      chosen.add(sessions.get(place));
    }
    return new BehaviourTable(columns, chosen);
  }
}
