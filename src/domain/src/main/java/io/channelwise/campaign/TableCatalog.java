package io.channelwise.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The tables that the domains can load, and how they refer to each other. Thread-safe. */
@Component
class TableCatalog {
  private final Map<String, TableLoader> loaders = new LinkedHashMap<>();

  /** A column that holds names of another table's column. */
  record Link(String table, String column, String targetTable, String targetColumn) {}

  private final List<Link> links;

  TableCatalog(List<TableLoader> all) {
    all.stream()
        .sorted(Comparator.comparing(l -> l.spec().name()))
        .forEach(loader -> loaders.put(loader.spec().name(), loader));
    links = loaders.values().stream().flatMap(l -> linksOf(l.spec()).stream()).toList();
  }

  private static List<Link> linksOf(TableSpec spec) {
    return spec.columns().stream()
        .filter(c -> c.references() != null)
        .map(
            c -> {
              int dot = c.references().indexOf('.');
              return new Link(
                  spec.name(),
                  c.name(),
                  c.references().substring(0, dot),
                  c.references().substring(dot + 1));
            })
        .toList();
  }

  List<TableSpec> specs() {
    return loaders.values().stream().map(TableLoader::spec).toList();
  }

  TableLoader loader(String table) {
    return loaders.get(table);
  }

  List<Link> links() {
    return links;
  }

  /** The table of a file name, in English or Chinese, whatever its case. */
  Optional<TableSpec> byFileName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return specs().stream()
        .filter(s -> name.equals(s.name() + ".csv") || name.equals(s.label().zh() + ".csv"))
        .findFirst();
  }

  /** {@code a.csv, b.csv, …}. */
  String fileNames() {
    return loaders.keySet().stream().map(n -> n + ".csv").collect(Collectors.joining(", "));
  }

  /** Columns of the table that refer to another one or are referred to. */
  Set<String> linkedColumns(String table) {
    Set<String> columns = new LinkedHashSet<>();
    for (Link link : links) {
      if (link.table().equals(table)) {
        columns.add(link.column());
      }
      if (link.targetTable().equals(table)) {
        columns.add(link.targetColumn());
      }
    }
    return columns;
  }

  /** All tables, each behind those it refers to. */
  List<String> loadOrder() {
    Set<String> ordered = new LinkedHashSet<>();
    loaders.keySet().forEach(table -> visit(table, ordered, new LinkedHashSet<>()));
    return new ArrayList<>(ordered);
  }

  private void visit(String table, Set<String> ordered, Set<String> path) {
    if (!loaders.containsKey(table) || ordered.contains(table) || !path.add(table)) {
      return;
    }
    links.stream()
        .filter(link -> link.table().equals(table))
        .forEach(link -> visit(link.targetTable(), ordered, path));
    ordered.add(table);
  }
}
