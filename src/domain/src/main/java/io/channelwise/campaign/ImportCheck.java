package io.channelwise.campaign;

import io.channelwise.campaign.TableCatalog.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks files one by one and against each other, and against the names that the campaign's stored
 * tables hold. Used once; not thread-safe.
 */
final class ImportCheck {
  private static final int NAMES_SHOWN = 8;

  private final TableCatalog catalog;
  private final ImportLimits limits;
  private final Stored stored;
  private final Findings findings;
  private final Map<String, TableCheck> checks = new LinkedHashMap<>();
  private final Map<String, ImportedTable> tables = new LinkedHashMap<>();

  /** What is already there of the campaign. */
  interface Stored {
    /** Names of the tables stored. */
    Set<String> tables();

    Set<String> references(String table, String column);

    /** A campaign that has nothing yet. */
    Stored NOTHING =
        new Stored() {
          @Override
          public Set<String> tables() {
            return Set.of();
          }

          @Override
          public Set<String> references(String table, String column) {
            return Set.of();
          }
        };
  }

  ImportCheck(TableCatalog catalog, ImportLimits limits, Stored stored) {
    this.catalog = catalog;
    this.limits = limits;
    this.stored = stored;
    this.findings = new Findings(limits.findingsMax());
  }

  CheckResult run(List<SourceFile> files) {
    for (SourceFile file : files) {
      checkFile(file);
    }
    checkRequired(files);
    Comparator<Link> byTable = Comparator.comparing(Link::table);
    catalog.links().stream().sorted(byTable).forEach(this::checkLink);
    return new CheckResult(findings.kept(), findings.further(), List.copyOf(tables.values()));
  }

  /** The files checked, by table. */
  Map<String, TableCheck> checks() {
    return checks;
  }

  Map<String, ImportedTable> tables() {
    return tables;
  }

  private void checkFile(SourceFile file) {
    Optional<TableSpec> spec = catalog.byFileName(file.fileName());
    if (spec.isEmpty()) {
      findings.add(
          file.fileName(),
          0,
          "",
          file.fileName(),
          new Text("one of " + catalog.fileNames(), "以下之一：" + catalog.fileNames()));
      return;
    }
    String table = spec.get().name();
    if (checks.containsKey(table)) {
      findings.add(
          file.fileName(),
          0,
          "",
          file.fileName(),
          new Text("each table once; it was brought twice", "每个表只提供一次；该表出现了两次"));
      return;
    }
    try {
      Optional<CsvTable> opened = CsvTable.open(file, spec.get(), limits, findings);
      if (opened.isPresent()) {
        TableCheck check =
            new TableCheck(opened.get(), catalog.linkedColumns(table), limits, findings);
        tables.put(table, check.run());
        checks.put(table, check);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("File %s could not be read.".formatted(file.name()), e);
    }
  }

  private void checkRequired(List<SourceFile> files) {
    Set<String> brought =
        files.stream()
            .flatMap(f -> catalog.byFileName(f.fileName()).stream())
            .map(TableSpec::name)
            .collect(Collectors.toSet());
    for (TableSpec spec : catalog.specs()) {
      String table = spec.name();
      if (spec.required() && !brought.contains(table) && !stored.tables().contains(table)) {
        findings.add(
            table + ".csv",
            0,
            "",
            "",
            new Text(
                "the file %s.csv (%s)".formatted(table, spec.label().en()),
                "文件 %s.csv（%s）".formatted(table, spec.label().zh())));
      }
    }
  }

  private void checkLink(Link link) {
    TableCheck referring = checks.get(link.table());
    TableCheck target = checks.get(link.targetTable());
    if (target == null && !stored.tables().contains(link.targetTable())) {
      if (isRequired(link.targetTable())) {
        // Its absence is a finding already; every name in it would be another.
        return;
      }
    }
    Set<String> known =
        target != null
            ? target.references().get(link.targetColumn()).values()
            : stored.references(link.targetTable(), link.targetColumn());
    if (referring != null) {
      checkReferring(referring, link, known);
    } else if (target != null) {
      checkStored(target, link, known);
    }
  }

  private boolean isRequired(String table) {
    TableLoader loader = catalog.loader(table);
    return loader != null && loader.spec().required();
  }

  private void checkReferring(TableCheck referring, Link link, Set<String> known) {
    referring
        .references()
        .get(link.column())
        .firstLines()
        .forEach(
            (value, line) -> {
              if (!known.contains(value)) {
                findings.add(
                    referring.table().source().fileName(),
                    line,
                    link.column(),
                    value,
                    knownNames(link, known));
              }
            });
  }

  private static Text knownNames(Link link, Set<String> known) {
    String source = link.targetTable() + ".csv";
    String names = known.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
    String more = known.size() > NAMES_SHOWN ? ", …" : "";
    if (known.isEmpty()) {
      return new Text(
          "a %s of %s, which has none".formatted(link.targetColumn(), source),
          "%s 中的 %s，但其中没有任何值".formatted(source, link.targetColumn()));
    }
    return new Text(
        "a %s of %s: %s%s".formatted(link.targetColumn(), source, names, more),
        "%s 中的 %s：%s%s".formatted(source, link.targetColumn(), names, more));
  }

  /** A table is replaced while one that stays refers to names of it. */
  private void checkStored(TableCheck target, Link link, Set<String> known) {
    for (String value : stored.references(link.table(), link.column())) {
      if (!known.contains(value)) {
        findings.add(
            target.table().source().fileName(),
            0,
            link.targetColumn(),
            "",
            new Text(
                "%s “%s”, which %s.csv, brought earlier, refers to"
                    .formatted(link.targetColumn(), value, link.table()),
                "先前导入的 %s.csv 所引用的 %s“%s”".formatted(link.table(), link.targetColumn(), value)));
      }
    }
  }
}
