package io.channelwise.channel;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Events from a stream of CSV in UTF-8: headers in English or Chinese in any order; comma,
 * semicolon or tab; wrong rows are noted and left out. Not thread-safe.
 */
final class CsvEvents implements EventRows {
  private static final int HEADER_CHARS_MAX = 8_192;
  private static final char BOM = '\uFEFF';

  /** In the order of COPY. */
  static final List<String> COPIED =
      List.of("event_id", "user", "segment", "channel", "type", "occurred_at", "revenue", "cost");

  private final CsvScanner csv;
  private final EventCheck check;
  private final RowFindings findings;
  private final Map<String, Integer> places = new HashMap<>();
  private final CopyText text = new CopyText();
  private final EventSlices slices;

  /**
   * @param channels known to the campaign
   * @throws io.channelwise.campaign.InvalidDataException when the header lacks a required column
   */
  CsvEvents(InputStream in, Set<String> channels, EventCheck check, RowFindings findings) {
    this.check = check;
    this.findings = findings;
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, decoder), 65_536);
    this.csv = new CsvScanner(reader, skipBomAndFindSeparator(reader));
    readHeader();
    int[] cells = COPIED.stream().mapToInt(column -> places.getOrDefault(column, -1)).toArray();
    this.slices = new EventSlices(channels, cells);
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
    List<String> names = new ArrayList<>();
    if (advance()) {
      for (int i = 0; i < csv.cells(); i++) {
        names.add(csv.text(i).strip());
      }
    }
    for (Column column : EventsLoader.SPEC.columns()) {
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
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
  public boolean next(StringBuilder copy) {
    while (advance()) {
      if (slices.append(csv, copy)) {
        return true;
      }
      Event event = isBlank() ? null : check.event(csv.line(), this::cell);
      if (event != null) {
        text.event(event, copy);
        return true;
      }
    }
    return false;
  }

  private boolean isBlank() {
    return csv.cells() == 1 && csv.text(0).isBlank();
  }

  /** Goes to the next record; a file that cannot be read on ends with a finding. */
  private boolean advance() {
    try {
      return csv.next();
    } catch (CharacterCodingException e) {
      findings.add(
          csv.line() + 1, "", "bytes that are not UTF-8", new Text("text in UTF-8", "UTF-8 文本"));
    } catch (CsvScanner.MalformedException e) {
      findings.add(
          csv.firstLine(),
          "",
          e.getMessage(),
          new Text("rows of CSV with closed quotes", "引号成对的 CSV 行"));
    } catch (IOException e) {
      throw new UncheckedIOException("The events could not be read to the end.", e);
    }
    return false;
  }

  private String cell(String column) {
    Integer place = places.get(column);
    return place == null || place >= csv.cells() ? "" : csv.text(place);
  }
}
