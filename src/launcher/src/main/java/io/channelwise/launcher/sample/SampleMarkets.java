package io.channelwise.launcher.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Survey, competitors and past negotiations of the sample. Not thread-safe. */
final class SampleMarkets {
  private static final int RESPONDENTS_PER_MARKET = 120;
  private static final List<String> PERIODS =
      List.of("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3");

  /** Who is asked; the same segments appear in the behaviour events. */
  static final List<String[]> SEGMENTS =
      List.of(
          new String[] {"enterprise", "大型企业"},
          new String[] {"startup", "初创公司"},
          new String[] {"agency", "服务商"},
          new String[] {"public", "公共机构"});

  /** Companies of each segment in a market; as many of each were asked. */
  private static final List<Integer> SEGMENT_POPULATIONS = List.of(1200, 5400, 2100, 900);

  /**
   * @param need share of respondents with the need, 0..1
   * @param pay mean monthly willingness to pay, CNY
   */
  private record Market(String en, String zh, double need, double pay, List<Rival> rivals) {}

  /**
   * @param share market share in the first period
   * @param drift change of the share a period
   * @param price price in the first period, CNY a month
   * @param priceDrift change of the price a period
   */
  private record Rival(
      String name,
      double share,
      double drift,
      double price,
      double priceDrift,
      String[] strength,
      String[] weakness) {}

  private static final String[] INTEGRATIONS = {"many integrations", "集成丰富"};
  private static final String[] BRAND = {"well-known brand", "品牌知名"};
  private static final String[] CHEAP = {"low price", "价格低"};
  private static final String[] CHINESE = {"weak in Chinese", "中文较弱"};
  private static final String[] SLOW = {"slow support", "支持响应慢"};
  private static final String[] CLOSED = {"no fine-tuning", "不支持微调"};

  private static final List<Market> MARKETS =
      List.of(
          new Market(
              "retail",
              "零售",
              0.68,
              420,
              List.of(
                  new Rival("Meridian AI", 0.30, -0.010, 520, -8, BRAND, CHINESE),
                  new Rival("Quillworks", 0.24, 0.004, 390, -4, INTEGRATIONS, SLOW),
                  new Rival("Baseline Bots", 0.18, -0.002, 240, 2, CHEAP, CLOSED),
                  new Rival("Paperlantern", 0.12, 0.006, 330, 0, CHEAP, SLOW))),
          new Market(
              "manufacturing",
              "制造",
              0.44,
              560,
              List.of(
                  new Rival("Ironclad Systems", 0.55, 0.006, 700, 5, BRAND, CLOSED),
                  new Rival("Meridian AI", 0.22, -0.004, 610, -5, INTEGRATIONS, CHINESE),
                  new Rival("Gearbox AI", 0.10, 0.002, 480, 0, CHEAP, SLOW))),
          new Market(
              "healthcare",
              "医疗",
              0.36,
              610,
              List.of(
                  new Rival("Caduceus Cloud", 0.62, 0.008, 880, 10, BRAND, SLOW),
                  new Rival("Quillworks", 0.20, -0.006, 690, -3, INTEGRATIONS, CLOSED))));

  private static final String[][] PAIN_POINTS = {
    {"long waiting times", "等待时间长"},
    {"repeated questions", "重复问题多"},
    {"night and weekend cover", "夜间和周末无人值守"},
    {"answers differ between agents", "客服口径不一"},
    {"two languages to serve", "需要双语服务"},
    {"training new agents", "新人培训成本高"}
  };

  private final boolean chinese;
  private final Random random;

  SampleMarkets(boolean chinese, long seed) {
    this.chinese = chinese;
    this.random = new Random(seed);
  }

  List<String[]> survey() {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        chinese
            ? new String[] {"市场", "受访者", "需求", "痛点", "支付意愿", "用户群", "用户群规模"}
            : new String[] {
              "market",
              "respondent",
              "need",
              "pain_point",
              "willingness_to_pay",
              "segment",
              "segment_population"
            });
    for (Market market : MARKETS) {
      for (int i = 1; i <= RESPONDENTS_PER_MARKET; i++) {
        boolean need = random.nextDouble() < market.need();
        double pay = Math.max(0, market.pay() * (need ? 1 : 0.4) + random.nextGaussian() * 120);
        String pain = need ? pick(PAIN_POINTS[weighted(PAIN_POINTS.length)]) : "";
        int segment = random.nextInt(SEGMENTS.size());
        rows.add(
            new String[] {
              pick(market.en(), market.zh()),
              "%s-%03d".formatted(market.en().substring(0, 2), i),
              need ? pick("yes", "是") : pick("no", "否"),
              pain,
              String.format(Locale.ROOT, "%.0f", pay),
              pick(SEGMENTS.get(segment)),
              Integer.toString(SEGMENT_POPULATIONS.get(segment))
            });
      }
    }
    return rows;
  }

  List<String[]> competitors() {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        chinese
            ? new String[] {"市场", "竞争对手", "市场占有率", "价格", "优势", "劣势", "时期"}
            : new String[] {
              "market", "competitor", "market_share", "price", "strength", "weakness", "period"
            });
    for (Market market : MARKETS) {
      for (int t = 0; t < PERIODS.size(); t++) {
        for (Rival rival : market.rivals()) {
          double share = rival.share() + t * rival.drift() + random.nextGaussian() * 0.002;
          double price = rival.price() + t * rival.priceDrift();
          rows.add(
              new String[] {
                pick(market.en(), market.zh()),
                rival.name(),
                chinese
                    ? String.format(Locale.ROOT, "%.1f%%", share * 100)
                    : String.format(Locale.ROOT, "%.3f", share),
                String.format(Locale.ROOT, "%.0f", price),
                pick(rival.strength()),
                pick(rival.weakness()),
                PERIODS.get(t)
              });
        }
      }
    }
    return rows;
  }

  /** Last year's talks: two or three rounds with each channel that takes a share. */
  List<String[]> negotiations() {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        chinese
            ? new String[] {"渠道", "轮次", "分成", "固定费用", "独家", "期限", "结果"}
            : new String[] {
              "channel",
              "round",
              "revenue_share",
              "fixed_fee",
              "exclusive",
              "term_months",
              "outcome"
            });
    for (SampleEvents.Channel channel : SampleEvents.CHANNELS) {
      if (channel.agreedShare() == 0) {
        continue;
      }
      int rounds = 2 + random.nextInt(2);
      for (int round = 1; round <= rounds; round++) {
        boolean last = round == rounds;
        double share = channel.agreedShare() * (1 + 0.15 * (rounds - round));
        rows.add(
            new String[] {
              pick(channel.en(), channel.zh()),
              Integer.toString(round),
              String.format(Locale.ROOT, "%.3f", share),
              Integer.toString(500 * (rounds - round + 1)),
              pick("no", "否"),
              "12",
              last ? pick("accept", "接受") : pick("counter", "还价")
            });
      }
    }
    return rows;
  }

  private String pick(String... enZh) {
    return chinese ? enZh[1] : enZh[0];
  }

  /** Earlier entries more often: index i with weight n - i. */
  private int weighted(int n) {
    int ticket = random.nextInt(n * (n + 1) / 2);
    int index = 0;
    while (ticket >= n - index) {
      ticket -= n - index;
      index++;
    }
    return index;
  }
}
