package io.channelwise.steering;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * How fast a budget is released: half goes out with the promotion; the rest evenly over the first
 * three quarters of its duration, so that released money has time to work; nothing once the
 * duration is over.
 */
public final class Pacing {
  private static final double FIRST_PART = 0.5;
  private static final double RELEASED_BY = 0.75;
  private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(2);

  private Pacing() {}

  /**
   * Money due now, beside what is spent already; never more than {@code budget − spent}.
   *
   * @param elapsed since the promotion went out
   * @param duration of the promotion
   * @return whole cents, at least 0
   */
  public static BigDecimal due(
      BigDecimal budget, BigDecimal spent, Duration elapsed, Duration duration) {
    if (elapsed.compareTo(duration) >= 0 || elapsed.isNegative()) {
      return NOTHING;
    }
    double progress = (double) elapsed.toMillis() / (duration.toMillis() * RELEASED_BY);
    double part = FIRST_PART + (1 - FIRST_PART) * Math.min(1, progress);
    return budget
        .multiply(BigDecimal.valueOf(part))
        .setScale(2, RoundingMode.DOWN)
        .min(budget)
        .subtract(spent)
        .setScale(2, RoundingMode.DOWN)
        .max(NOTHING);
  }
}
