package io.channelwise.launcher.journey;

import io.channelwise.launcher.local.DataFolder;
import io.channelwise.launcher.local.LocalDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the tables say, read past the product as a superuser. Thread-safe. */
final class Database {
  private final String url;
  private final String password;

  Database(DataFolder folder, LocalDatabase database) {
    this.url = database.jdbcUrl();
    this.password = folder.secret("database-postgres");
  }

  /** A connection that finds our tables first, then the engine's. */
  Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url, "postgres", password);
    try (var statement = connection.createStatement()) {
      statement.execute("set search_path = channelwise, camunda");
    }
    return connection;
  }

  /** Rows by column name; parameters are texts or numbers. */
  static List<Map<String, Object>> rows(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        List<Map<String, Object>> rows = new ArrayList<>();
        while (result.next()) {
          Map<String, Object> row = new LinkedHashMap<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
          }
          rows.add(row);
        }
        return rows;
      }
    }
  }

  static boolean exists(Connection connection, String sql, Object... parameters)
      throws SQLException {
    return !rows(connection, sql, parameters).isEmpty();
  }

  List<Map<String, Object>> rows(String sql, Object... parameters) {
    try (Connection connection = connect()) {
      return rows(connection, sql, parameters);
    } catch (SQLException e) {
      throw new IllegalStateException("Reading the tables failed: " + sql, e);
    }
  }

  /** The single value of the single row. */
  Object value(String sql, Object... parameters) {
    List<Map<String, Object>> rows = rows(sql, parameters);
    if (rows.size() != 1) {
      throw new AssertionError("%d rows instead of one: %s".formatted(rows.size(), sql));
    }
    return rows.get(0).values().iterator().next();
  }

  long count(String sql, Object... parameters) {
    return ((Number) value(sql, parameters)).longValue();
  }

  /** The first column as texts, in the order of the query. */
  List<String> texts(String sql, Object... parameters) {
    return rows(sql, parameters).stream()
        .map(row -> String.valueOf(row.values().iterator().next()))
        .toList();
  }

  /**
   * A hash of every row of ours and of the engine's running state: equal hashes mean that nothing
   * was changed.
   */
  Map<String, String> fingerprint() {
    Map<String, String> fingerprint = new TreeMap<>();
    try (Connection connection = connect()) {
      for (Map<String, Object> table :
          rows(
              connection,
              """
              select table_schema as schema, table_name as name
                from information_schema.tables
               where table_type = 'BASE TABLE'
                 and (table_schema = 'channelwise'
                      or table_schema = 'camunda'
                         and table_name in ('act_ru_execution', 'act_ru_variable', 'act_ru_task',
                           'act_ru_ext_task', 'act_hi_procinst', 'act_hi_actinst', 'act_re_deployment'))
              """)) {
        String name = table.get("schema") + "." + table.get("name");
        String hash =
            "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '')"
                + " as hash from "
                + name
                + " t";
        fingerprint.put(name, rows(connection, hash).get(0).get("hash").toString());
      }
      return fingerprint;
    } catch (SQLException e) {
      throw new IllegalStateException("The tables could not be hashed", e);
    }
  }
}
