package io.channelwise.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the JSON of a new campaign field by field and keeps every finding. Not thread-safe. */
final class CampaignJson {
  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9-]{2,62}");
  private static final Pattern REPETITION = Pattern.compile("R\\d*/(P.+)");
  private static final int TEXT_MAX = 200;
  private static final int DESCRIPTION_MAX = 4000;
  private static final double MONEY_MAX = 1e12;
  private static final List<String> FIELDS =
      List.of(
          "key",
          "name",
          "company",
          "product",
          "description",
          "locale",
          "promotionBudget",
          "currency",
          "settings");
  private static final List<String> SETTINGS =
      List.of("timers", "training", "technicalStandard", "channelsMax", "capacity", "unitCost");
  private static final List<String> TRAINING =
      List.of("base", "epochs", "learningRate", "batchSize", "maxLength", "seed");

  private final Findings findings = new Findings(200);
  private final String key;
  private final String name;
  private final String company;
  private final String product;
  private final String description;
  private final String locale;
  private final Double promotionBudget;
  private final String currency;
  private final CampaignSettings settings;

  CampaignJson(JsonNode json) {
    knownOnly(json, "", FIELDS);
    key = key(json);
    name = text(json, "name", true, TEXT_MAX);
    company = text(json, "company", true, TEXT_MAX);
    product = text(json, "product", true, TEXT_MAX);
    description = text(json, "description", false, DESCRIPTION_MAX);
    locale = choice(json, "", "locale", List.of("en", "zh"));
    promotionBudget = budget(json);
    currency = currency(json);
    settings = settings(json.path("settings"));
  }

  Findings findings() {
    return findings;
  }

  /** Only when there is no finding. */
  Campaign campaign(Instant createdAt) {
    return new Campaign(
        key,
        name,
        company,
        product,
        description == null ? "" : description,
        locale == null ? "en" : locale,
        promotionBudget,
        currency,
        settings,
        createdAt);
  }

  private String key(JsonNode json) {
    String value = text(json, "key", true, 63);
    if (value != null && !KEY.matcher(value).matches()) {
      add(
          "key",
          value,
          new Text(
              "3 to 63 characters a-z, 0-9 and -, not starting with -",
              "3 至 63 个字符，仅限 a-z、0-9 和 -，且不以 - 开头"));
    }
    return value;
  }

  private Double budget(JsonNode json) {
    if (absent(json.path("promotionBudget"))) {
      add("promotionBudget", "", new Text("a number above 0", "大于 0 的数"));
      return null;
    }
    Double value = number(json, "", "promotionBudget", 0, MONEY_MAX);
    if (value != null && value == 0) {
      add("promotionBudget", "0", new Text("a number above 0", "大于 0 的数"));
    }
    return value;
  }

  private String currency(JsonNode json) {
    String value = text(json, "currency", true, 3);
    if (value == null) {
      return null;
    }
    try {
      return Currency.getInstance(value).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      add(
          "currency",
          value,
          new Text("an ISO 4217 code such as CNY or USD", "ISO 4217 货币代码，如 CNY 或 USD"));
      return null;
    }
  }

  private CampaignSettings settings(JsonNode json) {
    if (absent(json)) {
      return CampaignSettings.defaults();
    }
    if (!object(json, "settings")) {
      return null;
    }
    knownOnly(json, "settings.", SETTINGS);
    return new CampaignSettings(
        timers(json.path("timers")),
        training(json.path("training")),
        number(json, "settings.", "technicalStandard", 0, 1),
        integer(json, "settings.", "channelsMax", 1, 1000),
        number(json, "settings.", "capacity", 0, MONEY_MAX),
        number(json, "settings.", "unitCost", 0, MONEY_MAX));
  }

  private CampaignSettings.Training training(JsonNode json) {
    if (absent(json) || !object(json, "settings.training")) {
      return null;
    }
    String prefix = "settings.training.";
    knownOnly(json, prefix, TRAINING);
    return new CampaignSettings.Training(
        choice(json, prefix, "base", List.of("bge-small-zh", "minilm")),
        integer(json, prefix, "epochs", 1, 100),
        number(json, prefix, "learningRate", 1e-7, 0.1),
        integer(json, prefix, "batchSize", 1, 512),
        integer(json, prefix, "maxLength", 8, 512),
        integer(json, prefix, "seed", 0, Integer.MAX_VALUE));
  }

  private Map<String, String> timers(JsonNode json) {
    if (absent(json) || !object(json, "settings.timers")) {
      return Map.of();
    }
    knownOnly(json, "settings.timers.", CampaignSettings.TIMER_NAMES);
    Map<String, String> timers = new LinkedHashMap<>();
    for (String timer : CampaignSettings.TIMER_NAMES) {
      JsonNode value = json.path(timer);
      if (!absent(value)) {
        boolean repeats = timer.equals("collectCycle");
        if (!value.isTextual() || !isDuration(value.textValue(), repeats)) {
          add("settings.timers." + timer, shown(value), durationExpected(repeats));
        } else {
          timers.put(timer, value.textValue());
        }
      }
    }
    return timers;
  }

  private static Text durationExpected(boolean repeats) {
    return repeats
        ? new Text("an ISO-8601 repetition such as R/P1D", "ISO-8601 重复周期，如 R/P1D")
        : new Text("an ISO-8601 duration such as P7D or PT4H", "ISO-8601 时长，如 P7D 或 PT4H");
  }

  private static boolean isDuration(String value, boolean repeats) {
    var repetition = REPETITION.matcher(value);
    if (repeats != repetition.matches()) {
      return false;
    }
    String duration = repeats ? repetition.group(1) : value;
    try {
      Duration parsed = Duration.parse(duration);
      return !parsed.isNegative() && !parsed.isZero();
    } catch (DateTimeParseException e) {
      return isPeriod(duration);
    }
  }

  private static boolean isPeriod(String duration) {
    try {
      Period parsed = Period.parse(duration);
      return !parsed.isNegative() && !parsed.isZero();
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private String text(JsonNode json, String field, boolean required, int max) {
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

  private String choice(JsonNode json, String prefix, String field, List<String> allowed) {
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

  private Double number(JsonNode json, String prefix, String field, double min, double max) {
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

  private Integer integer(JsonNode json, String prefix, String field, int min, int max) {
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

  private void knownOnly(JsonNode json, String prefix, List<String> known) {
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

  private boolean object(JsonNode json, String field) {
    if (json.isObject()) {
      return true;
    }
    add(field, shown(json), new Text("a JSON object", "一个 JSON 对象"));
    return false;
  }

  private void add(String field, String found, Text expected) {
    findings.add(NewCampaign.FILE, 0, field, found, expected);
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static String shown(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
