package io.channelwise.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a CSV table that belongs to no campaign: encoding, delimiter and header are found as in an
 * import, everything is checked first, then every row is handed over.
 */
public final class TableReader {
  private final SourceFile file;
  private final ImportLimits limits;

  public TableReader(SourceFile file, ImportLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  /**
   * Every header as it stands in the file, in its order; an empty text for a column without one.
   *
   * @throws InvalidDataException when a header occurs twice or the file is no CSV text
   */
  public List<String> headers() {
    Text label = new Text("Table", "表");
    return List.copyOf(open(new TableSpec("table", label, List.of(), List.of(), true)).headers());
  }

  /**
   * Which columns of the spec the file has, by English name.
   *
   * @throws InvalidDataException when it lacks a required one or is no CSV text
   */
  public Set<String> columns(TableSpec spec) {
    CsvTable table = open(spec);
    Set<String> present = new LinkedHashSet<>();
    for (int c = 0; c < table.positions().length; c++) {
      if (table.positions()[c] >= 0) {
        present.add(spec.columns().get(c).name());
      }
    }
    return present;
  }

  /**
   * Hands over every row, after all of them were found to fit.
   *
   * @throws InvalidDataException with every finding; no row was handed over
   */
  public void read(TableSpec spec, Consumer<Row> rows) {
    CsvTable table = open(spec);
    Findings findings = new Findings(limits.findingsMax());
    try {
      new TableCheck(table, Set.of(), limits, findings).run();
      findings.throwIfAny();
      try (RowIterator iterator = new RowIterator(table, limits)) {
        iterator.forEachRemaining(rows);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private CsvTable open(TableSpec spec) {
    Findings findings = new Findings(limits.findingsMax());
    try {
      Optional<CsvTable> table = CsvTable.open(file, spec, limits, findings);
      findings.throwIfAny();
      return table.orElseThrow(() -> new InvalidDataException(List.of(notATable()), 0));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Finding notATable() {
    return Findings.finding(
        file.fileName(), 0, "", "", new Text("a header and at least one row", "表头和至少一行数据"));
  }

  private UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("File %s could not be read.".formatted(file.name()), e);
  }
}
