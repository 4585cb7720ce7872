package io.channelwise.channel;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180ParserBuilder;
import com.opencsv.exceptions.CsvException;
import io.channelwise.campaign.TableSpec.Column;
import io.channelwise.campaign.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Events from a stream of CSV in UTF-8: headers in English or Chinese in any order; comma,
 * semicolon or tab; wrong rows are noted and left out. Not thread-safe.
 */
final class CsvEvents implements Iterator<Event> {
  private static final int HEADER_CHARS_MAX = 8_192;
  private static final char BOM = '\uFEFF';

  private final CSVReader csv;
  private final EventCheck check;
  private final RowFindings findings;
  private final Map<String, Integer> places = new HashMap<>();
  private Event next;
  private boolean ended;

  /**
   * @throws io.channelwise.campaign.InvalidDataException when the header lacks a required column
   */
  CsvEvents(InputStream in, EventCheck check, RowFindings findings) {
    this.check = check;
    this.findings = findings;
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, decoder), 65_536);
    this.csv =
        new CSVReaderBuilder(reader)
            .withCSVParser(
                new RFC4180ParserBuilder().withSeparator(skipBomAndFindSeparator(reader)).build())
            .withMultilineLimit(10)
            .build();
    readHeader();
  }

  /** The separator that the first line has most of; a comma when it has none. */
  private char skipBomAndFindSeparator(BufferedReader reader) {
    try {
      reader.mark(1);
      if (reader.read() != BOM) {
        reader.reset();
      }
      reader.mark(HEADER_CHARS_MAX);
      Map<Character, Integer> counts = new HashMap<>();
      int c = reader.read();
      for (int i = 1; i < HEADER_CHARS_MAX && c >= 0 && c != '\n'; i++) {
        counts.merge((char) c, 1, Integer::sum);
        c = reader.read();
      }
      reader.reset();
      char best = ',';
      for (char candidate : new char[] {';', '\t'}) {
        if (counts.getOrDefault(candidate, 0) > counts.getOrDefault(best, 0)) {
          best = candidate;
        }
      }
      return best;
    } catch (CharacterCodingException e) {
      return ',';
    } catch (IOException e) {
      throw new UncheckedIOException("The events could not be read.", e);
    }
  }

  private void readHeader() {
    String[] header = record();
    List<String> names = header == null ? List.of() : List.of(header);
    for (Column column : EventsLoader.SPEC.columns()) {
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i).strip();
        if (name.equalsIgnoreCase(column.name()) || name.equals(column.zh())) {
          places.put(column.name(), i);
        }
      }
      if (column.required() && !places.containsKey(column.name())) {
        findings.add(
            1,
            column.name(),
            String.join(",", names),
            new Text(
                "a column %s or %s".formatted(column.name(), column.zh()),
                "列 %s 或 %s".formatted(column.name(), column.zh())));
      }
    }
    findings.throwIfAny();
  }

  @Override
  public boolean hasNext() {
    while (next == null && !ended) {
      String[] cells = record();
      if (cells == null) {
        ended = true;
      } else if (cells.length > 1 || !cells[0].isBlank()) {
        next = check.event(csv.getLinesRead(), column -> cell(cells, column));
      }
    }
    return next != null;
  }

  @Override
  public Event next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Event event = next;
    next = null;
    return event;
  }

  private String[] record() {
    try {
      return csv.readNext();
    } catch (CharacterCodingException e) {
      findings.add(
          csv.getLinesRead() + 1,
          "",
          "bytes that are not UTF-8",
          new Text("text in UTF-8", "UTF-8 文本"));
      return null;
    } catch (CsvException | IOException e) {
      findings.add(
          csv.getLinesRead() + 1,
          "",
          String.valueOf(e.getMessage()),
          new Text("rows of CSV with closed quotes", "引号成对的 CSV 行"));
      return null;
    }
  }

  private String cell(String[] cells, String column) {
    Integer place = places.get(column);
    return place == null || place >= cells.length ? "" : cells[place];
  }
}
