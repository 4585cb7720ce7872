package io.channelwise.promotion;

import io.channelwise.allocation.AllocationAnswer;
import io.channelwise.campaign.Text;
import io.channelwise.steering.Arm;
import java.math.BigDecimal;
import java.util.List;

/**
 * How a cycle's budget is shared out.
 *
 * @param version counts the sharings of the cycle, from 1
 * @param budget the whole, in the campaign's currency
 * @param proof how good the sharing is
 * @param fixedCosts of the chosen channels, taken from the budget
 * @param unspent what the channels' caps keep from being spent
 * @param excluded channels left out on purpose, sorted
 * @param shares one a channel, the largest amount first
 * @param binding limits that hold the objective down
 * @param sentences why it came out so
 */
record Allocation(
    int version,
    BigDecimal budget,
    Proof proof,
    BigDecimal fixedCosts,
    BigDecimal unspent,
    List<String> excluded,
    List<Share> shares,
    List<AllocationAnswer.Binding> binding,
    List<Text> sentences) {

  Allocation {
    excluded = List.copyOf(excluded);
    shares = List.copyOf(shares);
    binding = List.copyOf(binding);
    sentences = List.copyOf(sentences);
  }

  /**
   * The certificate of a sharing.
   *
   * @param objective Σ_U P(U) log Σ_C b_C r(C,U), in nats
   * @param dualityGap no allowed sharing has an objective more than this above, in nats
   * @param proven whether the gap counts as none
   * @param iterations Newton steps
   * @param nodes relaxations solved to choose the channels
   */
  record Proof(double objective, double dualityGap, boolean proven, int iterations, int nodes) {}

  /**
   * What a channel gets.
   *
   * @param share optimal spend as a share of the budget, 0..1
   * @param amount in the campaign's currency, whole cents; what it had already spent included
   * @param fixedCost paid beside the amount
   * @param marginal what one more unit of money would add to the objective, in nats
   * @param cautiousAmount what it would get at the lower credible bounds; null when not known
   * @param cap most that its plan of activities lets it have; null when no less than the budget
   */
  record Share(
      String channel,
      boolean chosen,
      double share,
      BigDecimal amount,
      BigDecimal fixedCost,
      double marginal,
      BigDecimal cautiousAmount,
      BigDecimal cap) {

    /** What steering knows of the channel. */
    Arm arm(BigDecimal spent, long clicks, long conversions) {
      return new Arm(channel, amount, cap, spent, clicks, conversions);
    }

    /** Most that results may move to it. */
    BigDecimal limit() {
      return arm(BigDecimal.ZERO, 0, 0).limit();
    }
  }

  Allocation with(
      List<Share> newShares, List<AllocationAnswer.Binding> newBinding, List<Text> reasons) {
    return new Allocation(
        version, budget, proof, fixedCosts, unspent, excluded, newShares, newBinding, reasons);
  }

  /** Whether the same money goes to the same channels for the same reasons. */
  boolean sameAs(Allocation other) {
    return with(shares, binding, sentences).equals(other.version(version));
  }

  Allocation version(int number) {
    return new Allocation(
        number, budget, proof, fixedCosts, unspent, excluded, shares, binding, sentences);
  }

  /** Amounts and fixed costs together. */
  BigDecimal allocated() {
    return shares.stream()
        .map(share -> share.amount().add(share.fixedCost()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What may be released to the channels. */
  BigDecimal amounts() {
    return shares.stream().map(Share::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  List<Share> funded() {
    return shares.stream().filter(share -> share.amount().signum() > 0).toList();
  }
}
