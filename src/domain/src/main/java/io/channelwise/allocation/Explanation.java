package io.channelwise.allocation;

import io.channelwise.allocation.AllocationAnswer.Binding;
import io.channelwise.allocation.AllocationAnswer.Limit;
import io.channelwise.allocation.AllocationAnswer.Share;
import io.channelwise.campaign.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Says in plain words why an allocation came out as it did. */
final class Explanation {
  /** Of one kind of reason so many are told in full; the rest are counted. */
  private static final int TOLD_MAX = 5;

  private final Outcome outcome;
  private final AllocationAnswer answer;
  private final ToDoubleFunction<boolean[]> valueWith;
  private final List<Text> sentences = new ArrayList<>();

  Explanation(Outcome outcome, AllocationAnswer answer, ToDoubleFunction<boolean[]> valueWith) {
    this.outcome = outcome;
    this.answer = answer;
    this.valueWith = valueWith;
  }

  List<Text> sentences() {
    whole();
    largest();
    budget();
    limits(Limit.CAP);
    limits(Limit.FLOOR);
    limits(Limit.LEAST_IF_CHOSEN);
    notChosen();
    nothing();
    unspent();
    leftOut();
    return sentences;
  }

  private void add(String en, String zh) {
    sentences.add(new Text(en, zh));
  }

  private String money(double amount) {
    return money(BigDecimal.valueOf(amount));
  }

  private String money(BigDecimal amount) {
    String number = String.format(Locale.ROOT, "%,.2f", amount);
    String currency = outcome.problem().currency();
    return currency.isEmpty() ? number : number + " " + currency;
  }

  /** A part as a percentage with three significant digits. */
  static String percent(double part) {
    double percent = 100 * part;
    double size = Math.abs(percent);
    if (size < 1e-4) {
      return "0";
    }
    int decimals = (int) Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(size))));
    return String.format(Locale.ROOT, "%." + decimals + "f", percent);
  }

  private void whole() {
    long funded = answer.shares().stream().filter(s -> s.amount().signum() > 0).count();
    BigDecimal spent = answer.budget().subtract(answer.unspent()).subtract(answer.fixedCosts());
    int all = answer.shares().size();
    boolean fees = answer.fixedCosts().signum() > 0;
    String enFees = fees ? ", fixed costs take %s".formatted(money(answer.fixedCosts())) : "";
    String zhFees = fees ? "，固定成本占用 %s".formatted(money(answer.fixedCosts())) : "";
    Text proof = proof();
    add(
        "%s go to %d of %d channels%s; %s".formatted(money(spent), funded, all, enFees, proof.en()),
        "%s 分配给 %d 个渠道中的 %d 个%s；%s".formatted(money(spent), all, funded, zhFees, proof.zh()));
  }

  private Text proof() {
    if (!answer.proven()) {
      String better = percent(Math.expm1(answer.dualityGap()));
      return new Text(
          "the search ended before the proof: another sharing may be up to %s %% better."
              .formatted(better),
          "搜索在证明完成前结束，其他分配最多可能好 %s %%。".formatted(better));
    }
    String gap = String.format(Locale.ROOT, "%.1e", answer.dualityGap());
    return new Text(
        "this is the proven optimum%s (duality gap %s)."
            .formatted(answer.cautious() ? " at the lower credible bounds" : "", gap),
        "已证明这是%s最优分配（对偶间隙 %s）。".formatted(answer.cautious() ? "按可信下界计的" : "", gap));
  }

  private void largest() {
    Share most =
        answer.shares().stream()
            .max(Comparator.comparing(Share::amount).thenComparing(Share::channel))
            .orElseThrow();
    if (answer.shares().size() > 1 && most.amount().signum() > 0) {
      add(
          "%s gets most: %s (%s %% of the budget)."
              .formatted(most.channel(), money(most.amount()), percent(most.share())),
          "%s 获得最多：%s（占预算 %s %%）。"
              .formatted(most.channel(), money(most.amount()), percent(most.share())));
    }
  }

  private void budget() {
    answer.binding().stream()
        .filter(b -> b.limit() == Limit.BUDGET)
        .forEach(
            b ->
                add(
                    "One per cent more budget would add %s %% to the mean attraction."
                        .formatted(percent(b.onePerCent())),
                    "预算增加 1 %% 可使平均吸引度提高 %s %%。".formatted(percent(b.onePerCent()))));
  }

  private void limits(Limit limit) {
    List<Binding> bindings =
        answer.binding().stream()
            .filter(b -> b.limit() == limit)
            .sorted(
                Comparator.comparingDouble(Binding::onePerCent)
                    .reversed()
                    .thenComparing(Binding::channel))
            .toList();
    bindings.stream().limit(TOLD_MAX).forEach(b -> sentences.add(limit(b)));
    more(
        bindings.size() - TOLD_MAX,
        "Limits of the same kind bind elsewhere: %d more.",
        "另有 %d 个渠道受同类限制约束。");
  }

  private void more(int count, String en, String zh) {
    if (count > 0) {
      add(en.formatted(count), zh.formatted(count));
    }
  }

  private Text limit(Binding b) {
    String money = money(b.money());
    String gain = percent(b.onePerCent());
    return switch (b.limit()) {
      case BUDGET -> throw new IllegalArgumentException("The budget has a sentence of its own.");
      case CAP ->
          new Text(
              "Spending on %s stays at %s because its cap binds; one per cent more would add %s %%."
                  .formatted(b.channel(), money, gain),
              "%s 的支出停在 %s，因为已达上限；上限提高 1 %% 可提高 %s %%。".formatted(b.channel(), money, gain));
      case FLOOR ->
          new Text(
              "Spending on %s stays at %s because its floor binds; one per cent less would add %s %%."
                  .formatted(b.channel(), money, gain),
              "%s 的支出停在 %s，因为已到下限；下限降低 1 %% 可提高 %s %%。".formatted(b.channel(), money, gain));
      case LEAST_IF_CHOSEN ->
          new Text(
              "%s gets %s, the least it can be used with; one per cent less would add %s %%."
                  .formatted(b.channel(), money, gain),
              "%s 获得 %s，即选用时的最低额；该额降低 1 %% 可提高 %s %%。".formatted(b.channel(), money, gain));
    };
  }

  /** Channels left out for their fixed cost or least amount, with what taking them in would do. */
  private void notChosen() {
    int[] out =
        IntStream.range(0, answer.shares().size())
            .filter(c -> outcome.choice().optional()[c] && !outcome.in()[c])
            .toArray();
    Arrays.stream(out).limit(TOLD_MAX).forEach(c -> sentences.add(leftOut(c)));
    more(out.length - TOLD_MAX, "Left out likewise: %d more.", "另有 %d 个渠道未选用。");
  }

  private Text leftOut(int c) {
    boolean[] with = outcome.in().clone();
    with[c] = true;
    double change = Math.expm1(valueWith.applyAsDouble(with) - answer.objective());
    ChannelTerms terms = outcome.problem().channels().get(c);
    String name = terms.channel();
    String lower = percent(Math.abs(change));
    if (change <= -1) {
      String cost = money(terms.fixedCost() + terms.least());
      return new Text(
          "%s is left out: beside the chosen channels the budget does not hold the %s that it needs."
              .formatted(name, cost),
          "未选用 %s：在已选渠道之外，预算不足以支付其所需的 %s。".formatted(name, cost));
    }
    if (terms.fixedCost() > 0 && terms.least() > 0) {
      String cost = money(terms.fixedCost());
      String least = money(terms.least());
      return new Text(
          "%s is left out: with its fixed cost of %s and at least %s to spend the mean attraction would be %s %% lower."
              .formatted(name, cost, least, lower),
          "未选用 %s：计入其固定成本 %s 和最低支出 %s 后，平均吸引度将降低 %s %%。".formatted(name, cost, least, lower));
    }
    if (terms.fixedCost() > 0) {
      String cost = money(terms.fixedCost());
      return new Text(
          "%s is left out: its fixed cost of %s is more than it brings; with it the mean attraction would be %s %% lower."
              .formatted(name, cost, lower),
          "未选用 %s：其固定成本 %s 超过其收益；加入后平均吸引度将降低 %s %%。".formatted(name, cost, lower));
    }
    return new Text(
        "%s is left out: it cannot be used with less than %s; with it the mean attraction would be %s %% lower."
            .formatted(name, money(terms.least()), lower),
        "未选用 %s：其最低额为 %s；加入后平均吸引度将降低 %s %%。".formatted(name, money(terms.least()), lower));
  }

  /** Channels that could have money for the asking and yet get none. */
  private void nothing() {
    int[] empty =
        IntStream.range(0, answer.shares().size())
            .filter(c -> !outcome.choice().optional()[c])
            .filter(c -> answer.shares().get(c).amount().signum() == 0)
            .filter(c -> outcome.problem().channels().get(c).cap() > 0)
            .toArray();
    Arrays.stream(empty).limit(TOLD_MAX).forEach(c -> sentences.add(nothing(c)));
    more(empty.length - TOLD_MAX, "Without money likewise: %d more.", "另有 %d 个渠道未获预算。");
  }

  private Text nothing(int c) {
    String name = answer.shares().get(c).channel();
    if (!outcome.choice().f().reaches(c)) {
      return new Text(
          "%s gets nothing: it reaches no segment.".formatted(name),
          "%s 未获预算：它未触达任何用户群。".formatted(name));
    }
    String less =
        percent(
            Math.max(0, 1 - outcome.point().gradient()[c] / Math.max(1e-300, outcome.lambda())));
    return new Text(
        "%s gets nothing: its first unit of money would add %s %% less than a unit elsewhere."
            .formatted(name, less),
        "%s 未获预算：投入其中的第一笔钱比投在别处少增 %s %%。".formatted(name, less));
  }

  private void unspent() {
    if (answer.unspent().compareTo(new BigDecimal("0.01")) > 0) {
      add(
          "%s of the budget stay unspent because every channel that reaches someone is at its cap; raise a cap or lower the budget."
              .formatted(money(answer.unspent())),
          "预算中有 %s 未使用，因为所有有触达的渠道都已达上限；请提高上限或降低预算。".formatted(money(answer.unspent())));
    }
  }

  private void leftOut() {
    if (!answer.leftOut().isEmpty()) {
      String names = String.join(", ", answer.leftOut());
      add(
          "Segments that no channel reaches count for nothing: %s.".formatted(names),
          "没有渠道触达的用户群不计入：%s。".formatted(names));
    }
  }
}
