package io.channelwise.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads fields of {@code campaign.json} and keeps a finding for each that is wrong, by its path.
 * Not thread-safe.
 */
final class JsonFields {
  private final Findings findings = new Findings(200);

  Findings findings() {
    return findings;
  }

  String text(JsonNode json, String field, boolean required, int max) {
    JsonNode value = json.path(field);
    Text expected =
        new Text("a text of 1 to %d characters".formatted(max), "1 至 %d 个字符的文本".formatted(max));
    if (absent(value)) {
      if (required) {
        add(field, "", expected);
      }
      return null;
    }
    String text = value.isTextual() ? value.textValue().strip() : null;
    boolean tooShort = text != null && text.isEmpty() && required;
    if (text == null || tooShort || text.length() > max || text.indexOf('\0') >= 0) {
      add(field, shown(value), expected);
      return null;
    }
    return text;
  }

  String choice(JsonNode json, String prefix, String field, List<String> allowed) {
    JsonNode value = json.path(field);
    if (absent(value)) {
      return null;
    }
    if (!value.isTextual() || !allowed.contains(value.textValue())) {
      add(
          prefix + field,
          shown(value),
          new Text("one of " + String.join(", ", allowed), "以下之一：" + String.join("、", allowed)));
      return null;
    }
    return value.textValue();
  }

  Double number(JsonNode json, String prefix, String field, double min, double max) {
    JsonNode value = json.path(field);
    if (absent(value)) {
      return null;
    }
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(number >= min && number <= max)) {
      add(prefix + field, shown(value), range("a number", "数", min, max));
      return null;
    }
    return number;
  }

  Integer integer(JsonNode json, String prefix, String field, int min, int max) {
    JsonNode value = json.path(field);
    if (absent(value)) {
      return null;
    }
    if (!value.canConvertToInt()
        || !value.isIntegralNumber()
        || value.intValue() < min
        || value.intValue() > max) {
      add(prefix + field, shown(value), range("an integer", "整数", min, max));
      return null;
    }
    return value.intValue();
  }

  private static Text range(String en, String zh, double min, double max) {
    String from = Numbers.plain(min);
    String to = Numbers.plain(max);
    return new Text(
        "%s between %s and %s".formatted(en, from, to), "%s 至 %s 之间的%s".formatted(from, to, zh));
  }

  void knownOnly(JsonNode json, String prefix, List<String> known) {
    Set<String> unknown = new HashSet<>();
    json.fieldNames().forEachRemaining(unknown::add);
    known.forEach(unknown::remove);
    for (String field : unknown.stream().sorted().toList()) {
      add(
          prefix + field,
          shown(json.path(field)),
          new Text(
              "no such field; known are " + String.join(", ", known),
              "无此字段，可用字段为 " + String.join("、", known)));
    }
  }

  boolean object(JsonNode json, String field) {
    if (json.isObject()) {
      return true;
    }
    add(field, shown(json), new Text("a JSON object", "一个 JSON 对象"));
    return false;
  }

  void add(String field, String found, Text expected) {
    findings.add(NewCampaign.FILE, 0, field, found, expected);
  }

  static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  static String shown(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
