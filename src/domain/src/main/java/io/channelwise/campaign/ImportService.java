package io.channelwise.campaign;

import io.channelwise.campaign.ImportCheck.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Imports the CSV tables of a campaign: everything is checked first, then everything is loaded in
 * one transaction, or nothing. Thread-safe.
 */
@Service
public class ImportService {
  private final TableCatalog catalog;
  private final ImportRepository repository;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ImportService(
      TableCatalog catalog,
      ImportRepository repository,
      @Qualifier("domainTransactionTemplate") TransactionTemplate transaction,
      Clock clock) {
    this.catalog = catalog;
    this.repository = repository;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** The tables a campaign can bring, by name. */
  public List<TableSpec> tables() {
    return catalog.specs();
  }

  /** Tables brought so far, by name. */
  public List<DataImport> imports(String campaignKey) {
    return repository.imports(campaignKey);
  }

  /** The rows that figures were computed from, as {@link Briefing} names them; one a table. */
  public List<Briefing.Source> sources(String campaignKey, String... tables) {
    Map<String, DataImport> brought =
        imports(campaignKey).stream().collect(Collectors.toMap(DataImport::table, data -> data));
    return Stream.of(tables)
        .map(
            table ->
                brought.containsKey(table)
                    ? Sources.table(campaignKey, brought.get(table))
                    : Sources.missing(campaignKey, table))
        .toList();
  }

  /** As {@link #sources}, the rows of one table that hold these values by column. */
  public Briefing.Source source(String campaignKey, String table, Map<String, String> where) {
    return Sources.table(
        campaignKey,
        imports(campaignKey).stream().filter(i -> i.table().equals(table)).findFirst(),
        table,
        where);
  }

  /** Checks the files of a campaign that has no data yet; stores nothing. */
  public CheckResult check(List<SourceFile> files) {
    return check(files, ImportLimits.DEFAULT);
  }

  public CheckResult check(List<SourceFile> files, ImportLimits limits) {
    return new ImportCheck(catalog, limits, Stored.NOTHING).run(files);
  }

  /**
   * Imports files into a campaign; tables it does not bring stay as they are.
   *
   * @return how each file was read
   * @throws InvalidDataException with every finding; nothing was changed
   * @throws UnknownCampaignException when there is no such campaign
   */
  public List<ImportedTable> importAll(String campaignKey, List<SourceFile> files) {
    return importAll(campaignKey, files, ImportLimits.DEFAULT);
  }

  public List<ImportedTable> importAll(
      String campaignKey, List<SourceFile> files, ImportLimits limits) {
    ImportCheck check = new ImportCheck(catalog, limits, new StoredOf(campaignKey));
    throwIfAny(check.run(files));
    return load(campaignKey, check, limits);
  }

  /** Checks the files of a campaign to be created and keeps what loading needs. */
  ImportCheck checkNew(List<SourceFile> files, ImportLimits limits, Findings first) {
    ImportCheck check = new ImportCheck(catalog, limits, Stored.NOTHING);
    CheckResult result = check.run(files);
    result.findings().forEach(first::add);
    first.addFurther(result.further());
    return check;
  }

  /** Loads checked files in the caller's transaction, or one of its own. */
  List<ImportedTable> load(String campaignKey, ImportCheck check, ImportLimits limits) {
    return transaction.execute(
        status -> {
          if (!repository.lock(campaignKey)) {
            throw new UnknownCampaignException(campaignKey);
          }
          Instant now = clock.instant();
          for (String table : catalog.loadOrder()) {
            TableCheck checked = check.checks().get(table);
            if (checked != null) {
              loadTable(campaignKey, checked, limits);
              ImportedTable imported = check.tables().get(table);
              repository.record(campaignKey, table, imported.rows(), imported.sha256(), now);
            }
          }
          return List.copyOf(check.tables().values());
        });
  }

  private void loadTable(String campaignKey, TableCheck checked, ImportLimits limits) {
    TableSpec spec = checked.table().spec();
    TableLoader loader = catalog.loader(spec.name());
    try {
      loader.load(campaignKey, new CheckedTable(checked.table(), limits));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "File %s could not be read.".formatted(checked.table().source().name()), e);
    }
    if (!loader.appends()) {
      repository.deleteReferences(campaignKey, spec.name());
    }
    for (Map.Entry<String, ReferenceValues> column : checked.references().entrySet()) {
      repository.addReferences(
          campaignKey, spec.name(), column.getKey(), column.getValue().values());
    }
  }

  private static void throwIfAny(CheckResult result) {
    if (!result.isClean()) {
      throw new InvalidDataException(result.findings(), result.further());
    }
  }

  private final class StoredOf implements Stored {
    private final String campaignKey;
    private final Set<String> tables;

    StoredOf(String campaignKey) {
      this.campaignKey = campaignKey;
      this.tables =
          repository.imports(campaignKey).stream()
              .map(DataImport::table)
              .collect(Collectors.toSet());
    }

    @Override
    public Set<String> tables() {
      return tables;
    }

    @Override
    public Set<String> references(String table, String column) {
      return repository.references(campaignKey, table, column);
    }
  }
}
