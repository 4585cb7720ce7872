package io.channelwise.allocation;

import io.channelwise.allocation.AllocationAnswer.Binding;
import io.channelwise.allocation.AllocationAnswer.Share;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A solution in money: whole cents, never over the budget, within every limit.
 *
 * @param in optional channels that are chosen
 * @param area the spends allowed with them
 * @param lambda what one more share of budget adds, in nats
 */
record Outcome(
    AllocationProblem problem,
    Choice choice,
    boolean[] in,
    Point point,
    Relaxation area,
    double lambda) {

  /** What a solver may be off by, in shares of the reference. */
  private static final double TINY = 1e-9;

  /** Digits of a share beyond these are the machine's, not the answer's. */
  private static final double SHARE_DIGITS = 1e12;

  AllocationAnswer answer(
      double gap,
      int nodes,
      int steps,
      List<String> leftOut,
      List<Binding> bindings,
      ToDoubleFunction<boolean[]> valueWith) {
    BigDecimal budget = down(problem.budget());
    BigDecimal[] fixed = fixedCosts();
    BigDecimal paid = sum(fixed);
    BigDecimal[] amounts = amounts(budget.subtract(paid));
    List<Share> shares = new ArrayList<>();
    for (int c = 0; c < amounts.length; c++) {
      double share = problem.reference() * point.x()[c] / problem.budget();
      shares.add(
          new Share(
              problem.channels().get(c).channel(),
              chosen(c),
              Math.min(1, Math.rint(share * SHARE_DIGITS) / SHARE_DIGITS),
              amounts[c],
              fixed[c],
              point.gradient()[c] / problem.reference()));
    }
    AllocationAnswer bare =
        new AllocationAnswer(
            shares,
            point.value(),
            gap,
            gap <= Allocator.GAP_WANTED,
            budget,
            paid,
            budget.subtract(paid).subtract(sum(amounts)),
            bindings,
            leftOut,
            steps,
            nodes,
            problem.isCautious(),
            List.of());
    return bare.with(new Explanation(this, bare, valueWith).sentences());
  }

  boolean chosen(int c) {
    return choice.optional()[c] ? in[c] : point.x()[c] > 0;
  }

  private BigDecimal[] fixedCosts() {
    BigDecimal[] fixed = new BigDecimal[choice.channels()];
    for (int c = 0; c < fixed.length; c++) {
      boolean paid = choice.optional()[c] ? in[c] : problem.channels().get(c).floor() > 0;
      fixed[c] = up(paid ? problem.channels().get(c).fixedCost() : 0);
    }
    return fixed;
  }

  /** What the optimum spends, to the cent; the rest of the budget where caps forbid more. */
  private BigDecimal[] amounts(BigDecimal money) {
    int n = choice.channels();
    double[] exact = new double[n];
    BigDecimal[] least = new BigDecimal[n];
    BigDecimal[] most = new BigDecimal[n];
    BigDecimal sumOfLeast = BigDecimal.ZERO;
    for (int c = 0; c < n; c++) {
      exact[c] = point.x()[c] * problem.reference();
      most[c] = down(Math.min(area.upper()[c] * problem.reference(), problem.budget()));
      least[c] = up(area.lower()[c] * problem.reference()).min(most[c]);
      sumOfLeast = sumOfLeast.add(least[c]);
    }
    // Floors and fixed costs round up: with a budget that just covers them a cent may be missing.
    for (int c = n - 1; c >= 0 && sumOfLeast.compareTo(money) > 0; c--) {
      BigDecimal cut = sumOfLeast.subtract(money).min(least[c]).max(BigDecimal.ZERO);
      BigDecimal cent = cut.min(new BigDecimal("0.01"));
      least[c] = least[c].subtract(cent);
      sumOfLeast = sumOfLeast.subtract(cent);
    }
    double used = 0;
    for (double part : exact) {
      used += part;
    }
    boolean all = lambda > 0 || used >= money.doubleValue() - TINY * problem.reference();
    BigDecimal target = all ? money : down(used).min(money);
    return Cents.round(target.max(BigDecimal.ZERO), exact, least, most);
  }

  /** Whole cents, forgiving what the solver may be off by. */
  private BigDecimal down(double money) {
    return BigDecimal.valueOf(money + forgiven(money)).setScale(2, RoundingMode.DOWN);
  }

  private BigDecimal up(double money) {
    return BigDecimal.valueOf(Math.max(0, money - forgiven(money))).setScale(2, RoundingMode.UP);
  }

  /** A bound in shares comes back a few units in the last place beside the money it was. */
  private static double forgiven(double money) {
    return 8 * Math.ulp(money);
  }

  private static BigDecimal sum(BigDecimal[] parts) {
    BigDecimal sum = BigDecimal.ZERO.setScale(2);
    for (BigDecimal part : parts) {
      sum = sum.add(part);
    }
    return sum;
  }
}
