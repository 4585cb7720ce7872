package io.channelwise.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Events from lines of JSON; wrong lines are noted and left out. Not thread-safe. */
final class NdjsonEvents implements Iterator<Event> {
  private static final int LINE_CHARS_MAX = 16_384;

  private final BoundedLines lines;
  private final ObjectMapper json;
  private final EventCheck check;
  private final RowFindings findings;
  private Event next;
  private boolean ended;

  NdjsonEvents(InputStream in, ObjectMapper json, EventCheck check, RowFindings findings) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.lines =
        new BoundedLines(new BufferedReader(new InputStreamReader(in, decoder)), LINE_CHARS_MAX);
    this.json = json;
    this.check = check;
    this.findings = findings;
  }

  @Override
  public boolean hasNext() {
    while (next == null && !ended) {
      String line = line();
      if (line == null) {
        ended = true;
      } else if (!line.isBlank()) {
        next = parse(line);
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

  private String line() {
    try {
      return lines.next();
    } catch (BoundedLines.TooLongException e) {
      Text expected =
          new Text(
              "a line of at most %d characters".formatted(LINE_CHARS_MAX),
              "不超过 %d 个字符的一行".formatted(LINE_CHARS_MAX));
      findings.add(lines.number(), "", e.getMessage(), expected);
      return null;
    } catch (CharacterCodingException e) {
      findings.add(
          lines.number(), "", "bytes that are not UTF-8", new Text("text in UTF-8", "UTF-8 文本"));
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("The events could not be read to the end.", e);
    }
  }

  private Event parse(String line) {
    JsonNode node;
    try {
      node = json.readTree(line);
    } catch (JsonProcessingException e) {
      node = null;
    }
    if (node == null || !node.isObject()) {
      findings.add(lines.number(), "", line, new Text("one JSON object", "一个 JSON 对象"));
      return null;
    }
    JsonNode object = node;
    return check.event(lines.number(), column -> value(object, column));
  }

  private static String value(JsonNode object, String name) {
    JsonNode english = object.get(name);
    if (english != null && !english.isNull()) {
      return text(english);
    }
    Column column = EventsLoader.SPEC.column(name).orElseThrow();
    JsonNode chinese = object.get(column.zh());
    return chinese == null || chinese.isNull() ? "" : text(chinese);
  }

  /** A list or an object as it is written: as text it would be empty, and an empty amount is 0. */
  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
