package io.channelwise.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.campaign.Text;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Plays the partners: reads what was sent to them in the outbox folder and answers by the signed
 * link in it, without a login. One haggles, one declines, one stays silent, the others accept. Not
 * thread-safe.
 */
public final class Partners {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LINK = Pattern.compile("/reply/([A-Za-z0-9_.-]+)");
  private static final Set<String> HAGGLING = Set.of("Northwind Cloud Marketplace", "北风云市场");
  private static final Set<String> DECLINING = Set.of("Wavelength Social", "波长社交");
  private static final Set<String> SILENT = Set.of("Brightshelf South", "亮架华南");
  private static final double ASKED_ON_TOP = 0.02;

  private final Path outbox;
  private final String campaignKey;
  private final Api api;
  private final Story story;
  private final Set<Path> read = new HashSet<>();
  private final Set<String> haggled = new HashSet<>();

  public Partners(Path outbox, String campaignKey, URI base, Story story) {
    this.outbox = outbox;
    this.campaignKey = campaignKey;
    this.api = Api.anonymous(base);
    this.story = story;
  }

  /** Answers every offer that came in since the last call. */
  public int answer() throws IOException {
    int answered = 0;
    List<Path> messages;
    // Listed, not walked: a file that gets its name meanwhile must not matter.
    try (Stream<Path> files = Files.list(outbox)) {
      messages = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    for (Path file : messages) {
      if (!read.contains(file)) {
        answered += answer(JSON.readTree(file.toFile())) ? 1 : 0;
        read.add(file);
      }
    }
    return answered;
  }

  private boolean answer(JsonNode message) {
    if (!"offer".equals(message.path("kind").asText())
        || !campaignKey.equals(message.path("campaignKey").asText())) {
      return false;
    }
    Matcher link = LINK.matcher(message.toString());
    String channel = message.path("channel").asText();
    if (!link.find() || SILENT.contains(channel)) {
      return false;
    }
    Map<String, Object> reply = new LinkedHashMap<>();
    Text told;
    if (DECLINING.contains(channel)) {
      reply.put("outcome", "reject");
      told = new Text("declines", "拒绝");
    } else if (HAGGLING.contains(channel) && !haggled.contains(channel)) {
      double share = message.path("payload").path("revenueShare").asDouble() + ASKED_ON_TOP;
      reply.put("outcome", "counter");
      reply.put("revenueShare", Math.round(share * 1_000) / 1_000.0);
      told =
          new Text(
              "asks for a share of %.1f %%".formatted(share * 100),
              "还价，要求分成 %.1f%%".formatted(share * 100));
    } else {
      reply.put("outcome", "accept");
      told = new Text("accepts", "接受");
    }
    try {
      api.post("/api/deals/" + link.group(1) + "/reply", reply);
    } catch (Api.ApiException e) {
      // Answered before an outage hid the server's thanks.
      if (e.status() != 409 && e.status() != 410) {
        throw e;
      }
      return false;
    }
    haggled.add(channel);
    story.tell(
        "Partner · %s %s".formatted(channel, told.en()),
        "伙伴 · %s %s".formatted(channel, told.zh()));
    return true;
  }
}
