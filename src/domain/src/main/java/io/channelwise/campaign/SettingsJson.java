package io.channelwise.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.campaign.CampaignSettings.OpportunityWeights;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks {@code settings} of {@code campaign.json}. Not thread-safe. */
final class SettingsJson {
  private static final Pattern REPETITION = Pattern.compile("R\\d*/(P.+)");
  private static final double MONEY_MAX = 1e12;
  private static final double WEIGHT_MAX = 1000;
  private static final List<String> SETTINGS =
      List.of(
          "timers",
          "training",
          "technicalStandard",
          "channelsMax",
          "capacity",
          "unitCost",
          "opportunityWeights",
          "plan",
          "roundsMax");
  private static final List<String> TRAINING =
      List.of("base", "epochs", "learningRate", "batchSize", "maxLength", "seed");
  private static final List<String> OPPORTUNITY_WEIGHTS =
      List.of("need", "room", "growth", "payment");
  private static final List<String> PLAN =
      List.of(
          "ownQuality",
          "serviceWorth",
          "outsideShare",
          "rivalPrices",
          "priceSensitivity",
          "satisfactionWeights",
          "pricingModels");
  private static final List<String> SATISFACTION = List.of("service", "price", "payment");
  private static final List<String> PRICING =
      List.of("worth", "collected", "cost", "quality", "liking");

  private final JsonFields fields;

  SettingsJson(JsonFields fields) {
    this.fields = fields;
  }

  CampaignSettings read(JsonNode json) {
    if (JsonFields.absent(json)) {
      return CampaignSettings.defaults();
    }
    if (!fields.object(json, "settings")) {
      return null;
    }
    fields.knownOnly(json, "settings.", SETTINGS);
    return new CampaignSettings(
        timers(json.path("timers")),
        training(json.path("training")),
        fields.number(json, "settings.", "technicalStandard", 0, 1),
        fields.integer(json, "settings.", "channelsMax", 1, 1000),
        fields.number(json, "settings.", "capacity", 0, MONEY_MAX),
        fields.number(json, "settings.", "unitCost", 0, MONEY_MAX),
        opportunityWeights(json.path("opportunityWeights")),
        plan(json.path("plan")),
        fields.integer(json, "settings.", "roundsMax", 1, 20));
  }

  private OpportunityWeights opportunityWeights(JsonNode json) {
    double[] weights = weights(json, "settings.opportunityWeights", OPPORTUNITY_WEIGHTS);
    return weights == null
        ? null
        : new OpportunityWeights(weights[0], weights[1], weights[2], weights[3]);
  }

  /** All of the named weights; null when the field is left out or a finding was made. */
  private double[] weights(JsonNode json, String path, List<String> names) {
    if (JsonFields.absent(json) || !fields.object(json, path)) {
      return null;
    }
    fields.knownOnly(json, path + ".", names);
    double[] weights = new double[names.size()];
    double sum = 0;
    boolean whole = true;
    for (int i = 0; i < weights.length; i++) {
      String name = names.get(i);
      if (JsonFields.absent(json.path(name))) {
        fields.add(
            path + "." + name,
            "",
            new Text(
                "a number of 0 or more; name all of " + String.join(", ", names),
                "不小于 0 的数；请给出全部权重：" + String.join("、", names)));
      }
      Double weight = fields.number(json, path + ".", name, 0, WEIGHT_MAX);
      whole &= weight != null;
      weights[i] = weight == null ? 0 : weight;
      sum += weights[i];
    }
    if (whole && sum == 0) {
      fields.add(
          path, JsonFields.shown(json), new Text("at least one weight above 0", "至少有一个大于 0 的权重"));
      return null;
    }
    return whole ? weights : null;
  }

  private PlanSettings plan(JsonNode json) {
    if (JsonFields.absent(json) || !fields.object(json, "settings.plan")) {
      return null;
    }
    String prefix = "settings.plan.";
    fields.knownOnly(json, prefix, PLAN);
    double[] satisfaction =
        weights(json.path("satisfactionWeights"), prefix + "satisfactionWeights", SATISFACTION);
    return new PlanSettings(
        fields.number(json, prefix, "ownQuality", -2, 2),
        fields.number(json, prefix, "serviceWorth", 0, 3),
        fields.number(json, prefix, "outsideShare", 0.001, 0.9),
        fields.number(json, prefix, "rivalPrices", 0.1, 10),
        fields.number(json, prefix, "priceSensitivity", 0.1, 10),
        satisfaction == null
            ? null
            : new PlanSettings.Satisfaction(satisfaction[0], satisfaction[1], satisfaction[2]),
        pricingModels(json.path("pricingModels")));
  }

  private Map<String, PlanSettings.Pricing> pricingModels(JsonNode json) {
    String path = "settings.plan.pricingModels";
    if (JsonFields.absent(json) || !fields.object(json, path)) {
      return Map.of();
    }
    fields.knownOnly(json, path + ".", PlanSettings.PRICING_MODELS);
    Map<String, PlanSettings.Pricing> pricings = new TreeMap<>();
    for (String code : PlanSettings.PRICING_MODELS) {
      JsonNode pricing = json.path(code);
      String prefix = path + "." + code + ".";
      if (!JsonFields.absent(pricing) && fields.object(pricing, path + "." + code)) {
        fields.knownOnly(pricing, prefix, PRICING);
        pricings.put(
            code,
            new PlanSettings.Pricing(
                fields.number(pricing, prefix, "worth", -1, 1),
                fields.number(pricing, prefix, "collected", 0.05, 3),
                fields.number(pricing, prefix, "cost", 0.05, 20),
                fields.number(pricing, prefix, "quality", 0.1, 2),
                fields.number(pricing, prefix, "liking", 0, 1)));
      }
    }
    return pricings;
  }

  private CampaignSettings.Training training(JsonNode json) {
    if (JsonFields.absent(json) || !fields.object(json, "settings.training")) {
      return null;
    }
    String prefix = "settings.training.";
    fields.knownOnly(json, prefix, TRAINING);
    return new CampaignSettings.Training(
        fields.choice(json, prefix, "base", List.of("bge-small-zh", "minilm")),
        fields.integer(json, prefix, "epochs", 1, 100),
        fields.number(json, prefix, "learningRate", 1e-7, 0.1),
        fields.integer(json, prefix, "batchSize", 1, 512),
        fields.integer(json, prefix, "maxLength", 8, 512),
        fields.integer(json, prefix, "seed", 0, Integer.MAX_VALUE));
  }

  private Map<String, String> timers(JsonNode json) {
    if (JsonFields.absent(json) || !fields.object(json, "settings.timers")) {
      return Map.of();
    }
    fields.knownOnly(json, "settings.timers.", CampaignSettings.TIMER_NAMES);
    Map<String, String> timers = new LinkedHashMap<>();
    for (String timer : CampaignSettings.TIMER_NAMES) {
      JsonNode value = json.path(timer);
      if (!JsonFields.absent(value)) {
        boolean repeats = timer.equals("collectCycle");
        if (!value.isTextual() || !isDuration(value.textValue(), repeats)) {
          fields.add(
              "settings.timers." + timer, JsonFields.shown(value), durationExpected(repeats));
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
}
