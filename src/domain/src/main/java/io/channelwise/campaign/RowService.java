package io.channelwise.campaign;

import io.channelwise.campaign.TableSpec.Column;
import io.channelwise.domain.DomainConfiguration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads the imported rows that figures were computed from. Thread-safe. */
@Service
public class RowService {
  public static final int SIZE_MAX = 500;
  private static final int PAGE_MAX = 1_000_000;

  private final TableCatalog catalog;
  private final CampaignService campaigns;
  private final ImportService imports;
  private final Map<String, StoredRows> doors = new HashMap<>();

  RowService(
      TableCatalog catalog,
      CampaignService campaigns,
      ImportService imports,
      List<StoredRows> stored) {
    this.catalog = catalog;
    this.campaigns = campaigns;
    this.imports = imports;
    stored.forEach(door -> door.tables().forEach(table -> doors.put(table, door)));
  }

  /**
   * One page of a table's rows, those that hold all the values, in an order that never changes.
   *
   * @param where wanted value by column, as texts
   * @param sha256 of the file that the caller expects, or its beginning; null for any
   * @param page from 0
   * @param size 1 to {@link #SIZE_MAX}
   * @throws UnknownCampaignException when there is no such campaign
   * @throws InvalidRowQueryException when the table, a column, a value or the page cannot be
   */
  @Transactional(value = DomainConfiguration.DOMAIN_TRANSACTIONS, readOnly = true)
  public RowPage rows(
      String campaignKey,
      String table,
      Map<String, String> where,
      String sha256,
      int page,
      int size) {
    campaigns.require(campaignKey);
    TableSpec spec = spec(table);
    if (page < 0 || page > PAGE_MAX || size < 1 || size > SIZE_MAX) {
      throw InvalidRowQueryException.wrong(
          new Text(
              "Page %d with %d rows was asked for; expected a page from 0 and 1 to %d rows."
                  .formatted(page, size, SIZE_MAX),
              "请求第 %d 页、每页 %d 行；页码应从 0 开始，每页 1 至 %d 行。".formatted(page, size, SIZE_MAX)));
    }
    Map<String, Object> wanted = typed(spec, where);
    StoredRows.Found found = doors.get(table).find(table, campaignKey, wanted, page, size);
    if (found.rows().isEmpty() && page > 0) {
      throw InvalidRowQueryException.unknown(
          new Text(
              "Table %s of campaign %s has no page %d with %d rows a page; pages count from 0."
                  .formatted(table, campaignKey, page, size),
              "上市活动 %s 的表 %s 没有第 %d 页（每页 %d 行）；页码从 0 开始。"
                  .formatted(campaignKey, table, page, size)));
    }
    DataImport imported = imported(campaignKey, table).orElse(null);
    return new RowPage(
        campaignKey,
        table,
        spec.label(),
        imported,
        sha256 != null && (imported == null || !imported.sha256().startsWith(sha256)),
        spec.columns().stream()
            .map(c -> new RowPage.ColumnName(c.name(), new Text(c.name(), c.zh())))
            .toList(),
        wanted,
        page,
        size,
        found.total(),
        found.rows().stream().map(row -> inOrder(spec, row)).toList());
  }

  private TableSpec spec(String table) {
    return catalog.specs().stream()
        .filter(s -> s.name().equals(table) && doors.containsKey(table))
        .findFirst()
        .orElseThrow(
            () ->
                InvalidRowQueryException.unknown(
                    new Text(
                        "There is no table %s; the tables are %s.".formatted(table, tables()),
                        "没有表 %s；可用的表：%s。".formatted(table, tables()))));
  }

  private String tables() {
    return doors.keySet().stream().sorted().collect(Collectors.joining(", "));
  }

  private Optional<DataImport> imported(String campaignKey, String table) {
    return imports.imports(campaignKey).stream().filter(i -> i.table().equals(table)).findFirst();
  }

  private static Map<String, Object> typed(TableSpec spec, Map<String, String> where) {
    Map<String, Object> wanted = new TreeMap<>();
    where.forEach(
        (name, value) -> {
          Column column =
              spec.column(name)
                  .filter(RowService::canBeAskedFor)
                  .orElseThrow(
                      () ->
                          InvalidRowQueryException.wrong(
                              new Text(
                                  "Rows of table %s cannot be asked for by %s; they can by %s."
                                      .formatted(spec.name(), name, columns(spec)),
                                  "表 %s 不能按 %s 查询；可用的列：%s。"
                                      .formatted(spec.name(), name, columns(spec)))));
          wanted.put(name, typed(column, value));
        });
    return wanted;
  }

  /** Names and kinds; that a measured number is equal to another is luck. */
  private static boolean canBeAskedFor(Column column) {
    return switch (column.type()) {
      case TEXT, INTEGER, BOOLEAN, DATE, PERIOD -> true;
      case NUMBER, SHARE, TIMESTAMP -> false;
    };
  }

  private static String columns(TableSpec spec) {
    return spec.columns().stream()
        .filter(RowService::canBeAskedFor)
        .map(Column::name)
        .collect(Collectors.joining(", "));
  }

  private static Object typed(Column column, String value) {
    if (column.type() == TableSpec.Type.INTEGER && value.matches("-?\\d{1,18}")) {
      return Long.parseLong(value);
    }
    if (column.type() == TableSpec.Type.BOOLEAN && value.matches("true|false")) {
      return Boolean.parseBoolean(value);
    }
    if (column.type() == TableSpec.Type.INTEGER || column.type() == TableSpec.Type.BOOLEAN) {
      boolean whole = column.type() == TableSpec.Type.INTEGER;
      throw InvalidRowQueryException.wrong(
          new Text(
              "Column %s was asked for “%s”; expected %s."
                  .formatted(column.name(), value, whole ? "a whole number" : "true or false"),
              "列 %s（%s）的查询值为“%s”；应为%s。"
                  .formatted(column.name(), column.zh(), value, whole ? "整数" : " true 或 false")));
    }
    return value;
  }

  /** PostgreSQL keeps no order of a JSON object's fields. */
  private static Map<String, Object> inOrder(TableSpec spec, Map<String, Object> row) {
    Map<String, Object> ordered = new LinkedHashMap<>();
    spec.columns().forEach(c -> ordered.put(c.name(), row.get(c.name())));
    return ordered;
  }
}
