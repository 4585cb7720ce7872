package io.channelwise.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.SegmentProbabilities;
import io.channelwise.support.TestDomain;
import io.channelwise.support.TestPurchases;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** P(U) by the newest released model of the campaign's purchases. */
class PurchaseWeightsTest {
  private static TestDomain domain;
  private static ChannelService channels;
  private static ModelRegistry registry;
  private String campaign;

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    channels = domain.bean(ChannelService.class);
    registry = domain.bean(ModelRegistry.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  /** Clicks: big 3 on shop, 1 on forum; small 1 on forum; odd 1 on shop. */
  @BeforeEach
  void newCampaign() {
    campaign = "w" + UUID.randomUUID().toString().substring(0, 8);
    domain.campaign(campaign, "en");
    domain.load("channels", campaign, List.of(channel("shop"), channel("forum")));
    String csv =
        """
        event_id,user,segment,channel,type,occurred_at,revenue,cost
        1,a,big,shop,click,2026-03-03T10:00:00Z,0,0
        2,b,big,shop,click,2026-03-03T10:00:00Z,0,0
        3,c,big,shop,click,2026-03-03T10:00:00Z,0,0
        4,d,big,forum,click,2026-03-03T10:00:00Z,0,0
        5,e,small,forum,click,2026-03-03T10:00:00Z,0,0
        6,f,odd,shop,click,2026-03-03T10:00:00Z,0,0
        """;
    domain
        .bean(EventService.class)
        .append(
            campaign,
            EventFormat.CSV,
            new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, Object> channel(String name) {
    Map<String, Object> row = new HashMap<>();
    row.put("channel", name);
    row.put("kind", "partner");
    row.put("reach", 10.0);
    row.put("fixed_cost", 0.0);
    row.put("revenue_share", 0.1);
    return row;
  }

  /** A candidate whose means are so much over 300 users of big and 0.1 over 100 of small. */
  private String candidate(String ofCampaign, double big) {
    return TestPurchases.candidate(
        domain,
        ofCampaign,
        TestPurchases.segment("big", 300, big),
        TestPurchases.segment("small", 100, 0.1));
  }

  private void release(String runId) {
    TestPurchases.release(domain, runId);
  }

  @Test
  void shouldWeighByClicks_beforeARelease() {
    candidate(campaign, 0.2);
    newCampaignsModelIsReleased();

    Attraction attraction = channels.attraction(campaign);

    assertThat(attraction.purchases()).isNull();
    assertThat(attraction.segments())
        .extracting(Attraction.Segment::weight)
        .containsExactly(4 / 6.0, 1 / 6.0, 1 / 6.0);
    assertThat(briefing().summary().en())
        .contains("P(U) is each segment's share of the clicks")
        .doesNotContain("purchase-probability");
    assertThat(briefing().figures()).extracting("id").doesNotContain("segment-weights");
  }

  /** Another campaign's users say nothing of this one's. */
  private void newCampaignsModelIsReleased() {
    String other = "o" + campaign;
    domain.campaign(other, "en");
    release(candidate(other, 0.4));
  }

  @Test
  void shouldWeighByTheNewestReleasedVersionOfItsOwnUsers() {
    release(candidate(campaign, 0.3));
    release(candidate(campaign, 0.2));
    newCampaignsModelIsReleased();
    candidate(campaign, 0.9);

    Attraction attraction = channels.attraction(campaign);

    // Odd was not met: (300 · 0.2 + 100 · 0.1) / 400 = 0.175. Sum 0.2 + 0.1 + 0.175 = 0.475.
    assertThat(attraction.segments().get(0).weight()).isEqualTo(0.2 / 0.475, within(1e-12));
    assertThat(attraction.segments().get(1).weight()).isEqualTo(0.175 / 0.475, within(1e-12));
    assertThat(attraction.segments().get(2).weight()).isEqualTo(0.1 / 0.475, within(1e-12));
    // R(shop, big) = (3 + 1/2) / (4 + 1), odd (1 + 1/2) / (1 + 1), small (0 + 1/2) / (1 + 1).
    assertThat(attraction.of("shop").orElseThrow().attraction())
        .isEqualTo((0.2 * 0.7 + 0.175 * 0.75 + 0.1 * 0.25) / 0.475, within(1e-12));
    int version = attraction.purchases().version();
    assertThat(registry.versions(SegmentProbabilities.MODEL))
        .as("retired by the other campaign's release, yet the newest released of its own")
        .anyMatch(v -> v.version() == version && v.stage().equals("retired"));

    Briefing briefing = briefing();
    String named = "purchase-probability, version " + version;
    assertThat(briefing.summary().en()).contains(named).contains("400 users");
    assertThat(briefing.summary().zh()).contains("purchase-probability 版本 " + version);
    assertThat(briefing.figures())
        .anySatisfy(
            figure -> {
              assertThat(figure.id()).isEqualTo("segment-weights");
              assertThat(figure.value()).isEqualTo("purchase-probability v" + version);
              assertThat(figure.sources()).hasSize(1);
            });
    Briefing.Table table =
        briefing.tables().stream()
            .filter(t -> t.title().en().startsWith("Purchase probability by segment"))
            .findFirst()
            .orElseThrow();
    assertThat(table.rows().get(0)).startsWith("big", 300, 0.2, 0.2 - 0.05, 0.2 + 0.05);
    // Not met: the mean of all, without an interval.
    assertThat(table.rows().get(1).get(0)).isEqualTo("odd");
    assertThat((Double) table.rows().get(1).get(2)).isEqualTo(0.175, within(1e-12));
    assertThat(table.rows().get(1).get(3)).isNull();
  }

  private Briefing briefing() {
    channels.score(campaign, 1, "retail");
    return domain
        .bean(BriefingService.class)
        .find(ChannelService.briefingId(campaign, 1))
        .orElseThrow();
  }
}
