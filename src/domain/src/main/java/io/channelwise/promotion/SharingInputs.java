package io.channelwise.promotion;

import io.channelwise.allocation.AllocationAnswer;
import io.channelwise.allocation.AllocationException;
import io.channelwise.allocation.Cents;
import io.channelwise.campaign.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;

/**
 * What a cycle's budget was shared out by; kept with the sharing, so that it can be computed again
 * after clicks and money have moved on.
 *
 * @param budget the whole, in the campaign's currency
 * @param elsewhere of it spent on channels that take no part, their fixed costs included
 * @param problem over {@code budget} less {@code elsewhere}
 */
record SharingInputs(BigDecimal budget, BigDecimal elsewhere, BudgetProblem problem) {

  List<String> channels() {
    return problem.channels().stream().map(BudgetProblem.Candidate::channel).sorted().toList();
  }

  /**
   * Shares out again; what was spent at the time stays spent. The objective is the recorded
   * problem's, so that it compares: a share of one stays the recorded budget.
   *
   * @param money in place of the budget; null to keep it
   * @param channels those that take part, of {@link #channels()}; null for all
   * @throws SharingRefusedException when the money cannot be shared out so
   */
  Sharing again(int version, Double money, Collection<String> channels) {
    BigDecimal whole = money == null ? budget : cents(money);
    List<BudgetProblem.Candidate> kept =
        problem.channels().stream()
            .filter(c -> channels == null || channels.contains(c.channel()))
            .toList();
    boolean all = kept.size() == problem.channels().size();
    BigDecimal gone = all ? elsewhere : elsewhere.add(spentOnOthers(kept));
    BigDecimal left = whole.subtract(gone);
    if (left.signum() <= 0) {
      throw new SharingRefusedException(
          new Text(
              "The budget was not shared out: of %s, %s were spent already on other channels. Try a larger budget."
                  .formatted(whole.toPlainString(), gone.toPlainString()),
              "预算未能分配：%s 中已有 %s 用于其他渠道。请尝试更大的预算。"
                  .formatted(whole.toPlainString(), gone.toPlainString())));
    }
    double reference = problem.budget().doubleValue();
    BudgetProblem.Solved solved =
        solved(
            new BudgetProblem(
                left, problem.currency(), kept, problem.attraction(), problem.effects()),
            reference);
    AllocationAnswer answer = solved.expected();
    double objective = all ? answer.objective() : problem.objective(answer);
    return new Sharing(
        version,
        whole,
        Double.isInfinite(objective) ? null : objective,
        answer.dualityGap(),
        answer.fixedCosts(),
        answer.unspent(),
        answer.shares().stream()
            .map(s -> new Sharing.Share(s.channel(), s.amount(), s.fixedCost()))
            .toList(),
        solved.sentences());
  }

  private static BudgetProblem.Solved solved(BudgetProblem problem, double reference) {
    try {
      return problem.solve(reference);
    } catch (AllocationException e) {
      throw new SharingRefusedException(e.text());
    }
  }

  private BigDecimal spentOnOthers(List<BudgetProblem.Candidate> kept) {
    return problem.channels().stream()
        .filter(c -> !kept.contains(c) && c.spent().signum() > 0)
        .map(c -> c.spent().add(BigDecimal.valueOf(c.fixedCost())))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .setScale(2, RoundingMode.UP);
  }

  private static BigDecimal cents(double money) {
    try {
      return Cents.of(money);
    } catch (IllegalArgumentException e) {
      throw new SharingRefusedException(
          new Text(e.getMessage(), "预算为 %s；应为不小于 0.01 且不超过 10000000000000 的金额。".formatted(money)));
    }
  }
}
