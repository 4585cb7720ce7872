package io.channelwise.bert;

import com.opencsv.CSVParserBuilder;
import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.exceptions.CsvException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads texts and labels from a CSV file: UTF-8 with or without BOM, else GB18030; comma, semicolon
 * or tab, whichever the header has most of. Stateless.
 */
public final class ExampleFile {
  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * What a file held.
   *
   * @param examples in the file's order
   * @param emptyRows rows left out because text or label is blank
   */
  public record Content(List<Example> examples, int emptyRows) {
    public Content {
      examples = List.copyOf(examples);
    }
  }

  private ExampleFile() {}

  /**
   * Reads labelled texts.
   *
   * @throws DatasetException when the file is missing or malformed, or lacks a column
   */
  public static Content read(Path file, String textColumn, String labelColumn) {
    List<String[]> rows = rows(file);
    int text = column(file, rows.get(0), textColumn, "--text-column");
    int label = column(file, rows.get(0), labelColumn, "--label-column");
    List<Example> examples = new ArrayList<>();
    int empty = 0;
    for (String[] row : rows.subList(1, rows.size())) {
      if (row[text].isBlank() || row[label].isBlank()) {
        empty++;
      } else {
        examples.add(new Example(row[text].strip(), row[label].strip()));
      }
    }
    return new Content(examples, empty);
  }

  /**
   * Reads texts alone; blank ones are left out.
   *
   * @throws DatasetException when the file is missing or malformed, or lacks the column
   */
  public static List<String> readTexts(Path file, String textColumn) {
    List<String[]> rows = rows(file);
    int text = column(file, rows.get(0), textColumn, "--text-column");
    return rows.subList(1, rows.size()).stream()
        .map(row -> row[text].strip())
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private static List<String[]> rows(Path file) {
    String content = decode(file);
    String header = content.lines().findFirst().orElse("");
    if (header.isBlank()) {
      throw new DatasetException("File " + file + " is empty; expected a header line and rows.");
    }
    List<String[]> rows = new ArrayList<>();
    try (CSVReader reader =
        new CSVReaderBuilder(new StringReader(content))
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
    return rows;
  }

  private static String decode(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DatasetException(
          "File " + file + (Files.exists(file) ? " cannot be read." : " does not exist."));
    }
    for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
      try {
        String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      } catch (CharacterCodingException e) {
        // The next encoding may fit.
      }
    }
    throw new DatasetException(
        "File " + file + " is neither UTF-8 nor GB18030 text; save it as UTF-8.");
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

  private static int column(Path file, String[] header, String wanted, String option) {
    for (int i = 0; i < header.length; i++) {
      if (header[i]
          .strip()
          .toLowerCase(Locale.ROOT)
          .equals(wanted.strip().toLowerCase(Locale.ROOT))) {
        return i;
      }
    }
    throw new DatasetException(
        "File %s has no column %s; found %s. Name the right one with %s."
            .formatted(file, wanted, Arrays.toString(header), option));
  }
}
