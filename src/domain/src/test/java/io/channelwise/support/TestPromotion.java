package io.channelwise.support;

import io.channelwise.promotion.DispatchService;
import io.channelwise.promotion.PromotionMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Campaigns with channels, signed deals, materials and events, for tests of what follows them. */
public final class TestPromotion {
  private final TestDomain domain;

  public TestPromotion(TestDomain domain) {
    this.domain = domain;
  }

  /** An empty campaign. */
  public String campaign() {
    String key = "p" + UUID.randomUUID().toString().substring(0, 8);
    domain.campaign(key, "en");
    return key;
  }

  /**
   * Three channels: alpha reaches 600 and beta 400 by signed deals without a fee, gamma reaches
   * 9,000 and has none. Of the materials paper is for alpha, case for beta, and an activity takes
   * it to alpha; post is for all.
   */
  public String threeChannels() {
    String key = campaign();
    domain.load(
        "channels",
        key,
        List.of(channel("alpha", 600), channel("beta", 400), channel("gamma", 9000)));
    domain.load(
        "materials",
        key,
        List.of(
            material("paper", "alpha", "All about it"),
            material("case", "beta", "A customer"),
            material("post", null, "For everyone")));
    domain.load(
        "activities",
        key,
        List.of(Map.of("activity", "tour", "material", "case", "channel", "alpha", "budget", 0.0)));
    sign(key, "alpha", 0);
    sign(key, "beta", 0);
    return key;
  }

  public static Map<String, Object> channel(String name, double reach) {
    return new HashMap<>(
        Map.of(
            "channel",
            name,
            "market",
            "retail",
            "kind",
            "partner",
            "reach",
            reach,
            "fixed_cost",
            0.0,
            "revenue_share",
            0.1,
            "contact",
            "mailto:%s@example.com".formatted(name)));
  }

  /**
   * @param channel null for any
   */
  public static Map<String, Object> material(String name, String channel, String title) {
    Map<String, Object> row = new HashMap<>();
    row.put("material", name);
    row.put("kind", "post");
    row.put("channel", channel);
    row.put("title", title);
    row.put("body", title + ", in full.");
    return row;
  }

  /** A signed deal of the first cycle. */
  public void sign(String key, String channel, double fee) {
    JdbcClient jdbc = domain.bean(JdbcClient.class);
    String id = UUID.randomUUID().toString();
    jdbc.sql(
            """
            insert into deal
              (deal_id, campaign_key, cycle, channel, state, round, revenue_share_open,
               fixed_fee_open, revenue_share_max, fixed_fee_max, agreed_share, agreed_fee,
               expected_revenue, exclusive, term_months, created_at, updated_at)
            values (?, ?, 1, ?, 'signed', 1, 0.1, 0, 0.2, 100, 0.1, ?, 100000, false, 12, now(),
                    now())
            """)
        .params(id, key, channel, fee)
        .update();
    jdbc.sql("insert into deal_offer values (?, 1, 0.1, 0, now())").params(id).update();
  }

  /** Events of as many users, now; a purchase brings 10. */
  public void events(String key, String channel, String segment, int count, String type) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Object> row = new HashMap<>();
      row.put("event_id", UUID.randomUUID().toString());
      row.put("user", "u" + i);
      row.put("segment", segment);
      row.put("channel", channel);
      row.put("type", type);
      row.put("occurred_at", domain.now());
      row.put("revenue", type.equals("purchase") ? 10.0 : 0.0);
      row.put("cost", 0.0);
      rows.add(row);
    }
    domain.load("events", key, rows);
  }

  /**
   * Thirty days until now with views that cost 10 to 400 a day and clicks of the segment large that
   * follow 60 s / (s + k), rounded.
   */
  public void saturatingDays(String key, String channel, double k) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int day = 0; day < 30; day++) {
      double spend = 10 * Math.pow(40, day * 7 % 30 / 29.0);
      long clicks = Math.round(60 * spend / (spend + k));
      for (int i = 0; i <= clicks; i++) {
        Map<String, Object> row = new HashMap<>();
        row.put("event_id", UUID.randomUUID().toString());
        row.put("user", "d" + day + "-" + i);
        row.put("segment", "large");
        row.put("channel", channel);
        row.put("type", i == 0 ? "view" : "click");
        row.put("occurred_at", domain.now().minus(Duration.ofDays(30 - day)));
        row.put("revenue", 0.0);
        row.put("cost", i == 0 ? spend : 0.0);
        rows.add(row);
      }
    }
    domain.load("events", key, rows);
  }

  /** Sends what the first cycle's sharing plans. */
  public void send(String key) {
    DispatchService dispatches = domain.bean(DispatchService.class);
    for (DispatchService.Planned planned : dispatches.plan(key, 1)) {
      PromotionMessage message = planned.message();
      dispatches
          .claim(message.id())
          .ifPresent(claim -> dispatches.sent(key, 1, message, claim, "outbox"));
    }
  }
}
