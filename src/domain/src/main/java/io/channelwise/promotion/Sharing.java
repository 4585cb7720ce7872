package io.channelwise.promotion;

import io.channelwise.campaign.Text;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A cycle's budget shared out, as it was recorded or as it would have come out.
 *
 * @param version of the cycle's sharing that it is, or that it starts from
 * @param budget the whole, in the campaign's currency
 * @param objective Σ_U P(U) log Σ_C b_C r(C,U), in nats, b_C a share of the recorded budget; null
 *     when a segment would not be reached at all
 * @param dualityGap no allowed sharing has an objective more than this above, in nats
 * @param fixedCosts of the channels used, taken from the budget
 * @param unspent what the channels' caps keep from being spent
 * @param shares one a channel that takes part, by channel
 * @param sentences why it came out so
 */
public record Sharing(
    int version,
    BigDecimal budget,
    Double objective,
    double dualityGap,
    BigDecimal fixedCosts,
    BigDecimal unspent,
    List<Share> shares,
    List<Text> sentences) {

  public Sharing {
    shares = shares.stream().sorted(Comparator.comparing(Share::channel)).toList();
    sentences = List.copyOf(sentences);
  }

  /**
   * What a channel gets.
   *
   * @param amount whole cents; what it had already spent included
   * @param fixedCost paid beside the amount
   */
  public record Share(String channel, BigDecimal amount, BigDecimal fixedCost) {}

  public Optional<Share> of(String channel) {
    return shares.stream().filter(share -> share.channel().equals(channel)).findFirst();
  }

  /** e^objective, the mean attraction over the segments; 0 when one is not reached. */
  public double meanAttraction() {
    return objective == null ? 0 : Math.exp(objective);
  }

  static Sharing of(Allocation recorded) {
    return new Sharing(
        recorded.version(),
        recorded.budget(),
        recorded.proof().objective(),
        recorded.proof().dualityGap(),
        recorded.fixedCosts(),
        recorded.unspent(),
        recorded.shares().stream()
            .map(s -> new Share(s.channel(), s.amount(), s.fixedCost()))
            .toList(),
        recorded.sentences());
  }
}
