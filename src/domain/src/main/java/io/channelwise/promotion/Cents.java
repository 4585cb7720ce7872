package io.channelwise.promotion;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Splits money so that the parts are whole cents and sum to the whole. */
final class Cents {
  /** Most that fits our tables. */
  private static final BigDecimal MAX = BigDecimal.valueOf(10_000_000_000_000L);

  private Cents() {}

  /** An amount of money in whole cents, rounded down. */
  static BigDecimal of(double amount) {
    if (!(amount > 0) || amount > MAX.doubleValue()) {
      throw new IllegalArgumentException(
          "The budget is %s; an amount above 0 and up to %s is expected."
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
  static BigDecimal[] split(BigDecimal total, double[] weights) {
    long cents = total.movePointRight(2).longValueExact();
    double sum = Arrays.stream(weights).sum();
    double[] exact =
        Arrays.stream(weights)
            .map(w -> sum > 0 ? cents * (w / sum) : (double) cents / weights.length)
            .toArray();
    long[] parts = Arrays.stream(exact).mapToLong(x -> (long) Math.floor(x)).toArray();
    long left = cents - Arrays.stream(parts).sum();
    int[] order =
        IntStream.range(0, parts.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> Math.floor(exact[i]) - exact[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    // Floating point may leave a cent too few or too many; both ends of the order settle it.
    for (int i = 0; left > 0; i = (i + 1) % parts.length, left--) {
      parts[order[i]]++;
    }
    for (int i = 0; left < 0; i = (i + 1) % parts.length) {
      if (parts[i] > 0) {
        parts[i]--;
        left++;
      }
    }
    return Arrays.stream(parts)
        .mapToObj(part -> BigDecimal.valueOf(part, 2))
        .toArray(BigDecimal[]::new);
  }

  /**
   * Splits by weights, but gives no part less than its floor.
   *
   * @param floors sum at most {@code total}
   */
  static BigDecimal[] split(BigDecimal total, double[] weights, BigDecimal[] floors) {
    boolean[] fixed = new boolean[weights.length];
    while (true) {
      BigDecimal free = total;
      double[] open = weights.clone();
      for (int i = 0; i < fixed.length; i++) {
        if (fixed[i]) {
          free = free.subtract(floors[i]);
          open[i] = 0;
        }
      }
      BigDecimal[] parts = splitOpen(free, open, fixed, floors);
      boolean settled = true;
      for (int i = 0; i < parts.length; i++) {
        if (parts[i].compareTo(floors[i]) < 0) {
          fixed[i] = true;
          settled = false;
        }
      }
      if (settled) {
        return parts;
      }
    }
  }

  private static BigDecimal[] splitOpen(
      BigDecimal free, double[] open, boolean[] fixed, BigDecimal[] floors) {
    int[] parts = IntStream.range(0, open.length).filter(i -> !fixed[i]).toArray();
    BigDecimal[] result = floors.clone();
    if (parts.length > 0) {
      BigDecimal[] split = split(free, Arrays.stream(parts).mapToDouble(i -> open[i]).toArray());
      for (int i = 0; i < parts.length; i++) {
        result[parts[i]] = split[i];
      }
    }
    return result;
  }
}
