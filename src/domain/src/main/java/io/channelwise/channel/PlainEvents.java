package io.channelwise.channel;

import io.channelwise.campaign.CheckedTable;
import io.channelwise.campaign.Text;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * Events of a checked {@code events.csv} without quotes: most rows go straight from the file's
 * characters into COPY's text; the others are read as any table's. Not thread-safe.
 */
final class PlainEvents implements EventRows {
  private final CheckedTable table;
  private final CsvScanner csv;
  private final EventSlices slices;
  private final RowFindings findings;
  private final CopyText text = new CopyText();

  /**
   * @param reader the table's text
   * @param channels known to the campaign
   */
  PlainEvents(CheckedTable table, Reader reader, Set<String> channels, RowFindings findings)
      throws IOException {
    this.table = table;
    this.findings = findings;
    this.csv = new CsvScanner(reader, table.delimiter());
    this.slices =
        new EventSlices(channels, CsvEvents.COPIED.stream().mapToInt(table::position).toArray());
    boolean header = false;
    while (!header && csv.next()) {
      header = !isBlank();
    }
  }

  @Override
  public boolean next(StringBuilder copy) {
    while (advance()) {
      if (slices.append(csv, copy)) {
        return true;
      }
      if (!isBlank()) {
        String[] cells = new String[csv.cells()];
        for (int c = 0; c < cells.length; c++) {
          cells[c] = csv.text(c);
        }
        text.event(EventsLoader.event(table.row(csv.firstLine(), cells), findings), copy);
        return true;
      }
    }
    return false;
  }

  private boolean isBlank() {
    for (int c = 0; c < csv.cells(); c++) {
      if (!csv.text(c).isBlank()) {
        return false;
      }
    }
    return true;
  }

  private boolean advance() {
    try {
      return csv.next();
    } catch (CsvScanner.MalformedException e) {
      findings.add(
          csv.firstLine(), "", e.getMessage(), new Text("a row of ordinary length", "长度正常的一行"));
      findings.throwIfAny();
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("The events could not be read to the end.", e);
    }
  }
}
