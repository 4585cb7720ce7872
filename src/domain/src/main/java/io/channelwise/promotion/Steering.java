package io.channelwise.promotion;

import io.channelwise.allocation.Cents;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/**
 * How the second half of the budget is released while the promotion runs.
 *
 * <p>Pace: half goes out with the promotion; the rest evenly over the first three quarters of its
 * duration, so that released money has time to work; nothing once the duration is over. Direction:
 * channels get it in proportion to b_C · (conversions + 1) / (clicks + 20), their optimal share
 * times the posterior mean of their conversion rate under a Beta(1, 19) prior, a rate of 5 % until
 * clicks say otherwise. Limit: no channel gets more than one and a half times its approved amount,
 * and all together never more than the budget.
 */
final class Steering {
  /** Most that results may move to a channel, as a multiple of its approved amount. */
  static final BigDecimal LIMIT = new BigDecimal("1.5");

  private static final double FIRST_PART = 0.5;
  private static final double RELEASED_BY = 0.75;
  private static final double PRIOR_CONVERSIONS = 1;
  private static final double PRIOR_CLICKS = 20;

  private Steering() {}

  /**
   * A channel so far.
   *
   * @param share optimal share of the budget, 0..1
   * @param approved its amount
   * @param spent released of it
   */
  record State(
      String channel,
      double share,
      BigDecimal approved,
      BigDecimal spent,
      long clicks,
      long conversions) {

    double weight() {
      return share * (conversions + PRIOR_CONVERSIONS) / (clicks + PRIOR_CLICKS);
    }

    /** What it may still get. */
    BigDecimal room() {
      return approved
          .multiply(LIMIT)
          .setScale(2, RoundingMode.DOWN)
          .subtract(spent)
          .max(BigDecimal.ZERO.setScale(2));
    }
  }

  /** Money due now, beside what is spent already; never more than {@code budget − spent}. */
  static BigDecimal due(BigDecimal budget, BigDecimal spent, Duration elapsed, Duration duration) {
    if (elapsed.compareTo(duration) >= 0 || elapsed.isNegative()) {
      return BigDecimal.ZERO.setScale(2);
    }
    double progress = (double) elapsed.toMillis() / (duration.toMillis() * RELEASED_BY);
    double part = FIRST_PART + (1 - FIRST_PART) * Math.min(1, progress);
    return budget
        .multiply(BigDecimal.valueOf(part))
        .setScale(2, RoundingMode.DOWN)
        .min(budget)
        .subtract(spent)
        .max(BigDecimal.ZERO.setScale(2));
  }

  /** Splits the money due; a part that a channel's limit cuts off goes to the others. */
  static BigDecimal[] split(BigDecimal due, List<State> channels) {
    BigDecimal[] parts = new BigDecimal[channels.size()];
    boolean[] full = new boolean[channels.size()];
    BigDecimal left = due;
    while (true) {
      double[] weights = new double[channels.size()];
      boolean open = false;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = full[i] ? 0 : channels.get(i).weight();
        open |= weights[i] > 0;
      }
      BigDecimal[] split = open ? Cents.split(left, weights) : null;
      boolean settled = true;
      for (int i = 0; i < parts.length; i++) {
        BigDecimal room = channels.get(i).room();
        if (!full[i] && split != null && split[i].compareTo(room) > 0) {
          full[i] = true;
          parts[i] = room;
          left = left.subtract(room);
          settled = false;
        } else if (!full[i]) {
          parts[i] = split == null ? BigDecimal.ZERO.setScale(2) : split[i];
        }
      }
      if (settled) {
        return parts;
      }
    }
  }
}
