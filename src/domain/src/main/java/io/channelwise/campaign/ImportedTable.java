package io.channelwise.campaign;

import java.util.List;

/**
 * How a file was read.
 *
 * @param table e.g. {@code survey}
 * @param file as the user named it
 * @param rows without the header and blank lines
 * @param charset e.g. {@code UTF-8}, {@code GB18030}
 * @param delimiter comma, semicolon or tab
 * @param ignoredColumns headers that the table does not know; their cells were not read
 * @param sha256 of the file's bytes, hexadecimal
 */
public record ImportedTable(
    String table,
    String file,
    long rows,
    String charset,
    String delimiter,
    List<String> ignoredColumns,
    String sha256) {

  public ImportedTable {
    ignoredColumns = List.copyOf(ignoredColumns);
  }
}
