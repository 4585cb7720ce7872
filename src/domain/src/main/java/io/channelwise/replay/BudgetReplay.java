package io.channelwise.replay;

import io.channelwise.campaign.Text;
import io.channelwise.promotion.Sharing;
import io.channelwise.replay.Replay.Compared;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** A recorded sharing of the promotion budget beside the same computed with a change. */
record BudgetReplay(Sharing recorded, Sharing replayed, String currency) {
  static final Text HELD_FIXED =
      new Text(
          "Budget: attraction, worth and saturation of each channel, planned activities and the money spent already, as they were when the budget was shared out.",
          "预算：各渠道的吸引度、价值与饱和程度、计划的活动以及已支出金额，均以分配预算时的数据为准。");

  List<Compared> figures() {
    return List.of(
        money("budget", new Text("Budget", "预算"), recorded.budget(), replayed.budget()),
        Compared.of(
            "objective",
            new Text("Objective Σ P(U) log Σ b R", "目标值 Σ P(U) log Σ b R"),
            recorded.objective(),
            replayed.objective(),
            ""),
        Compared.of(
            "mean-attraction",
            new Text("Mean attraction over the segments", "各用户群的平均吸引度"),
            recorded.meanAttraction(),
            replayed.meanAttraction(),
            ""),
        Compared.of(
            "channels-used",
            new Text("Channels with money", "获得预算的渠道"),
            (double) used(recorded),
            (double) used(replayed),
            ""),
        money(
            "fixed-costs",
            new Text("Fixed costs of the channels used", "所用渠道的固定成本"),
            recorded.fixedCosts(),
            replayed.fixedCosts()),
        money("unspent", new Text("Left over", "剩余"), recorded.unspent(), replayed.unspent()));
  }

  private static long used(Sharing sharing) {
    return sharing.shares().stream().filter(s -> s.amount().signum() > 0).count();
  }

  private Compared money(String id, Text label, BigDecimal before, BigDecimal after) {
    return Compared.of(id, label, before.doubleValue(), after.doubleValue(), currency);
  }

  /** Money by channel; 0 for one that takes no part in the replay. */
  List<Compared> channels() {
    TreeSet<String> names = new TreeSet<>();
    recorded.shares().forEach(s -> names.add(s.channel()));
    replayed.shares().forEach(s -> names.add(s.channel()));
    return names.stream()
        .map(
            name ->
                money(name, new Text(name, name), amount(recorded, name), amount(replayed, name)))
        .toList();
  }

  private static BigDecimal amount(Sharing sharing, String channel) {
    return sharing.of(channel).map(Sharing.Share::amount).orElse(BigDecimal.ZERO);
  }

  List<Text> sentences() {
    List<Compared> moved = channels().stream().filter(c -> !c.isSame()).toList();
    boolean sameBudget = recorded.budget().compareTo(replayed.budget()) == 0;
    if (moved.isEmpty() && sameBudget) {
      return List.of();
    }
    List<Text> sentences = new ArrayList<>();
    sentences.add(attraction());
    moved.stream()
        .max(Comparator.comparingDouble((Compared c) -> Math.abs(c.difference())))
        .ifPresent(c -> sentences.add(most(c)));
    sentences.addAll(replayed.sentences());
    return sentences;
  }

  private Text attraction() {
    if (replayed.objective() == null) {
      return new Text(
          "With this change a segment would not be reached by any channel, so the mean attraction falls to 0.",
          "如此改变后，有用户群没有任何渠道触达，平均吸引度降为 0。");
    }
    double change = 100 * Math.expm1(replayed.objective() - recorded.objective());
    return new Text(
        String.format(
            Locale.ROOT,
            "With a budget of %,.2f %s (recorded: %,.2f) over %d channels (recorded: %d), the mean attraction changes by %+.2f %%.",
            replayed.budget(),
            currency,
            recorded.budget(),
            used(replayed),
            used(recorded),
            change),
        String.format(
            Locale.ROOT,
            "预算 %,.2f %s（记录：%,.2f），%d 个渠道获得预算（记录：%d）时，平均吸引度变动 %+.2f %%。",
            replayed.budget(),
            currency,
            recorded.budget(),
            used(replayed),
            used(recorded),
            change));
  }

  private Text most(Compared channel) {
    return new Text(
        String.format(
            Locale.ROOT,
            "Most changes for %s: %+,.2f %s to %,.2f.",
            channel.id(),
            channel.difference(),
            currency,
            channel.replayed()),
        String.format(
            Locale.ROOT,
            "变动最大的是 %s：%+,.2f %s，为 %,.2f。",
            channel.id(),
            channel.difference(),
            currency,
            channel.replayed()));
  }
}
