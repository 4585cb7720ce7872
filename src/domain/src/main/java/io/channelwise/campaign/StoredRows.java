package io.channelwise.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A domain's door to the rows of its imported tables; every bean of this type is found by {@link
 * RowService}. Thread-safe.
 *
 * <p>Each query takes {@code :campaignKey}, {@code :where} (a JSON object of equal values), {@code
 * :size} and {@code :offset}, and returns {@code content} (a JSON object by the columns of the
 * {@link TableSpec}) and {@code total}, in an order that never changes.
 */
public abstract class StoredRows {
  private static final TypeReference<Map<String, Object>> ROW = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final Map<String, String> queries;

  /**
   * @param queries by table
   */
  protected StoredRows(JdbcClient jdbc, ObjectMapper json, Map<String, String> queries) {
    this.jdbc = jdbc;
    this.json = json;
    this.queries = Map.copyOf(queries);
  }

  /**
   * @param total rows that match, on all pages
   */
  public record Found(long total, List<Map<String, Object>> rows) {}

  // Public, so that a proxy around the repository passes the call on.

  public Set<String> tables() {
    return queries.keySet();
  }

  public Found find(
      String table, String campaignKey, Map<String, Object> where, int page, int size) {
    long[] total = {0};
    List<Map<String, Object>> rows =
        jdbc.sql(queries.get(table))
            .param("campaignKey", campaignKey)
            .param("where", write(where))
            .param("size", size)
            .param("offset", (long) page * size)
            .query(
                (row, index) -> {
                  total[0] = row.getLong("total");
                  return read(row.getString("content"));
                })
            .list();
    return new Found(total[0], rows);
  }

  private String write(Map<String, Object> where) {
    try {
      return json.writeValueAsString(where);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A filter cannot be written as JSON: " + where, e);
    }
  }

  private Map<String, Object> read(String content) {
    try {
      return json.readValue(content, ROW);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored row cannot be read from JSON.", e);
    }
  }
}
