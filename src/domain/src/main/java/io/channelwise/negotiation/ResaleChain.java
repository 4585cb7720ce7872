package io.channelwise.negotiation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who keeps what of a sale that goes through tiers of resale, e.g. retailer, sub-distributor,
 * distributor. Margins cascade: each tier keeps its margin of what the tier below passes on, so
 * that of a revenue of one the i-th keeps m_i (1 − m_1) … (1 − m_{i−1}), and (1 − m_1) … (1 − m_n)
 * reaches us.
 *
 * @param tiers from the one that sells to customers up to the one that deals with us
 */
public record ResaleChain(List<Tier> tiers) {
  /**
   * One reseller.
   *
   * @param margin share (0..1) that it keeps of what comes to it
   */
  public record Tier(String channel, double margin) {
    /**
     * @throws NegotiationException when the margin is out of its range or not a number
     */
    public Tier {
      NegotiationException.requireBetween(
          margin, 0, 1, "The margin of “%s”".formatted(channel), "“%s”的利润率".formatted(channel));
    }
  }

  /**
   * @throws NegotiationException when there is no tier
   */
  public ResaleChain {
    tiers = List.copyOf(tiers);
    NegotiationException.requireBetween(tiers.size(), 1, 1_000, "The number of tiers", "分销层级数");
  }

  /**
   * The tiers from a channel up.
   *
   * @param parents whom each channel resells for; absent where it deals with us directly
   * @param margins of every channel
   * @throws NegotiationException when a channel is unknown or resells for itself in the end
   */
  public static ResaleChain of(
      String channel, Map<String, String> parents, Map<String, Double> margins) {
    Set<String> seen = new LinkedHashSet<>();
    List<Tier> tiers = new ArrayList<>();
    for (String at = channel; at != null; at = parents.get(at)) {
      if (!seen.add(at)) {
        throw new NegotiationException(
            "Channel “%s” resells for itself: %s. A tier above is expected to lead to us; correct the parents."
                .formatted(at, String.join(" → ", seen) + " → " + at),
            "渠道“%s”形成循环分销：%s。上级应最终通向我方，请更正上级渠道。"
                .formatted(at, String.join(" → ", seen) + " → " + at));
      }
      Double margin = margins.get(at);
      if (margin == null) {
        throw new NegotiationException(
            "The channel “%s”, above “%s”, is unknown; every tier is expected to be listed. Add it or correct the parent."
                .formatted(at, channel),
            "“%2$s”的上级渠道“%1$s”未知；各层级均须列出，请补充或更正上级渠道。".formatted(at, channel));
      }
      tiers.add(new Tier(at, margin));
    }
    return new ResaleChain(tiers);
  }

  /** Of a revenue of one, what each tier keeps, in the order of the tiers. */
  public List<Double> kept() {
    List<Double> kept = new ArrayList<>();
    double left = 1;
    for (Tier tier : tiers) {
      kept.add(left * tier.margin());
      left *= 1 - tier.margin();
    }
    return kept;
  }

  /** Of a revenue of one, what reaches us. */
  public double reachesUs() {
    return passedOn(0);
  }

  /** What all tiers above the first keep of what the first passes on; 0 without any. */
  public double marginAbove() {
    return 1 - passedOn(1);
  }

  private double passedOn(int from) {
    double left = 1;
    for (Tier tier : tiers.subList(from, tiers.size())) {
      left *= 1 - tier.margin();
    }
    return left;
  }
}
