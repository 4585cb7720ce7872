package io.channelwise.launcher.browser;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.launcher.demo.Api;
import io.channelwise.launcher.sample.SampleCampaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts the sample campaign with waits of seconds and one epoch of training. */
final class SampleStart {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> TIMERS =
      Map.of(
          "replyReminder", "PT8S",
          "replyDeadline", "PT25S",
          "promotionDuration", "PT10S",
          "collectCycle", "R/PT4S",
          "serviceWindow", "PT15M",
          "ticketSla", "PT10M");

  private final Path sample;

  SampleStart(Path folder) {
    this.sample = folder;
    SampleCampaign.write(folder, "en");
  }

  /** With all tables. */
  void start(Api lead, String key) throws IOException {
    lead.postForm("/api/campaigns", "campaign", campaign(key), tables());
  }

  /** Without behaviour events, so that a person has to bring them. */
  void startWithoutEvents(Api lead, String key) throws IOException {
    List<Path> rest = tables().stream().filter(table -> !table.equals(events())).toList();
    lead.postForm("/api/campaigns", "campaign", campaign(key), rest);
  }

  Path events() {
    return sample.resolve("events.csv");
  }

  private List<Path> tables() throws IOException {
    try (Stream<Path> files = Files.list(sample)) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
  }

  private String campaign(String key) throws IOException {
    ObjectNode campaign = (ObjectNode) JSON.readTree(sample.resolve("campaign.json").toFile());
    campaign.put("key", key);
    ObjectNode settings = (ObjectNode) campaign.get("settings");
    settings.set("timers", JSON.valueToTree(TIMERS));
    settings.set("training", JSON.valueToTree(Map.of("epochs", 1)));
    return campaign.toString();
  }
}
