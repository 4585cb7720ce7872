package io.channelwise.promotion;

import io.channelwise.allocation.AllocationAnswer.Limit;
import io.channelwise.allocation.Saturation;
import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.Text;
import io.channelwise.channel.Attraction;
import io.channelwise.channel.SegmentWeights;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** What people see before they approve a budget: who gets what, how sure that is, and why. */
final class BudgetBriefing {
  private BudgetBriefing() {}

  /**
   * @param saturations of the channels that took part
   * @param signedFees of the cycle's signed deals
   */
  static Briefing of(
      Campaign campaign,
      Allocation allocation,
      SortedMap<String, Saturation> saturations,
      Attraction attraction,
      BigDecimal signedFees) {
    List<Table> tables = new ArrayList<>();
    tables.add(shares(allocation, attraction));
    tables.addAll(reasons(allocation));
    tables.add(saturation(saturations));
    SegmentWeights.table(attraction).ifPresent(tables::add);
    List<Figure> figures = new ArrayList<>(figures(campaign, allocation, signedFees));
    SegmentWeights.figure(attraction).ifPresent(figures::add);
    return new Briefing(
        new Text("Promotion budget", "推广预算"),
        summary(campaign, allocation),
        figures,
        tables,
        List.of(chart(campaign, allocation)));
  }

  private static Text summary(Campaign campaign, Allocation allocation) {
    Allocation.Share first = allocation.shares().get(0);
    double percent = 100 * first.amount().doubleValue() / allocation.budget().doubleValue();
    String amount =
        String.format(Locale.ROOT, "%,.0f %s", first.amount().doubleValue(), campaign.currency());
    int funded = allocation.funded().size();
    return new Text(
        String.format(
            Locale.ROOT,
            "%s gets most: %s (%.1f %%). Channels with money: %d. Half is released at the start; results then steer the rest, to no channel more than 1.5 times its amount, in all never more than the budget.",
            first.channel(),
            amount,
            percent,
            funded),
        String.format(
            Locale.ROOT,
            "%d 个渠道获得预算，其中%s最多：%s（%.1f %%）。启动时释放一半，其余按效果调配：单个渠道不超过其金额的 1.5 倍，总额绝不超出预算。",
            funded,
            first.channel(),
            amount,
            percent));
  }

  private static List<Figure> figures(
      Campaign campaign, Allocation allocation, BigDecimal signedFees) {
    String currency = campaign.currency();
    List<Figure> figures =
        new ArrayList<>(
            List.of(
                money("budget", "Budget", "预算", allocation.budget(), currency),
                money("allocated", "Shared out", "已分配", allocation.allocated(), currency),
                new Figure(
                    "channels",
                    new Text("Channels with money", "获得预算的渠道"),
                    allocation.funded().size(),
                    "")));
    if (signedFees.signum() > 0) {
      figures.add(
          money(
              "signed-fees",
              "Fees of the signed contracts: owed whether or not a channel is promoted, so not taken from this budget",
              "已签合同的固定费用：无论是否推广均须支付，故不从本预算中扣除",
              signedFees,
              currency));
    }
    if (allocation.unspent().signum() > 0) {
      figures.add(
          money(
              "unspent",
              "Left over: every channel is at its cap",
              "剩余：各渠道均已达上限",
              allocation.unspent(),
              currency));
    }
    figures.addAll(proof(allocation.proof()));
    if (!allocation.excluded().isEmpty()) {
      figures.add(
          new Figure(
              "excluded",
              new Text("Left out on purpose", "主动排除"),
              String.join(", ", allocation.excluded()),
              ""));
    }
    return figures;
  }

  /** Objective and certificate. */
  static List<Figure> proof(Allocation.Proof proof) {
    return List.of(
        new Figure(
            "objective",
            new Text("Objective Σ P(U) log Σ b R", "目标值 Σ P(U) log Σ b R"),
            proof.objective(),
            ""),
        new Figure(
            "duality-gap",
            new Text("Duality gap: no other sharing is better by more", "对偶间隙：任何其他分配的改进都不超过此值"),
            proof.dualityGap(),
            ""),
        new Figure("proven", new Text("Proven optimal", "已证明最优"), proof.proven(), ""));
  }

  private static Figure money(String id, String en, String zh, BigDecimal value, String unit) {
    return new Figure(id, new Text(en, zh), value.doubleValue(), unit);
  }

  private static Table shares(Allocation allocation, Attraction attraction) {
    return new Table(
        new Text("Budget by channel", "各渠道预算"),
        List.of(
            new Text("Channel", "渠道"),
            new Text("Optimal share (0–1)", "最优份额（0–1）"),
            new Text("Amount", "金额"),
            new Text("Cautious amount (lower bounds)", "谨慎金额（可信下界）"),
            new Text("Attraction (0–1)", "吸引度（0–1）"),
            new Text("At most, after results", "按效果调整后最多")),
        allocation.shares().stream()
            .map(
                s ->
                    Arrays.<Object>asList(
                        s.channel(),
                        s.share(),
                        s.amount().doubleValue(),
                        s.cautiousAmount() == null ? null : s.cautiousAmount().doubleValue(),
                        attraction.of(s.channel()).map(Attraction.Ranked::attraction).orElse(null),
                        s.limit().doubleValue()))
            .toList());
  }

  /** Why it came out so, and what each limit costs; also for the report. */
  static List<Table> reasons(Allocation allocation) {
    Table why =
        new Table(
            new Text("Why", "原因"),
            List.of(new Text("Reason", "说明")),
            allocation.sentences().stream().map(List::<Object>of).toList());
    Table limits =
        new Table(
            new Text("Limits that bind", "起约束作用的限制"),
            List.of(
                new Text("Limit", "限制"),
                new Text("Channel", "渠道"),
                new Text("Amount", "金额"),
                new Text("Shadow price (nats for one more 1,000)", "影子价格（每增加 1,000 的 nat 数）"),
                new Text("Gain of one per cent, %", "变动 1 % 的收益（%）")),
            allocation.binding().stream()
                .map(
                    b ->
                        Arrays.<Object>asList(
                            name(b.limit()),
                            b.channel(),
                            b.money(),
                            1000 * b.shadowPrice(),
                            100 * b.onePerCent()))
                .toList());
    return List.of(why, limits);
  }

  /** At which spend each channel saturates, and how sure that is; also for the report. */
  static Table saturation(SortedMap<String, Saturation> saturations) {
    return new Table(
        new Text("Saturation by channel", "各渠道的饱和程度"),
        List.of(
            new Text("Channel", "渠道"),
            new Text("Half of the effect at a spend of", "达到一半效果的支出"),
            new Text("Low (95 %)", "下限（95 %）"),
            new Text("High (95 %)", "上限（95 %）"),
            new Text("Days with spend", "有支出的天数"),
            new Text("Clicks on all days", "全部点击"),
            new Text("Why", "原因")),
        saturations.entrySet().stream()
            .map(
                e ->
                    Arrays.<Object>asList(
                        e.getKey(),
                        e.getValue().halfSaturation(),
                        e.getValue().low(),
                        e.getValue().high(),
                        e.getValue().days(),
                        e.getValue().clicks(),
                        e.getValue().verdict().label()))
            .toList());
  }

  private static Text name(Limit limit) {
    return switch (limit) {
      case BUDGET -> new Text("budget", "预算");
      case CAP -> new Text("cap", "上限");
      case FLOOR -> new Text("floor", "下限");
      case LEAST_IF_CHOSEN -> new Text("least amount if used", "选用时的最低额");
    };
  }

  private static Chart chart(Campaign campaign, Allocation allocation) {
    return new Chart(
        new Text("Budget by channel", "各渠道预算"),
        "bar",
        allocation.shares().stream().map(s -> new Text(s.channel(), s.channel())).toList(),
        List.of(
            new Series(
                new Text(campaign.currency(), campaign.currency()),
                allocation.shares().stream().map(s -> s.amount().doubleValue()).toList())));
  }
}
