package io.channelwise.campaign;

import io.channelwise.campaign.CsvRecords.CsvRecord;
import java.io.IOException;
import java.io.Reader;

/** A file without a finding, for a loader to read once more. */
public final class CheckedTable {
  private final CsvTable table;
  private final ImportLimits limits;

  CheckedTable(CsvTable table, ImportLimits limits) {
    this.table = table;
    this.limits = limits;
  }

  /**
   * Whether the text is known to have no quotation mark and no carriage return alone: then each
   * line is a row, cut by the delimiter.
   */
  public boolean isPlain() {
    return table.encoding().plain();
  }

  /** The text from the header on. */
  public Reader text() throws IOException {
    return table.encoding().reader(table.source());
  }

  public char delimiter() {
    return table.delimiter();
  }

  /** Cell of a column, by its English name; -1 when the file does not have it. */
  public int position(String column) {
    for (int c = 0; c < table.positions().length; c++) {
      if (table.spec().columns().get(c).name().equals(column)) {
        return table.positions()[c];
      }
    }
    return -1;
  }

  /** The row of some cells, typed as the check does. */
  public Row row(long line, String[] cells) {
    return RowIterator.row(table, new CsvRecord(line, cells));
  }

  RowIterator rows() throws IOException {
    return new RowIterator(table, limits);
  }
}
