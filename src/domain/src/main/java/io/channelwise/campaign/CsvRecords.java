package io.channelwise.campaign;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180ParserBuilder;
import com.opencsv.exceptions.CsvMalformedLineException;
import com.opencsv.exceptions.CsvMultilineLimitBrokenException;
import com.opencsv.exceptions.CsvValidationException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;

/** Records of a CSV file (RFC 4180) with the line each starts on; blank ones are skipped. */
final class CsvRecords implements Closeable {
  private static final int BUFFER_CHARS = 1 << 16;
  private static final int LINES_OF_A_RECORD_MAX = 10_000;

  private final BufferedReader lines; // null where rows may span lines
  private final CSVReader reader; // null where each line is a row
  private final char delimiter;
  private final int fieldCharsMax;
  private long linesRead;

  /**
   * @param line where the record starts, counted from 1
   */
  record CsvRecord(long line, String[] fields) {}

  /** The file cannot be read on from this line. */
  static final class Unreadable extends Exception {
    private final long line;
    private final transient Text expected;

    Unreadable(long line, Text expected) {
      super(expected.en());
      this.line = line;
      this.expected = expected;
    }

    long line() {
      return line;
    }

    Text expected() {
      return expected;
    }
  }

  /**
   * @param plain whether each line is a row, because the text has no quotation mark
   */
  CsvRecords(Reader text, char delimiter, int fieldCharsMax, boolean plain) {
    // A line holds a few long cells at most.
    int lineMax = (int) Math.min(Integer.MAX_VALUE, 10L * fieldCharsMax);
    this.delimiter = delimiter;
    this.fieldCharsMax = fieldCharsMax;
    Reader bounded = new BoundedLines(text, lineMax);
    this.lines = plain ? new BufferedReader(bounded, BUFFER_CHARS) : null;
    this.reader = plain ? null : parsed(bounded, delimiter);
  }

  private static CSVReader parsed(Reader text, char delimiter) {
    return new CSVReaderBuilder(text)
        .withCSVParser(new RFC4180ParserBuilder().withSeparator(delimiter).build())
        // Else opencsv takes an exception of the reader for the end of the file.
        .withVerifyReader(false)
        .withMultilineLimit(LINES_OF_A_RECORD_MAX)
        .build();
  }

  /** The next record that has a cell which is not blank; null at the end. */
  CsvRecord next() throws IOException, Unreadable {
    while (true) {
      long line = (lines == null ? reader.getLinesRead() : linesRead) + 1;
      String[] fields = read(line);
      if (fields == null) {
        return null;
      }
      if (!isBlank(fields)) {
        return new CsvRecord(line, fields);
      }
    }
  }

  private String[] read(long line) throws IOException, Unreadable {
    try {
      return lines == null ? reader.readNext() : split(lines.readLine());
    } catch (CsvMalformedLineException | CsvMultilineLimitBrokenException e) {
      throw new Unreadable(
          line,
          new Text(
              "every quotation mark closed; the one opened in this row is not",
              "引号成对；本行打开的引号没有关闭"));
    } catch (BoundedLines.LineTooLong e) {
      throw new Unreadable(
          line,
          new Text(
              "cells of at most %d characters".formatted(fieldCharsMax),
              "单元格不超过 %d 个字符".formatted(fieldCharsMax)));
    } catch (CsvValidationException e) {
      throw new IllegalStateException("No validator is set on the CSV reader.", e);
    }
  }

  private String[] split(String line) {
    if (line == null) {
      return null;
    }
    linesRead++;
    int cells = 1;
    for (int at = line.indexOf(delimiter); at >= 0; at = line.indexOf(delimiter, at + 1)) {
      cells++;
    }
    String[] fields = new String[cells];
    int from = 0;
    for (int c = 0; c < cells; c++) {
      int to = c == cells - 1 ? line.length() : line.indexOf(delimiter, from);
      fields[c] = line.substring(from, to);
      from = to + 1;
    }
    return fields;
  }

  private static boolean isBlank(String[] fields) {
    for (String field : fields) {
      if (!field.isBlank()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    if (lines == null) {
      reader.close();
    } else {
      lines.close();
    }
  }
}
