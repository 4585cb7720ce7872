package io.channelwise.bert.internal.reading;

import com.opencsv.CSVParserBuilder;
import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.exceptions.CsvException;
import io.channelwise.bert.DatasetException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A CSV file with a header line: comma, semicolon or tab, whichever the header has most of.
 *
 * @param file where it came from, for messages
 * @param header names of the columns
 * @param rows cells, as many in each row as in the header
 * @param remarks what was noticed on the way, for people
 */
public record CsvTable(Path file, String[] header, List<String[]> rows, List<String> remarks) {
  private static final char[] SEPARATORS = {',', ';', '\t'};

  /**
   * Reads a file.
   *
   * @throws DatasetException when the file is missing or malformed
   */
  public static CsvTable read(Path file) {
    TextFile content = TextFile.read(file);
    String header = content.text().lines().filter(l -> !l.isBlank()).findFirst().orElse("");
    List<String[]> rows = new ArrayList<>();
    try (CSVReader reader =
        new CSVReaderBuilder(new StringReader(content.text()))
            // Backslash is an ordinary character in RFC 4180.
            .withCSVParser(
                new CSVParserBuilder()
                    .withSeparator(separator(header))
                    .withEscapeChar('\0')
                    .build())
            .build()) {
      int width = -1;
      for (String[] row = reader.readNext(); row != null; row = reader.readNext()) {
        if (row.length == 1 && row[0].isBlank()) {
          continue;
        }
        width = width < 0 ? row.length : width;
        if (row.length != width) {
          throw new DatasetException(
              "File %s, line %d has %d cells; the header has %d. Quote texts that hold the separator or line breaks."
                  .formatted(file, reader.getLinesRead(), row.length, width));
        }
        rows.add(row);
      }
    } catch (IOException | CsvException e) {
      throw new DatasetException("File " + file + " is no readable CSV: " + e.getMessage());
    }
    if (rows.isEmpty()) {
      throw new DatasetException("File " + file + " is empty; expected a header line and rows.");
    }
    return new CsvTable(
        file,
        rows.get(0),
        List.copyOf(rows.subList(1, rows.size())),
        content.remark().stream().toList());
  }

  /**
   * Index of a column, capitals not minded.
   *
   * @param option what names it on the command line, for the message
   * @throws DatasetException when there is none of that name, or more than one
   */
  public int column(String wanted, String option) {
    String name = wanted.strip().toLowerCase(Locale.ROOT);
    int[] found =
        IntStream.range(0, header.length)
            .filter(i -> header[i].strip().toLowerCase(Locale.ROOT).equals(name))
            .toArray();
    if (found.length == 1) {
      return found[0];
    }
    if (found.length > 1) {
      throw new DatasetException(
          "File %s has %d columns called %s, capitals not minded; rename all but one, or name another with %s."
              .formatted(file, found.length, wanted, option));
    }
    throw new DatasetException(
        "File %s has no column %s; found %s. Name the right one with %s."
            .formatted(file, wanted, Arrays.toString(header), option));
  }

  private static char separator(String header) {
    char best = SEPARATORS[0];
    long most = -1;
    for (char candidate : SEPARATORS) {
      long count = header.chars().filter(c -> c == candidate).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }
}
