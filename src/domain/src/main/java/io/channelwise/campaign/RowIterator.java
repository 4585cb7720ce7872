package io.channelwise.campaign;

import io.channelwise.campaign.CsvRecords.CsvRecord;
import io.channelwise.campaign.CsvRecords.Unreadable;
import io.channelwise.campaign.TableSpec.Column;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/** The second pass: typed rows of a file that had no finding. Not thread-safe. */
final class RowIterator implements Iterator<Row>, Closeable {
  private final CsvTable table;
  private final CsvRecords records;
  private CsvRecord next;

  RowIterator(CsvTable table, ImportLimits limits) throws IOException {
    this.table = table;
    try {
      this.records = table.records(limits);
    } catch (Unreadable e) {
      throw changed(table, e);
    }
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    if (next == null) {
      throw new NoSuchElementException("The file has no further row.");
    }
    Row row = row(table, next);
    advance();
    return row;
  }

  /** A typed row of a file that had no finding. */
  static Row row(CsvTable table, CsvRecord record) {
    Map<String, Object> values = new HashMap<>();
    for (int c = 0; c < table.positions().length; c++) {
      Column column = table.spec().columns().get(c);
      int position = table.positions()[c];
      if (position >= 0) {
        Cell cell = Cell.of(column, record.fields()[position]);
        if (!(cell instanceof Cell.Value value)) {
          throw changed(table, null);
        }
        if (value.value() != null) {
          values.put(column.name(), value.value());
        }
      }
    }
    return new Row(record.line(), values);
  }

  private void advance() {
    try {
      next = records.next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Unreadable e) {
      throw changed(table, e);
    }
  }

  private static IllegalStateException changed(CsvTable table, Exception cause) {
    return new IllegalStateException(
        "File %s changed between its check and its loading; nothing was stored. Import it again."
            .formatted(table.source().name()),
        cause);
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
