package io.channelwise.launcher.demo;

import static io.channelwise.launcher.demo.Api.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.campaign.Text;
import io.channelwise.launcher.local.DataFolder;
import io.channelwise.launcher.sample.SampleCampaign;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Plays the sample campaign: starts it, then lets people, partners, users and customers act until
 * it has ended. Not thread-safe.
 */
public final class Demo {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final int TICKETS_A_CYCLE = 21;
  private static final long LOOK_AGAIN_NANOS = 400_000_000L;

  private static final Map<String, Text> STEPS =
      Map.of(
          "market-research", new Text("Step 1 · market research", "第 1 步 · 市场调研"),
          "channel-expansion", new Text("Step 2 · channel expansion", "第 2 步 · 渠道拓展"),
          "business-model", new Text("Step 3 · business model", "第 3 步 · 商业模式"),
          "market-promotion", new Text("Step 4 · market promotion", "第 4 步 · 宣传推广"),
          "customer-service", new Text("Step 5 · customer service", "第 5 步 · 客户服务"),
          "product-iteration", new Text("Step 6 · product iteration", "第 6 步 · 产品迭代"));

  /** Weeks become seconds, so that a campaign fits into a coffee break. */
  private static final Map<String, String> SHORT_TIMERS =
      Map.of(
          "replyReminder", "PT10S",
          "replyDeadline", "PT25S",
          "promotionDuration", "PT25S",
          "collectCycle", "R/PT10S",
          "serviceWindow", "PT15M",
          "ticketSla", "PT10M");

  private final DataFolder folder;
  private final URI base;
  private final String language;
  private final Story story;
  private final int cycles;
  private final Map<String, ?> settings;

  /**
   * @param cycles how many cycles the lead wants
   */
  public Demo(DataFolder folder, URI base, PrintStream out, String language, int cycles) {
    this(folder, base, out, language, cycles, Map.of());
  }

  /**
   * @param cycles how many cycles the lead wants
   * @param settings laid over the sample's own, e.g. a shorter {@code training}
   */
  public Demo(
      DataFolder folder,
      URI base,
      PrintStream out,
      String language,
      int cycles,
      Map<String, ?> settings) {
    this.folder = folder;
    this.base = base;
    this.language = language;
    this.story = new Story(out, language);
    this.cycles = cycles;
    this.settings = settings;
  }

  /**
   * Runs to the end.
   *
   * @return the report, an HTML file
   * @throws DemoFailedException when the campaign stands still with an incident or takes too long
   */
  public Path run() throws IOException {
    SampleUsers users = SampleUsers.create(folder, base);
    Api lead = users.in("gtm-lead");
    String key = start(lead);
    People people = new People(users, story, cycles);
    Partners partners = new Partners(folder.folder("outbox"), key, base, story);
    Customers customers = new Customers(key, language, users, people::know, story, TICKETS_A_CYCLE);
    TrainingWatch training = new TrainingWatch(lead, key, story);
    Instant end = Instant.now().plus(LIMIT);
    Set<String> told = new LinkedHashSet<>();
    while (!Instant.now().isAfter(end)) {
      try {
        Set<String> running = runningProcesses(lead, key);
        if (running.isEmpty()) {
          Path report = report(lead, key);
          predict(users.in("support-agent"));
          return report;
        }
        running.stream().filter(told::add).forEach(this::tellStep);
        told.retainAll(running);
        int acted = people.playOpenTasks() + partners.answer() + customers.act(running);
        training.tell();
        stopOnIncident(lead, key);
        if (acted > 0) {
          continue;
        }
      } catch (Api.ApiException e) {
        // People wait when the server is away; whatever was not done is still open afterwards.
        if (!e.isOutage()) {
          throw e;
        }
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    throw new DemoFailedException(
        "The sample campaign %s did not end within %d minutes; look at it in Cockpit."
            .formatted(key, LIMIT.toMinutes()));
  }

  private String start(Api lead) throws IOException {
    Path sample = folder.folder("sample-" + language);
    SampleCampaign.write(sample, language);
    ObjectNode campaign = (ObjectNode) JSON.readTree(sample.resolve("campaign.json").toFile());
    String key = freeKey(lead, campaign.get("key").asText());
    campaign.put("key", key);
    ObjectNode own = (ObjectNode) campaign.get("settings");
    own.set("timers", JSON.valueToTree(SHORT_TIMERS));
    own.setAll((ObjectNode) JSON.valueToTree(settings));
    List<Path> tables;
    try (Stream<Path> files = Files.list(sample)) {
      tables = files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
    lead.postForm("/api/campaigns", "campaign", campaign.toString(), tables);
    story.tell(
        "%s starts the sample campaign %s with %d tables"
            .formatted(SampleUsers.nameOf("gtm-lead"), key, tables.size()),
        "%s 启动示例活动 %s，共 %d 张表".formatted(SampleUsers.nameOf("gtm-lead"), key, tables.size()));
    return key;
  }

  /** The sample's key, with a number behind it when the folder has seen it before. */
  private static String freeKey(Api lead, String wanted) {
    String key = wanted;
    for (int number = 2; exists(lead, key); number++) {
      key = wanted + "-" + number;
    }
    return key;
  }

  private static boolean exists(Api lead, String key) {
    try {
      lead.get("/api/campaigns/" + key);
      return true;
    } catch (Api.ApiException e) {
      if (e.status() == 404) {
        return false;
      }
      throw e;
    }
  }

  private static Set<String> runningProcesses(Api api, String key) {
    Set<String> keys = new LinkedHashSet<>();
    for (JsonNode instance : api.get("/engine-rest/process-instance?businessKey=" + encode(key))) {
      keys.add(instance.get("definitionId").asText().split(":")[0]);
    }
    return keys;
  }

  private void tellStep(String process) {
    Text title = STEPS.get(process);
    if (title != null) {
      story.tell("── " + title.en(), "── " + title.zh());
    }
  }

  private static void stopOnIncident(Api lead, String key) {
    for (JsonNode instance :
        lead.get("/engine-rest/process-instance?withIncident=true&businessKey=" + encode(key))) {
      JsonNode incidents =
          lead.get("/engine-rest/incident?processInstanceId=" + instance.get("id").asText());
      if (!incidents.isEmpty()) {
        throw new DemoFailedException(
            "The campaign stands still at %s: %s"
                .formatted(
                    incidents.get(0).path("activityId").asText(),
                    incidents.get(0).path("incidentMessage").asText()));
      }
    }
  }

  private Path report(Api lead, String key) throws IOException {
    String html = lead.getText("/api/campaigns/" + key + "/report", "text/html", language);
    Path file = folder.folder("reports").resolve(key + ".html");
    Files.writeString(file, html);
    story.tell("The campaign has ended.", "活动已结束。");
    return file;
  }

  /** The released model answers, as it will in the next cycle. */
  private void predict(Api agent) {
    String text =
        language.equals("zh")
            ? "十月的费用被扣了两次，请退款。"
            : "We were charged twice for October, please refund.";
    JsonNode answer =
        agent.post("/api/models/ticket-intent/predictions", Map.of("texts", List.of(text)));
    JsonNode best = answer.path("predictions").path(0);
    story.tell(
        "The released model on “%s”: %s (%.2f)"
            .formatted(text, best.path("label").asText(), best.path("score").asDouble()),
        "已发布的模型对“%s”的判断：%s（%.2f）"
            .formatted(text, best.path("label").asText(), best.path("score").asDouble()));
  }

  /** The demonstration could not go on; the message says where and why. */
  public static final class DemoFailedException extends RuntimeException {
    DemoFailedException(String message) {
      super(message);
    }
  }
}
