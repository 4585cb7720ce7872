package io.channelwise.campaign;

import java.io.IOException;
import java.util.Iterator;

/**
 * A domain's door for one of the eleven CSV tables; every bean of this type is found by the import.
 *
 * <p>The import reads, decodes and checks the files against {@link #spec()} first; only when no
 * file has a finding are the loaders called, all in one transaction, in the order of the
 * references.
 */
public interface TableLoader {

  TableSpec spec();

  /**
   * Replaces the campaign's rows of this table by the given ones ({@code events}: adds those whose
   * event id is new).
   *
   * @param rows checked against the spec; consumed once, streaming
   * @return rows stored
   */
  long load(String campaignKey, Iterator<Row> rows);

  /**
   * As {@link #load(String, Iterator)}; a loader of large files may read the text in a way of its
   * own.
   */
  default long load(String campaignKey, CheckedTable table) throws IOException {
    try (RowIterator rows = table.rows()) {
      return load(campaignKey, rows);
    }
  }

  /**
   * Whether {@link #load(String, Iterator)} adds to the rows stored, as for {@code events}, instead
   * of replacing.
   */
  default boolean appends() {
    return false;
  }
}
