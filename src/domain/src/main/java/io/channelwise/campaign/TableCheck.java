package io.channelwise.campaign;

import io.channelwise.campaign.CsvRecords.CsvRecord;
import io.channelwise.campaign.CsvRecords.Unreadable;
import io.channelwise.campaign.TableSpec.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first pass over one file: every cell, every row, every key; nothing is stored. Not
 * thread-safe.
 */
final class TableCheck {
  private final CsvTable table;
  private final ImportLimits limits;
  private final Findings findings;
  private final KeySet keys = new KeySet();
  private final Map<String, ReferenceValues> references = new HashMap<>();
  private long rows;

  /**
   * @param linked names of the columns that refer to another table or are referred to
   */
  TableCheck(CsvTable table, Set<String> linked, ImportLimits limits, Findings findings) {
    this.table = table;
    this.limits = limits;
    this.findings = findings;
    linked.forEach(column -> references.put(column, new ReferenceValues()));
  }

  /** Distinct values of the linked columns. */
  Map<String, ReferenceValues> references() {
    return references;
  }

  CsvTable table() {
    return table;
  }

  /** Reads the whole file. */
  ImportedTable run() throws IOException {
    try (CsvRecords records = table.records(limits)) {
      CsvRecord record = records.next();
      while (record != null) {
        rows++;
        check(record);
        record = records.next();
      }
      if (rows == 0 && table.spec().required()) {
        findings.add(
            file(), 0, "", "no row", new Text("a header and at least one row", "表头和至少一行数据"));
      }
    } catch (Unreadable e) {
      findings.add(file(), e.line(), "", "", e.expected());
    }
    return new ImportedTable(
        table.spec().name(),
        table.source().name(),
        rows,
        table.encoding().charset().name(),
        table.delimiterName(),
        table.ignoredColumns(),
        sha256(table.source().path()));
  }

  private void check(CsvRecord record) {
    int expected = table.headers().size();
    if (record.fields().length != expected) {
      findings.add(
          file(),
          record.line(),
          "",
          record.fields().length + " cells",
          new Text(
              "%d cells, as many as the header has".formatted(expected),
              "%d 个单元格，与表头一致".formatted(expected)));
      return;
    }
    Map<String, Object> values = new HashMap<>();
    boolean clean = true;
    for (int c = 0; c < table.positions().length; c++) {
      clean &= cell(record, c, values);
    }
    if (clean) {
      checkKey(record.line(), values);
      references.forEach((column, seen) -> seen.add(values.get(column), record.line()));
    }
  }

  private boolean cell(CsvRecord record, int c, Map<String, Object> values) {
    if (table.positions()[c] < 0) {
      return true;
    }
    Column column = table.spec().columns().get(c);
    String raw = record.fields()[table.positions()[c]];
    if (raw.length() > limits.fieldCharsMax()) {
      findings.add(
          file(),
          record.line(),
          table.header(c),
          raw,
          new Text(
              "at most %d characters".formatted(limits.fieldCharsMax()),
              "不超过 %d 个字符".formatted(limits.fieldCharsMax())));
      return false;
    }
    Cell cell = Cell.of(column, raw);
    if (cell instanceof Cell.Wrong wrong) {
      findings.add(file(), record.line(), table.header(c), raw.strip(), wrong.expected());
      return false;
    }
    values.put(column.name(), ((Cell.Value) cell).value());
    return true;
  }

  private void checkKey(long line, Map<String, Object> values) {
    List<String> columns = table.spec().key();
    if (columns.isEmpty()) {
      return;
    }
    List<Object> key = new ArrayList<>();
    columns.forEach(column -> key.add(values.get(column)));
    long before = keys.addOrFind(key, line);
    if (before != 0) {
      List<String> shown = key.stream().map(v -> v == null ? "" : v.toString()).toList();
      findings.add(
          file(),
          line,
          String.join(" + ", columns),
          String.join(" + ", shown),
          new Text(
              "a key that occurs once; row %d has it already".formatted(before),
              "不重复的键；第 %d 行已有该键".formatted(before)));
    }
  }

  private String file() {
    return table.source().fileName();
  }

  private static String sha256(Path path) throws IOException {
    try (InputStream bytes =
        new DigestInputStream(Files.newInputStream(path), MessageDigest.getInstance("SHA-256"))) {
      bytes.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) bytes).getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
