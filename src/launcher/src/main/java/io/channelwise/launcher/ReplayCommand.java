package io.channelwise.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.bench.measure.Table;
import io.channelwise.launcher.demo.Api;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: runs a past cycle again on a running server and compares. */
@Command(
    name = "replay",
    description =
        "Runs a past cycle of a campaign again with other channels, another price or another budget"
            + " on the data recorded then, and prints recorded beside replayed figures. Stores"
            + " nothing.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  @Parameters(paramLabel = "KEY", description = "The campaign.")
  private String key;

  @Option(
      names = "--cycle",
      paramLabel = "N",
      required = true,
      description = "Which cycle of it, from 1.")
  private int cycle;

  @Option(
      names = "--channels",
      paramLabel = "A,B",
      split = ",",
      description = "Those that take part (default: the recorded ones).")
  private List<String> channels;

  @Option(
      names = "--price",
      paramLabel = "X",
      description = "Per customer and period (default: the plan's).")
  private Double price;

  @Option(
      names = "--budget",
      paramLabel = "X",
      description = "Of the promotion (default: the recorded one).")
  private Double budget;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write everything as JSON.")
  private Path json;

  @Mixin private ServerLogin login;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Map<String, Object> change = new LinkedHashMap<>();
    change.put("channels", channels);
    change.put("price", finite("--price", price));
    change.put("budget", finite("--budget", budget));
    JsonNode replay = asked(change);
    PrintWriter out = spec.commandLine().getOut();
    out.print(text(replay));
    out.flush();
    if (json != null) {
      write(replay);
    }
    return 0;
  }

  /** JSON has no such numbers, so that the server could not say what is wrong. */
  private static Double finite(String option, Double value) {
    if (value != null && !Double.isFinite(value)) {
      throw new Channelwise.UserMistake(
          "%s is %s; a number above 0 is expected.".formatted(option, value));
    }
    return value;
  }

  private JsonNode asked(Map<String, Object> change) throws IOException {
    Api api = login.api();
    try {
      return api.post(
          "/api/campaigns/%s/cycles/%d/replays".formatted(Api.encode(key), cycle), change);
    } catch (Api.ApiException e) {
      throw login.explained(e);
    }
  }

  static String text(JsonNode replay) {
    String end = System.lineSeparator();
    StringBuilder text = new StringBuilder();
    text.append(
        "campaign %s, cycle %d, in %s%n"
            .formatted(
                replay.path("campaignKey").asText(),
                replay.path("cycle").asInt(),
                replay.path("currency").asText()));
    part(text, "plan " + replay.path("planId").asText(), replay.path("plan"));
    part(text, "budget, sharing " + replay.path("sharingVersion").asText(), replay.path("budget"));
    part(text, "money by channel", replay.path("channels"));
    replay.path("sentences").forEach(s -> text.append(s.path("en").asText()).append(end));
    text.append("held fixed:").append(end);
    replay
        .path("heldFixed")
        .forEach(s -> text.append("  ").append(s.path("en").asText()).append(end));
    return text.toString();
  }

  private static void part(StringBuilder text, String title, JsonNode figures) {
    if (figures.isEmpty()) {
      return;
    }
    Table table = new Table("figure", "recorded", "replayed", "difference", "9 cases in 10");
    for (JsonNode figure : figures) {
      table.row(
          figure.at("/label/en").asText(),
          number(figure.path("recorded"), "%,.4f"),
          number(figure.path("replayed"), "%,.4f"),
          number(figure.path("difference"), "%+,.4f"),
          figure.path("low").isNumber()
              ? number(figure.path("low"), "%,.4f") + " to " + number(figure.path("high"), "%,.4f")
              : "");
    }
    text.append(title).append(System.lineSeparator()).append(table.text());
    text.append(System.lineSeparator());
  }

  private static String number(JsonNode value, String format) {
    return value.isNumber() ? String.format(Locale.ROOT, format, value.asDouble()) : "–";
  }

  private void write(JsonNode replay) {
    try {
      Files.writeString(json, replay.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new Channelwise.UserMistake(
          "File %s cannot be written: %s. Name another with --json.".formatted(json, e));
    }
  }
}
