package io.channelwise.allocation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Splits money so that the parts are whole cents and never more than the whole. */
public final class Cents {
  /** Most that fits our tables. */
  private static final BigDecimal MAX = BigDecimal.valueOf(10_000_000_000_000L);

  private Cents() {}

  /**
   * An amount of money in whole cents, rounded down.
   *
   * @throws IllegalArgumentException when it is less than a cent or does not fit
   */
  public static BigDecimal of(double amount) {
    if (!(amount >= 0.01) || amount > MAX.doubleValue()) {
      throw new IllegalArgumentException(
          "The budget is %s; an amount of at least 0.01 and up to %s is expected."
              .formatted(amount, MAX.toPlainString()));
    }
    return BigDecimal.valueOf(amount).setScale(2, RoundingMode.DOWN);
  }

  /**
   * Splits by weights with the largest-remainder method (Hamilton): every part is rounded down, and
   * the cents left over go one by one to the largest fractions, ties to the earlier part.
   *
   * @param weights ≥ 0; when all are 0 the parts are equal
   */
  public static BigDecimal[] split(BigDecimal total, double[] weights) {
    long cents = cents(total);
    double sum = Arrays.stream(weights).sum();
    double[] exact =
        Arrays.stream(weights)
            .map(w -> sum > 0 ? cents * (w / sum) : (double) cents / weights.length)
            .toArray();
    long[] most = new long[exact.length];
    Arrays.fill(most, cents);
    return money(rounded(cents, exact, new long[exact.length], most));
  }

  /**
   * Rounds exact parts to cents with the largest-remainder method, each within its bounds, so that
   * they sum to the whole; to less than the whole when the upper bounds forbid more.
   *
   * @param exact in money, sum about {@code total}
   * @param least lower bounds in whole cents, sum at most {@code total}
   * @param most upper bounds in whole cents, each at least its lower bound
   */
  public static BigDecimal[] round(
      BigDecimal total, double[] exact, BigDecimal[] least, BigDecimal[] most) {
    return money(
        rounded(
            cents(total),
            Arrays.stream(exact).map(part -> part * 100).toArray(),
            Arrays.stream(least).mapToLong(Cents::cents).toArray(),
            Arrays.stream(most).mapToLong(Cents::cents).toArray()));
  }

  private static long[] rounded(long cents, double[] exact, long[] least, long[] most) {
    long[] parts = new long[exact.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Math.min(most[i], Math.max(least[i], (long) Math.floor(exact[i])));
    }
    int[] order =
        IntStream.range(0, parts.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> Math.floor(exact[i]) - exact[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    long left = cents - Arrays.stream(parts).sum();
    boolean moved = true;
    while (left != 0 && moved) {
      moved = false;
      for (int k = 0; k < order.length && left != 0; k++) {
        // What is too much is taken from the smallest fractions, and nobody is given a first cent
        // while others have some.
        int i = left > 0 ? order[k] : order[order.length - 1 - k];
        long step = Long.signum(left);
        boolean allowed = step > 0 ? parts[i] < most[i] && exact[i] > 0 : parts[i] > least[i];
        if (allowed) {
          parts[i] += step;
          left -= step;
          moved = true;
        }
      }
    }
    return parts;
  }

  private static long cents(BigDecimal money) {
    return money.movePointRight(2).longValueExact();
  }

  private static BigDecimal[] money(long[] cents) {
    return Arrays.stream(cents)
        .mapToObj(part -> BigDecimal.valueOf(part, 2))
        .toArray(BigDecimal[]::new);
  }
}
