package io.channelwise.steering;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A channel so far.
 *
 * @param approved its amount in the approved allocation, ≥ 0
 * @param cap most that the approved allocation's own limits let it have; null for no such limit
 * @param spent released to it already, ≥ 0
 * @param clicks since the promotion went out, ≥ 0
 * @param conversions purchases since then, ≥ 0; may exceed the clicks
 */
public record Arm(
    String channel,
    BigDecimal approved,
    BigDecimal cap,
    BigDecimal spent,
    long clicks,
    long conversions) {

  /** Most that results may move to a channel, as a multiple of its approved amount. */
  public static final BigDecimal MOST = new BigDecimal("1.5");

  /**
   * @throws SteeringException when a number is negative
   */
  public Arm {
    boolean negative =
        approved.signum() < 0
            || spent.signum() < 0
            || clicks < 0
            || conversions < 0
            || (cap != null && cap.signum() < 0);
    if (negative) {
      throw new SteeringException(
          "Channel %s cannot be steered: approved %s, cap %s, spent %s, %d clicks, %d purchases; each must be 0 or more. Correct the negative number."
              .formatted(channel, approved, cap, spent, clicks, conversions));
    }
  }

  /** Whether its own cap, and not the multiple of its amount, is what limits it. */
  boolean limitedByCap() {
    return cap != null && cap.compareTo(approved.multiply(MOST)) < 0;
  }

  /** Most it may ever get, whole cents. */
  public BigDecimal limit() {
    return (limitedByCap() ? cap : approved.multiply(MOST)).setScale(2, RoundingMode.DOWN);
  }

  /** What it may still get, whole cents, at least 0. */
  public BigDecimal room() {
    return limit().subtract(spent).setScale(2, RoundingMode.DOWN).max(BigDecimal.ZERO.setScale(2));
  }

  /** What it is still missing of its approved amount, at least 0. */
  BigDecimal missing() {
    return approved.subtract(spent).max(BigDecimal.ZERO);
  }
}
