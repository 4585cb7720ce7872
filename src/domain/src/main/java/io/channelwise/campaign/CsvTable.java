package io.channelwise.campaign;

import io.channelwise.campaign.CsvRecords.CsvRecord;
import io.channelwise.campaign.CsvRecords.Unreadable;
import io.channelwise.campaign.TableSpec.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A file whose encoding, delimiter and header are known, ready to be read row by row.
 *
 * @param headers as they stand in the file, one a field
 * @param positions for each column of the spec its field, or -1 when the file does not have it
 */
record CsvTable(
    SourceFile source,
    TableSpec spec,
    Encoding encoding,
    char delimiter,
    List<String> headers,
    int[] positions) {
  private static final char[] DELIMITERS = {',', ';', '\t'};

  /** Reads the beginning of a file; empty, with findings, when it is not a table of the spec. */
  static Optional<CsvTable> open(
      SourceFile source, TableSpec spec, ImportLimits limits, Findings findings)
      throws IOException {
    String file = source.fileName();
    long bytes = Files.size(source.path());
    if (bytes > limits.fileBytesMax()) {
      findings.add(
          file,
          0,
          "",
          bytes + " bytes",
          new Text(
              "at most %d bytes".formatted(limits.fileBytesMax()),
              "不超过 %d 字节".formatted(limits.fileBytesMax())));
      return Optional.empty();
    }
    if (isBinary(source)) {
      findings.add(
          file,
          0,
          "",
          "a binary file",
          new Text("a CSV text; save a workbook as “CSV UTF-8”", "CSV 文本；请将工作簿另存为“CSV UTF-8”"));
      return Optional.empty();
    }
    Encoding encoding = Encoding.of(source.path());
    for (Encoding.Fault fault : encoding.faults()) {
      findings.add(
          file,
          fault.line(),
          "",
          "bytes " + fault.bytes(),
          new Text("text in UTF-8 or GB18030", "UTF-8 或 GB18030 编码的文本"));
    }
    return encoding.faults().isEmpty()
        ? header(source, spec, encoding, limits, findings)
        : Optional.empty();
  }

  private static boolean isBinary(SourceFile source) throws IOException {
    byte[] head = new byte[4];
    try (var bytes = Files.newInputStream(source.path())) {
      int length = bytes.readNBytes(head, 0, 4);
      // ZIP (workbooks), the old Excel container, PDF.
      return length == 4
          && ((head[0] == 'P' && head[1] == 'K' && head[2] == 3)
              || (head[0] == (byte) 0xD0 && head[1] == (byte) 0xCF)
              || (head[0] == '%' && head[1] == 'P' && head[2] == 'D'));
    }
  }

  private static Optional<CsvTable> header(
      SourceFile source, TableSpec spec, Encoding encoding, ImportLimits limits, Findings findings)
      throws IOException {
    CsvTable best = null;
    long bestScore = -1;
    Unreadable unreadable = null;
    for (char delimiter : DELIMITERS) {
      try (CsvRecords records =
          new CsvRecords(
              encoding.reader(source), delimiter, limits.fieldCharsMax(), encoding.plain())) {
        CsvRecord first = records.next();
        if (first == null) {
          findings.add(
              source.fileName(),
              0,
              "",
              "an empty file",
              new Text("a header and at least one row", "表头和至少一行数据"));
          return Optional.empty();
        }
        CsvTable table = of(source, spec, encoding, delimiter, first.fields());
        // Known columns decide; between equals the delimiter that cuts more.
        long score = 1000 * table.known() + first.fields().length;
        if (score > bestScore) {
          bestScore = score;
          best = table;
        }
      } catch (Unreadable e) {
        unreadable = e;
      }
    }
    if (best == null) {
      findings.add(source.fileName(), unreadable.line(), "", "", unreadable.expected());
      return Optional.empty();
    }
    return best.checkHeader(findings) ? Optional.of(best) : Optional.empty();
  }

  private static CsvTable of(
      SourceFile source, TableSpec spec, Encoding encoding, char delimiter, String[] fields) {
    Map<String, Integer> byName = new HashMap<>();
    List<String> headers = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      headers.add(fields[i].strip());
      byName.putIfAbsent(normalise(fields[i]), i);
    }
    int[] positions = new int[spec.columns().size()];
    for (int c = 0; c < positions.length; c++) {
      Column column = spec.columns().get(c);
      Integer english = byName.get(normalise(column.name()));
      Integer position = english == null ? byName.get(normalise(column.zh())) : english;
      positions[c] = position == null ? -1 : position;
    }
    return new CsvTable(source, spec, encoding, delimiter, headers, positions);
  }

  /** Case, surrounding space and the choice of space, hyphen or underscore do not count. */
  private static String normalise(String header) {
    return header.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "_");
  }

  private long known() {
    long known = 0;
    for (int position : positions) {
      known += position >= 0 ? 1 : 0;
    }
    return known;
  }

  private boolean checkHeader(Findings findings) {
    boolean clean = true;
    String file = source.fileName();
    for (int c = 0; c < positions.length; c++) {
      Column column = spec.columns().get(c);
      if (positions[c] < 0 && column.required()) {
        findings.add(
            file,
            1,
            column.name(),
            "",
            new Text(
                "a column %s (%s)".formatted(column.name(), column.zh()),
                "列 %s（%s）".formatted(column.zh(), column.name())));
        clean = false;
      }
    }
    return checkTwice(findings) && clean;
  }

  private boolean checkTwice(Findings findings) {
    boolean clean = true;
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < headers.size(); i++) {
      String name = canonical(headers.get(i));
      if (name.isEmpty()) {
        continue;
      }
      Integer before = seen.putIfAbsent(name, i);
      if (before != null) {
        findings.add(
            source.fileName(),
            1,
            headers.get(i),
            headers.get(i),
            new Text(
                "each column once; column %d has it already".formatted(before + 1),
                "每列只出现一次；第 %d 列已是该列".formatted(before + 1)));
        clean = false;
      }
    }
    return clean;
  }

  /** One name for a column whose header stands in either language. */
  private String canonical(String header) {
    String name = normalise(header);
    for (Column column : spec.columns()) {
      if (normalise(column.zh()).equals(name)) {
        return normalise(column.name());
      }
    }
    return name;
  }

  List<String> ignoredColumns() {
    List<String> ignored = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      int field = i;
      if (Arrays.stream(positions).noneMatch(p -> p == field)) {
        ignored.add(headers.get(i));
      }
    }
    return ignored;
  }

  /** The column's header in this file; the English name when the file does not have it. */
  String header(int column) {
    return positions[column] < 0
        ? spec.columns().get(column).name()
        : headers.get(positions[column]);
  }

  /** The rows behind the header. */
  CsvRecords records(ImportLimits limits) throws IOException, Unreadable {
    CsvRecords records =
        new CsvRecords(
            encoding.reader(source), delimiter, limits.fieldCharsMax(), encoding.plain());
    records.next();
    return records;
  }

  String delimiterName() {
    return switch (delimiter) {
      case ';' -> "semicolon";
      case '\t' -> "tab";
      default -> "comma";
    };
  }
}
