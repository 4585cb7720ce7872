package io.channelwise.promotion;

import java.math.BigDecimal;
import java.util.List;

/**
 * How a cycle's budget is shared out.
 *
 * @param version counts the sharings of the cycle, from 1
 * @param budget the whole, in the campaign's currency
 * @param objective Σ_U P(U) log Σ_C b_C r(C,U), in nats
 * @param dualityGap no other sharing has an objective more than this above, in nats
 * @param excluded channels left out on purpose, sorted
 * @param shares one a channel, the largest amount first
 */
record Allocation(
    int version,
    BigDecimal budget,
    double objective,
    double dualityGap,
    int iterations,
    List<String> excluded,
    List<Share> shares) {

  Allocation {
    excluded = List.copyOf(excluded);
    shares = List.copyOf(shares);
  }

  /**
   * What a channel gets.
   *
   * @param share optimal share of the budget, 0..1
   * @param amount in the campaign's currency, whole cents; what it had already spent included
   */
  record Share(String channel, double share, BigDecimal amount) {}

  Allocation with(List<Share> newShares) {
    return new Allocation(version, budget, objective, dualityGap, iterations, excluded, newShares);
  }

  /** Whether the same money goes to the same channels. */
  boolean sameAs(Allocation other) {
    return budget.compareTo(other.budget) == 0
        && excluded.equals(other.excluded)
        && shares.equals(other.shares);
  }

  BigDecimal allocated() {
    return shares.stream().map(Share::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  List<Share> funded() {
    return shares.stream().filter(share -> share.amount().signum() > 0).toList();
  }
}
