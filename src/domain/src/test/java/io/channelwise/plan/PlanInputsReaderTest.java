package io.channelwise.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.CampaignService;
import io.channelwise.deal.Deal;
import io.channelwise.deal.DealService;
import io.channelwise.deal.Terms;
import io.channelwise.plan.PlanInputs.SignedChannel;
import io.channelwise.support.TestDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlanInputsReaderTest {
  private static TestDomain domain;
  private static DealService deals;

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    deals = domain.bean(DealService.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  /** Forum resells for shop, which keeps a fifth; 10 clicks, 2 purchases of 100. */
  private static String campaign() {
    String key = "p" + UUID.randomUUID().toString().substring(0, 8);
    domain.campaign(key, "en");
    domain.load(
        "channels",
        key,
        List.of(channel("shop", 1_100, 0.2, null), channel("forum", 500, 0.25, "shop")));
    domain.load(
        "competitors",
        key,
        List.of(
            Map.of("market", "retail", "competitor", "Big", "market_share", 0.5, "price", 90.0)));
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      events.add(event("c" + i, i < 8 ? "shop" : "forum", "click", 0));
    }
    events.add(event("p1", "shop", "purchase", 100));
    events.add(event("p2", "forum", "purchase", 100));
    domain.load("events", key, events);
    return key;
  }

  private static Map<String, Object> channel(
      String name, double reach, double share, String parent) {
    Map<String, Object> row = new HashMap<>();
    row.put("channel", name);
    row.put("kind", "partner");
    row.put("reach", reach);
    row.put("fixed_cost", 0.0);
    row.put("revenue_share", share);
    row.put("parent", parent);
    return row;
  }

  private static Map<String, Object> event(String id, String channel, String type, double revenue) {
    return Map.of(
        "event_id",
        id,
        "user",
        "u",
        "segment",
        "s",
        "channel",
        channel,
        "type",
        type,
        "occurred_at",
        domain.now(),
        "revenue",
        revenue,
        "cost",
        0.0);
  }

  private static Deal sign(String key, String channel, double share, double fee) {
    String id = UUID.randomUUID().toString();
    deals.draft(key, 1, channel, id);
    return deals.sign(id, new Terms(share, fee));
  }

  @Test
  void shouldCountTheCustomersOfAResoldChannel_byWhatTheyPay() {
    String key = campaign();
    sign(key, "shop", 0.15, 10);
    Deal forum = sign(key, "forum", 0.25, 50);

    PlanInputs inputs =
        domain
            .bean(PlanInputsReader.class)
            .read(domain.bean(CampaignService.class).require(key), 1, "retail");

    // By hand: A = (8 + 0.5) / 11 and (2 + 0.5) / 11; p = 0.2, conversion (1 + 50 p) / (n + 50).
    SignedChannel resold = inputs.channels().get(0);
    assertThat(resold.channel()).isEqualTo("forum");
    assertThat(resold.customers()).isEqualTo(500 * (2.5 / 11) * (11.0 / 52), within(1e-9));
    // The forum keeps a quarter of what is paid, the shop a fifth of the rest: 0.4 in all.
    assertThat(resold.revenueShare()).isEqualTo(0.4, within(1e-12));
    assertThat(resold.fixedFee()).isEqualTo(50);
    // What reaches us is what the deal promises.
    assertThat(resold.customers() * 100 * (1 - resold.revenueShare()) - 50)
        .isEqualTo(forum.agreed().value(forum.expectedRevenue()), within(1e-6));
    SignedChannel direct = inputs.channels().get(1);
    assertThat(direct.customers()).isEqualTo(1_100 * (8.5 / 11) * (11.0 / 58), within(1e-9));
    assertThat(direct.revenueShare()).isEqualTo(0.15, within(1e-12));
  }

  @Test
  void shouldAnswer_whenTheTierAboveKeepsEverything() {
    String key = campaign();
    domain.load(
        "channels",
        key,
        List.of(channel("shop", 1_100, 1.0, null), channel("forum", 500, 0.25, "shop")));
    sign(key, "forum", 0.25, 0);

    SignedChannel resold =
        domain
            .bean(PlanInputsReader.class)
            .read(domain.bean(CampaignService.class).require(key), 1, "retail")
            .channels()
            .get(0);

    assertThat(resold.customers()).isPositive();
    assertThat(resold.revenueShare()).isEqualTo(1, within(1e-12));
  }
}
