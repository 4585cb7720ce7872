package io.channelwise.campaign;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/**
 * Values as a person reads them; the same in both languages but for yes and no, and the same digit
 * by digit in the forms' script ({@code briefing.js}).
 */
public final class NumberText {
  static final String ABSENT = "–";

  /** Below, and from the other on, powers of ten are easier to read than zeros. */
  private static final double SMALL = 1e-4;

  private static final double LARGE = 1e15;
  private static final MathContext FOUR = new MathContext(4, RoundingMode.HALF_UP);
  private static final MathContext TWO = new MathContext(2, RoundingMode.HALF_UP);

  private NumberText() {}

  /**
   * @param unit {@code %} for a share of 0..1, a currency, or empty
   */
  public static String of(Object value, String unit, boolean chinese) {
    if (value == null) {
      return ABSENT;
    }
    if (value instanceof Boolean flag) {
      return chinese ? (flag ? "是" : "否") : flag ? "yes" : "no";
    }
    if (value instanceof Text text) {
      return chinese ? text.zh() : text.en();
    }
    // A text that was stored with its briefing comes back as JSON.
    if (value instanceof Map<?, ?> text && text.containsKey("en")) {
      return String.valueOf(text.get(chinese && text.containsKey("zh") ? "zh" : "en"));
    }
    if (!(value instanceof Number number)) {
      return value.toString();
    }
    if (!Double.isFinite(number.doubleValue())) {
      return ABSENT;
    }
    if (unit.equals("%")) {
      return percent(100 * number.doubleValue()) + " %";
    }
    return unit.isEmpty() ? plain(number) : plain(number) + " " + unit;
  }

  /** Whole from 1000 on, else four significant digits, at most four decimals; 6.7e-15. */
  static String plain(Number number) {
    boolean whole = number instanceof Long || number instanceof Integer;
    if (whole && Math.abs(number.longValue()) < LARGE) {
      return String.format(Locale.ROOT, "%,d", number.longValue());
    }
    double value = number.doubleValue();
    double size = Math.abs(value);
    if (size != 0 && (size < SMALL || size >= LARGE)) {
      return power(new BigDecimal(value).round(size < 1 ? TWO : FOUR));
    }
    if (size >= 1000) {
      return rounded(value, 0);
    }
    return rounded(new BigDecimal(value).round(FOUR).doubleValue(), 4);
  }

  private static String percent(double value) {
    double size = Math.abs(value);
    return (size != 0 && size < 0.05) || size >= LARGE ? plain(value) : rounded(value, 1);
  }

  private static String power(BigDecimal rounded) {
    BigDecimal shortest = rounded.stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    return shortest.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }

  /** From the exact binary value, halves away from zero: as a browser rounds. */
  private static String rounded(double value, int decimals) {
    BigDecimal scaled = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP);
    BigDecimal shown = scaled.signum() == 0 ? BigDecimal.ZERO : scaled.stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, shown.scale()) + "f", shown);
  }
}
