package io.channelwise.allocation;

import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Says everything that is wrong with a problem, at once. */
final class ProblemCheck {
  private static final int FINDINGS_MAX = 10;

  /** Relative rounding that money may carry. */
  private static final double TOLERANCE = 1e-9;

  private final List<Text> findings = new ArrayList<>();

  private ProblemCheck() {}

  static void check(
      double budget,
      double reference,
      SortedMap<String, Double> segments,
      SortedMap<String, ChannelTerms> channels,
      Map<String, Map<String, double[]>> cells) {
    ProblemCheck check = new ProblemCheck();
    check.money(budget, reference);
    check.segments(segments);
    channels.values().forEach(check::terms);
    if (channels.isEmpty()) {
      check.add("no channel is given; name at least one.", "未给出任何渠道，请至少给出一个。");
    }
    cells.forEach((channel, row) -> check.cells(channel, row, segments, channels));
    if (check.findings.isEmpty()) {
      check.floors(budget, channels);
    }
    if (check.findings.isEmpty()) {
      check.reach(segments, cells);
    }
    check.throwIfAny();
  }

  private void add(String en, String zh) {
    findings.add(new Text(en, zh));
  }

  private void money(double budget, double reference) {
    for (double money : new double[] {budget, reference}) {
      if (!(money > 0 && money <= AllocationProblem.MONEY_MAX)) {
        add(
            "the budget is %s; an amount above 0 and up to %.0f is expected."
                .formatted(money, AllocationProblem.MONEY_MAX),
            "预算为 %s，应大于 0 且不超过 %.0f。".formatted(money, AllocationProblem.MONEY_MAX));
        return;
      }
    }
  }

  private void segments(SortedMap<String, Double> segments) {
    double sum = 0;
    for (Map.Entry<String, Double> segment : segments.entrySet()) {
      double weight = segment.getValue();
      if (!isAmount(weight)) {
        add(
            "the weight of segment %s is %s; a finite number from 0 on is expected."
                .formatted(segment.getKey(), weight),
            "用户群 %s 的权重为 %s，应为不小于 0 的有限数。".formatted(segment.getKey(), weight));
      }
      sum += weight;
    }
    if (sum == 0) {
      add("no segment has a weight above 0; give at least one.", "没有权重大于 0 的用户群，请至少给出一个。");
    } else if (sum == Double.POSITIVE_INFINITY) {
      add("the weights sum to infinity; give smaller ones.", "权重之和为无穷大，请给出较小的权重。");
    }
  }

  private void terms(ChannelTerms t) {
    amount(t, "floor", "下限", t.floor(), false);
    amount(t, "least amount if chosen", "选用时的最低额", t.leastIfChosen(), false);
    amount(t, "fixed cost", "固定成本", t.fixedCost(), false);
    amount(t, "cap", "上限", t.cap(), true);
    amount(t, "half-saturation spend", "半饱和支出", t.halfSaturation(), true);
    if (t.halfSaturation() == 0) {
      add(
          "the half-saturation spend of channel %s is 0; an amount above 0 is expected."
              .formatted(t.channel()),
          "渠道 %s 的半饱和支出为 0，应大于 0。".formatted(t.channel()));
    }
    if (t.floor() > t.cap()) {
      add(
          "channel %s has floor %s above its cap %s; lower the floor or raise the cap."
              .formatted(t.channel(), t.floor(), t.cap()),
          "渠道 %s 的下限 %s 高于上限 %s，请降低下限或提高上限。".formatted(t.channel(), t.floor(), t.cap()));
    }
  }

  private void amount(
      ChannelTerms terms, String en, String zh, double value, boolean infinityAllowed) {
    boolean fine = isAmount(value) || (infinityAllowed && value == Double.POSITIVE_INFINITY);
    if (!fine || (value > AllocationProblem.MONEY_MAX && value < Double.POSITIVE_INFINITY)) {
      add(
          "the %s of channel %s is %s; an amount from 0 to %.0f is expected."
              .formatted(en, terms.channel(), value, AllocationProblem.MONEY_MAX),
          "渠道 %s 的%s为 %s，应在 0 到 %.0f 之间。"
              .formatted(terms.channel(), zh, value, AllocationProblem.MONEY_MAX));
    }
  }

  private void cells(
      String channel,
      Map<String, double[]> row,
      SortedMap<String, Double> segments,
      SortedMap<String, ChannelTerms> channels) {
    if (!channels.containsKey(channel)) {
      add(
          "attraction is given for the unknown channel %s; name it as a channel or leave it out."
              .formatted(channel),
          "给出了未知渠道 %s 的吸引度，请先列出该渠道或删除其吸引度。".formatted(channel));
    }
    row.forEach(
        (segment, pair) -> {
          if (!segments.containsKey(segment)) {
            add(
                "attraction of channel %s is given for the unknown segment %s; name it as a segment or leave it out."
                    .formatted(channel, segment),
                "渠道 %s 的吸引度涉及未知用户群 %s，请先列出该用户群或删除。".formatted(channel, segment));
          }
          if (!isAmount(pair[0]) || !isAmount(pair[1]) || pair[1] > pair[0]) {
            add(
                "the attraction of channel %s for segment %s is %s with lower bound %s; finite numbers from 0 on, the bound not above the attraction, are expected."
                    .formatted(channel, segment, pair[0], pair[1]),
                "渠道 %s 对用户群 %s 的吸引度为 %s、下界为 %s，应为不小于 0 的有限数，且下界不高于吸引度。"
                    .formatted(channel, segment, pair[0], pair[1]));
          }
        });
  }

  private void floors(double budget, SortedMap<String, ChannelTerms> channels) {
    double needed = 0;
    for (ChannelTerms t : channels.values()) {
      needed += t.floor() > 0 ? t.least() + t.fixedCost() : 0;
    }
    if (needed > budget * (1 + TOLERANCE)) {
      add(
          "floors and their fixed costs need %.2f, the budget is %.2f; lower floors or raise the budget."
              .formatted(needed, budget),
          "各下限及其固定成本共需 %.2f，而预算为 %.2f，请降低下限或提高预算。".formatted(needed, budget));
    }
  }

  private void reach(SortedMap<String, Double> segments, Map<String, Map<String, double[]>> cells) {
    boolean reached =
        cells.values().stream()
            .flatMap(row -> row.entrySet().stream())
            .anyMatch(cell -> cell.getValue()[0] > 0 && segments.get(cell.getKey()) > 0);
    if (!reached) {
      add(
          "no segment with a weight above 0 is reached by any channel; bring clicks, or other channels.",
          "没有任何渠道触达权重大于 0 的用户群，请提供点击数据或更换渠道。");
    }
  }

  private static boolean isAmount(double value) {
    return value >= 0 && value < Double.POSITIVE_INFINITY;
  }

  private void throwIfAny() {
    if (findings.isEmpty()) {
      return;
    }
    List<Text> shown = findings.subList(0, Math.min(FINDINGS_MAX, findings.size()));
    int more = findings.size() - shown.size();
    String en = String.join(" Also, ", shown.stream().map(Text::en).toList());
    String zh = String.join("另外，", shown.stream().map(Text::zh).toList());
    throw AllocationProblem.refusal(
        more == 0 ? en : en + " And %d more.".formatted(more),
        more == 0 ? zh : zh + "另有 %d 处。".formatted(more));
  }
}
