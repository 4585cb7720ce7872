package io.channelwise.allocation;

import io.channelwise.campaign.Text;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A budget shared out, with its certificate and its reasons.
 *
 * @param shares one a channel of the problem, by channel
 * @param objective f at the shares, in nats (see {@link AllocationProblem})
 * @param dualityGap no allowed sharing has an objective more than this above, in nats; an allowance
 *     for rounding included
 * @param proven whether the gap is at most {@link Allocator#GAP_WANTED}
 * @param budget the whole
 * @param fixedCosts of the chosen channels
 * @param unspent what caps keep from being spent
 * @param binding every limit that holds the objective down, the budget first, then by channel
 * @param leftOut segments that no channel reaches; they count for nothing
 * @param iterations Newton steps in all
 * @param nodes relaxations solved to choose among channels; 1 when there was nothing to choose
 * @param cautious whether the lower credible bounds of the attraction were maximised
 * @param sentences why it came out so, one reason each
 */
public record AllocationAnswer(
    List<Share> shares,
    double objective,
    double dualityGap,
    boolean proven,
    BigDecimal budget,
    BigDecimal fixedCosts,
    BigDecimal unspent,
    List<Binding> binding,
    List<String> leftOut,
    int iterations,
    int nodes,
    boolean cautious,
    List<Text> sentences) {

  public AllocationAnswer {
    shares = List.copyOf(shares);
    binding = List.copyOf(binding);
    leftOut = List.copyOf(leftOut);
    sentences = List.copyOf(sentences);
  }

  AllocationAnswer with(List<Text> reasons) {
    return new AllocationAnswer(
        shares,
        objective,
        dualityGap,
        proven,
        budget,
        fixedCosts,
        unspent,
        binding,
        leftOut,
        iterations,
        nodes,
        cautious,
        reasons);
  }

  /**
   * What a channel gets.
   *
   * @param share its optimal spend as a share of the budget, fixed cost not included; 0..1
   * @param amount the spend in whole cents; all amounts and fixed costs sum to budget − unspent
   * @param fixedCost paid beside the amount; 0 when not chosen
   * @param marginal what one more unit of money here would add to the objective, in nats
   */
  public record Share(
      String channel,
      boolean chosen,
      double share,
      BigDecimal amount,
      BigDecimal fixedCost,
      double marginal) {}

  /** What can bind. */
  public enum Limit {
    BUDGET,
    CAP,
    FLOOR,
    LEAST_IF_CHOSEN
  }

  /**
   * A limit that holds the objective down.
   *
   * @param channel null for the budget
   * @param money the limit
   * @param shadowPrice what the objective gains, in nats, for one more unit of money in a budget or
   *     cap, or one less in a floor, with the same channels chosen; ≥ 0
   * @param onePerCent relative gain of the mean attraction e^f when the limit moves by one per cent
   *     of itself, to first order: exp(0.01 · money · shadow price) − 1
   */
  public record Binding(
      Limit limit, String channel, double money, double shadowPrice, double onePerCent) {}

  /** What a channel gets; empty when the problem has no such channel. */
  public Optional<Share> of(String channel) {
    return shares.stream().filter(share -> share.channel().equals(channel)).findFirst();
  }

  /** All sentences as one paragraph. */
  public Text explanation() {
    return new Text(
        String.join(" ", sentences.stream().map(Text::en).toList()),
        String.join("", sentences.stream().map(Text::zh).toList()));
  }

  /** e^f, the weighted geometric mean of the attraction over the segments. */
  public double meanAttraction() {
    return Math.exp(objective);
  }
}
