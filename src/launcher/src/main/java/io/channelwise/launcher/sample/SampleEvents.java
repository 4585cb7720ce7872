package io.channelwise.launcher.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Behaviour events of the sample: users of four segments view, click and buy through eight
 * channels, each segment with its own habits. Not thread-safe.
 */
public final class SampleEvents {
  private static final int USERS = 1_300;
  private static final Instant FROM = Instant.parse("2026-08-01T00:00:00Z");
  private static final long SPAN_SECONDS = 90L * 24 * 3_600;

  /**
   * @param affinity relative pull on enterprise, startup, agency, public
   * @param clickCost cost of a click, CNY
   * @param agreedShare revenue share agreed last year; 0 when there was none to agree
   */
  record Channel(String en, String zh, double[] affinity, double clickCost, double agreedShare) {}

  static final List<Channel> CHANNELS =
      List.of(
          channel("Northwind Cloud Marketplace", "北风云市场", 5.5, 2.5, 2, 3, 6, 0.15),
          channel("Brightshelf Retail Partners", "亮架零售伙伴", 4, 1, 3, 1, 5, 0.20),
          channel("Brightshelf South", "亮架华南", 1, 0.7, 1.8, 0.5, 4, 0.12),
          channel("Shopkeepers Association", "店主协会", 0.8, 0.6, 1, 3.5, 2, 0.05),
          channel("Agent Builders Forum", "智能体开发者论坛", 0.7, 4, 2.5, 0.4, 1, 0),
          channel("Wavelength Social", "波长社交", 0.6, 2.8, 2, 0.9, 3, 0.08),
          channel("Lodestar Search", "北极星搜索", 2.4, 3.2, 2.6, 2.2, 4.5, 0.10),
          channel("Foundry Integrators", "铸造集成商", 1.6, 0.2, 0.6, 0.6, 7, 0.25));

  private static final double[] SEGMENT_WEIGHTS = {0.32, 0.33, 0.2, 0.15};
  private static final double[] PURCHASE_RATES = {0.16, 0.09, 0.11, 0.08};
  private static final double[] REVENUES = {900, 260, 380, 520};

  private final boolean chinese;
  private final Random random;
  private final String idPrefix;
  private final int users;
  private final Instant from;
  private final double pace;

  private SampleEvents(
      boolean chinese, long seed, String idPrefix, int users, Instant from, double pace) {
    this.chinese = chinese;
    this.random = new Random(seed);
    this.idPrefix = idPrefix;
    this.users = users;
    this.from = from;
    this.pace = pace;
  }

  /** Three months of the past, the campaign's {@code events.csv}. */
  static SampleEvents history(boolean chinese, long seed) {
    return new SampleEvents(chinese, seed + 1, "e", USERS, FROM, 1);
  }

  /**
   * What users do while the promotion runs, squeezed into the last seconds for a demonstration.
   *
   * @param idPrefix makes the event ids differ from all earlier ones
   */
  public static SampleEvents live(
      boolean chinese, long seed, String idPrefix, int users, Instant from) {
    return new SampleEvents(chinese, seed, idPrefix, users, from, 1e-6);
  }

  private static Channel channel(
      String en, String zh, double e, double s, double a, double p, double cost, double share) {
    return new Channel(en, zh, new double[] {e, s, a, p}, cost, share);
  }

  public List<String[]> rows() {
    // Header first, then one row an event.
    List<String[]> rows = new ArrayList<>();
    rows.add(
        chinese
            ? new String[] {"event_id", "用户", "用户群", "渠道", "类型", "时间", "收入", "成本"}
            : new String[] {
              "event_id", "user", "segment", "channel", "type", "occurred_at", "revenue", "cost"
            });
    for (int user = 1; user <= users; user++) {
      journey(user, rows);
    }
    return rows;
  }

  /** One user: one to three touches, each a view, often a click, sometimes a purchase. */
  private void journey(int user, List<String[]> rows) {
    int segment = draw(SEGMENT_WEIGHTS);
    Instant time = later(from, random.nextDouble() * SPAN_SECONDS);
    int touches = 1 + random.nextInt(3);
    for (int touch = 0; touch < touches; touch++) {
      Channel channel = drawChannel(segment);
      add(rows, user, segment, channel, "view", time, 0, 0);
      if (random.nextDouble() < 0.62) {
        time = later(time, 20 + random.nextInt(400));
        add(rows, user, segment, channel, "click", time, 0, channel.clickCost());
        if (random.nextDouble() < PURCHASE_RATES[segment]) {
          time = later(time, 300 + random.nextInt(5_000));
          double revenue = REVENUES[segment] * (0.7 + 0.6 * random.nextDouble());
          add(rows, user, segment, channel, "purchase", time, revenue, 0);
        }
      }
      time = later(time, 3_600L * (1 + random.nextInt(96)));
    }
  }

  private void add(
      List<String[]> rows,
      int user,
      int segment,
      Channel channel,
      String type,
      Instant time,
      double revenue,
      double cost) {
    String label =
        switch (type) {
          case "view" -> "浏览";
          case "click" -> "点击";
          default -> "购买";
        };
    rows.add(
        new String[] {
          "%s-%05d".formatted(idPrefix, rows.size()),
          "%s-u%04d".formatted(idPrefix, user),
          SampleMarkets.SEGMENTS.get(segment)[chinese ? 1 : 0],
          chinese ? channel.zh() : channel.en(),
          chinese ? label : type,
          time.toString(),
          String.format(Locale.ROOT, "%.2f", revenue),
          String.format(Locale.ROOT, "%.2f", cost)
        });
  }

  private Instant later(Instant time, double seconds) {
    return time.plusMillis(Math.round(seconds * pace * 1_000));
  }

  private Channel drawChannel(int segment) {
    double[] weights = CHANNELS.stream().mapToDouble(c -> c.affinity()[segment]).toArray();
    return CHANNELS.get(draw(weights));
  }

  private int draw(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double ticket = random.nextDouble() * sum;
    for (int i = 0; i < weights.length - 1; i++) {
      ticket -= weights[i];
      if (ticket < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }
}
