package io.channelwise.campaign;

import java.util.List;
import java.util.Map;

/**
 * Rows of an imported table as they are stored now, for who follows a figure to its inputs.
 *
 * @param imported what the table was imported from last; null when it never was
 * @param superseded whether the file that a link named was replaced by another one since
 * @param where the values asked for, by column
 * @param page from 0
 * @param size rows a page
 * @param total rows that hold the values
 * @param rows value by column, in the table's order of columns; null where nothing was given
 */
public record RowPage(
    String campaignKey,
    String table,
    Text title,
    DataImport imported,
    boolean superseded,
    List<ColumnName> columns,
    Map<String, Object> where,
    int page,
    int size,
    long total,
    List<Map<String, Object>> rows) {

  public RowPage {
    columns = List.copyOf(columns);
  }

  /**
   * @param name key in each row
   */
  public record ColumnName(String name, Text label) {}
}
