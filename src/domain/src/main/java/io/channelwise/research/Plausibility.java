package io.channelwise.research;

import io.channelwise.campaign.Text;
import io.channelwise.research.MarketHistory.CompetitorRow;
import java.util.ArrayList;
import java.util.List;

/** Whether the shares and periods of a market can be true; each doubt is one sentence. */
final class Plausibility {
  /** Rounded shares may sum to a little more than all. */
  private static final double SUM_TOLERANCE = 0.005;

  /** A market seldom moves further between two neighbouring periods. */
  private static final double JUMP = 0.25;

  private Plausibility() {}

  static List<Text> doubts(MarketHistory history) {
    List<Text> doubts = new ArrayList<>();
    sums(history, doubts);
    if (history.axis().mixed()) {
      doubts.add(
          new Text(
              "%s: periods of different lengths are mixed (%s); shares of a year and of its quarters cannot be compared. Bring one length."
                  .formatted(history.market(), String.join(", ", history.axis().labels())),
              "%s：混用了不同长度的时期（%s），年度与季度的占有率不可比较，请统一。"
                  .formatted(history.market(), String.join("、", history.axis().labels()))));
    }
    List<String> gaps = history.axis().gaps();
    if (!gaps.isEmpty()) {
      doubts.add(
          new Text(
              "%s: no row for %s, between periods that have rows. Bring the missing periods."
                  .formatted(history.market(), String.join(", ", gaps)),
              "%s：缺少时期 %s（前后时期均有数据），请补充。".formatted(history.market(), String.join("、", gaps))));
    }
    for (String competitor : history.competitors()) {
      missing(history, competitor, doubts);
      jumps(history, competitor, doubts);
    }
    return doubts;
  }

  private static void sums(MarketHistory history, List<Text> doubts) {
    for (int t = 0; t < history.axis().size(); t++) {
      double sum = history.at(t).stream().mapToDouble(CompetitorRow::share).sum();
      String where = where(history, t);
      if (sum > 1 + SUM_TOLERANCE) {
        doubts.add(
            new Text(
                "%s: the shares sum to %.1f %%, expected at most 100 %%. They were scaled down; check competitors.csv."
                    .formatted(where, 100 * sum),
                "%s：占有率之和为 %.1f%%，应不超过 100%%。已按比例缩小，请核对 competitors.csv。"
                    .formatted(where, 100 * sum)));
      } else if (sum == 0) {
        doubts.add(
            new Text(
                "%s: all shares are zero, so concentration says nothing. Check competitors.csv."
                    .formatted(where),
                "%s：占有率全部为零，集中度没有意义，请核对 competitors.csv。".formatted(where)));
      }
    }
  }

  private static void missing(MarketHistory history, String competitor, List<Text> doubts) {
    int[] present = history.present(competitor);
    List<String> absent = new ArrayList<>();
    for (int i = 1; i < present.length; i++) {
      for (int t = present[i - 1] + 1; t < present[i]; t++) {
        absent.add(history.axis().labels().get(t));
      }
    }
    if (!absent.isEmpty()) {
      doubts.add(
          new Text(
              "%s: %s has no row in %s, but before and after it. Bring the missing rows."
                  .formatted(history.market(), competitor, String.join(", ", absent)),
              "%s：“%s”缺少 %s 的数据（前后时期均有），请补充。"
                  .formatted(history.market(), competitor, String.join("、", absent))));
    }
  }

  private static void jumps(MarketHistory history, String competitor, List<Text> doubts) {
    CompetitorRow[] rows = history.rows().get(competitor);
    for (int t = 1; t < rows.length; t++) {
      if (rows[t] != null
          && rows[t - 1] != null
          && Math.abs(rows[t].share() - rows[t - 1].share()) > JUMP) {
        doubts.add(
            new Text(
                "%s: the share of %s went from %.1f %% in %s to %.1f %% in %s, more than %.0f points in one period. Check both."
                    .formatted(
                        history.market(),
                        competitor,
                        100 * rows[t - 1].share(),
                        rows[t - 1].period(),
                        100 * rows[t].share(),
                        rows[t].period(),
                        100 * JUMP),
                "%s：“%s”的占有率由 %s 的 %.1f%% 变为 %s 的 %.1f%%，一个时期内超过 %.0f 个百分点，请核对。"
                    .formatted(
                        history.market(),
                        competitor,
                        rows[t - 1].period(),
                        100 * rows[t - 1].share(),
                        rows[t].period(),
                        100 * rows[t].share(),
                        100 * JUMP)));
      }
    }
  }

  private static String where(MarketHistory history, int period) {
    String label = history.axis().labels().get(period);
    return label.isEmpty() ? history.market() : history.market() + " " + label;
  }
}
