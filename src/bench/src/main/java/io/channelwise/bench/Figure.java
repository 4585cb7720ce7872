package io.channelwise.bench;

import java.util.Locale;

/**
 * One measured number.
 *
 * @param name what it is, unique in its benchmark
 * @param value measured
 * @param unit as printed behind the number; empty for a share or a ratio
 * @param bar what it is held to; null when it is told only
 */
public record Figure(String name, double value, String unit, Bar bar) {
  /** Four decimals would show little or nothing of a size below. */
  private static final double SMALL = 1e-3;

  /**
   * A limit the figure must keep.
   *
   * @param limit in the figure's unit
   * @param least whether the figure must be at least the limit; else at most
   */
  public record Bar(double limit, boolean least) {
    public static Bar atLeast(double limit) {
      return new Bar(limit, true);
    }

    public static Bar atMost(double limit) {
      return new Bar(limit, false);
    }

    boolean met(double value) {
      return least ? value >= limit : value <= limit;
    }

    @Override
    public String toString() {
      String number =
          limit != 0 && Math.abs(limit) < SMALL
              ? String.format(Locale.ROOT, "%.0e", limit)
              : Double.toString(limit);
      return (least ? "≥ " : "≤ ") + number;
    }
  }

  /** Whether the bar is met; true without one. NaN meets none. */
  public boolean met() {
    return bar == null || bar.met(value);
  }

  /** The value with its unit: whole, with four decimals, or with a power of ten where small. */
  public String shown() {
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size == 0 || size >= SMALL ? "%.4f" : "%.1e";
    String number = String.format(Locale.ROOT, format, value);
    return unit.isEmpty() ? number : number + " " + unit;
  }
}
