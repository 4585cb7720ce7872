package io.channelwise.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.regex.Pattern;

/** Checks the JSON of a new campaign field by field and keeps every finding. Not thread-safe. */
final class CampaignJson {
  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9-]{2,62}");
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

  private final JsonFields fields = new JsonFields();
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
    fields.knownOnly(json, "", FIELDS);
    key = key(json);
    name = fields.text(json, "name", true, TEXT_MAX);
    company = fields.text(json, "company", true, TEXT_MAX);
    product = fields.text(json, "product", true, TEXT_MAX);
    description = fields.text(json, "description", false, DESCRIPTION_MAX);
    locale = fields.choice(json, "", "locale", List.of("en", "zh"));
    promotionBudget = budget(json);
    currency = currency(json);
    settings = new SettingsJson(fields).read(json.path("settings"));
  }

  Findings findings() {
    return fields.findings();
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
    String value = fields.text(json, "key", true, 63);
    if (value != null && !KEY.matcher(value).matches()) {
      fields.add(
          "key",
          value,
          new Text(
              "3 to 63 characters a-z, 0-9 and -, not starting with -",
              "3 至 63 个字符，仅限 a-z、0-9 和 -，且不以 - 开头"));
    }
    return value;
  }

  private Double budget(JsonNode json) {
    if (JsonFields.absent(json.path("promotionBudget"))) {
      fields.add("promotionBudget", "", new Text("a number of at least 0.01", "不小于 0.01 的数"));
      return null;
    }
    // Less than a cent could never be shared out.
    return fields.number(json, "", "promotionBudget", 0.01, MONEY_MAX);
  }

  private String currency(JsonNode json) {
    String value = fields.text(json, "currency", true, 3);
    if (value == null) {
      return null;
    }
    try {
      return Currency.getInstance(value).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      fields.add(
          "currency",
          value,
          new Text("an ISO 4217 code such as CNY or USD", "ISO 4217 货币代码，如 CNY 或 USD"));
      return null;
    }
  }
}
