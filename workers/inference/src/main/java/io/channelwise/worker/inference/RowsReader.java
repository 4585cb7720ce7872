package io.channelwise.worker.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code "rows"} of a request. */
final class RowsReader {
  static final int ROWS_MAX = 256;
  static final int COLUMNS_MAX = 500;
  static final int CELL_CHARS_MAX = 1_000;

  private RowsReader() {}

  /**
   * @return cells by column; null where unknown
   * @throws WrongInputException when it is no list of rows, or one is out of bounds
   */
  static List<Map<String, String>> rows(JsonNode node) {
    if (!node.isArray() || node.isEmpty() || node.size() > ROWS_MAX) {
      throw new WrongInputException(
          "\"rows\" has %s; 1 to %d rows are allowed."
              .formatted(node.isArray() ? node.size() + " entries" : "no list", ROWS_MAX));
    }
    List<Map<String, String>> rows = new ArrayList<>();
    for (JsonNode entry : node) {
      int number = rows.size() + 1;
      if (!entry.isObject() || entry.isEmpty() || entry.size() > COLUMNS_MAX) {
        throw new WrongInputException(
            "Row %d is %s; an object of 1 to %d columns is expected, such as {\"clicks\":3}."
                .formatted(
                    number,
                    entry.isObject() ? "an object of " + entry.size() + " columns" : "no object",
                    COLUMNS_MAX));
      }
      Map<String, String> row = new HashMap<>();
      entry.fields().forEachRemaining(cell -> row.put(cell.getKey(), cell(number, cell)));
      rows.add(row);
    }
    return rows;
  }

  private static String cell(int row, Map.Entry<String, JsonNode> cell) {
    JsonNode value = cell.getValue();
    if (value.isContainerNode() || value.asText().length() > CELL_CHARS_MAX) {
      throw new WrongInputException(
          "Row %d, column %s holds %s; a number, true or false, null or a text of at most %d characters is expected."
              .formatted(
                  row,
                  cell.getKey(),
                  value.isContainerNode()
                      ? "a list or an object"
                      : value.asText().length() + " characters",
                  CELL_CHARS_MAX));
    }
    return value.isNull() ? null : value.asText();
  }
}
