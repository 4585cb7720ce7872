package io.channelwise.campaign;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a campaign brought, and the names its tables share. */
@Repository
class ImportRepository {
  private static final String LOCK =
      """
      select campaign_key
        from campaign
       where campaign_key = :campaignKey
         for update
      """;

  private static final String UPSERT_IMPORT =
      """
      insert into data_import (campaign_key, table_name, row_count, sha256, imported_at)
      values (:campaignKey, :table, :rows, :sha256, :importedAt)
      on conflict (campaign_key, table_name) do update
        set row_count = excluded.row_count,
            sha256 = excluded.sha256,
            imported_at = excluded.imported_at
      """;

  private static final String IMPORTS =
      """
      select table_name, row_count, sha256, imported_at
        from data_import
       where campaign_key = :campaignKey
       order by table_name
       limit 100
      """;

  private static final String DELETE_REFERENCES =
      """
      delete from data_reference
       where campaign_key = :campaignKey
         and table_name = :table
      """;

  private static final String INSERT_REFERENCE =
      """
      insert into data_reference (campaign_key, table_name, column_name, value)
      values (?, ?, ?, ?)
      on conflict do nothing
      """;

  private static final String REFERENCES =
      """
      select value
        from data_reference
       where campaign_key = :campaignKey
         and table_name = :table
         and column_name = :column
       order by value
       limit 100000
      """;

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  ImportRepository(JdbcClient jdbc, @Qualifier("domainDataSource") DataSource dataSource) {
    this.jdbc = jdbc;
    this.batches = new JdbcTemplate(dataSource);
  }

  /** Makes imports into one campaign wait for each other; false when it does not exist. */
  boolean lock(String campaignKey) {
    return jdbc.sql(LOCK)
        .param("campaignKey", campaignKey)
        .query(String.class)
        .optional()
        .isPresent();
  }

  void record(String campaignKey, String table, long rows, String sha256, Instant now) {
    jdbc.sql(UPSERT_IMPORT)
        .param("campaignKey", campaignKey)
        .param("table", table)
        .param("rows", rows)
        .param("sha256", sha256)
        .param("importedAt", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  List<DataImport> imports(String campaignKey) {
    return jdbc.sql(IMPORTS)
        .param("campaignKey", campaignKey)
        .query(
            (row, index) ->
                new DataImport(
                    row.getString("table_name"),
                    row.getLong("row_count"),
                    row.getString("sha256"),
                    row.getObject("imported_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  void deleteReferences(String campaignKey, String table) {
    jdbc.sql(DELETE_REFERENCES).param("campaignKey", campaignKey).param("table", table).update();
  }

  void addReferences(String campaignKey, String table, String column, Set<String> values) {
    List<Object[]> rows = new ArrayList<>();
    values.forEach(value -> rows.add(new Object[] {campaignKey, table, column, value}));
    batches.batchUpdate(INSERT_REFERENCE, rows);
  }

  Set<String> references(String campaignKey, String table, String column) {
    return new LinkedHashSet<>(
        jdbc.sql(REFERENCES)
            .param("campaignKey", campaignKey)
            .param("table", table)
            .param("column", column)
            .query(String.class)
            .list());
  }
}
