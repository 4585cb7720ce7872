package io.channelwise.campaign;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/** Values as a person reads them; the same in both languages but for yes and no. */
final class NumberText {
  static final String ABSENT = "–";

  private NumberText() {}

  /**
   * @param unit {@code %} for a share of 0..1, a currency, or empty
   */
  static String of(Object value, String unit, boolean chinese) {
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
      return rounded(100 * number.doubleValue(), 1) + " %";
    }
    return unit.isEmpty() ? plain(number) : plain(number) + " " + unit;
  }

  /** Whole from 1000 on, else four significant digits. */
  static String plain(Number number) {
    if (number instanceof Long || number instanceof Integer) {
      return String.format(Locale.ROOT, "%,d", number.longValue());
    }
    double value = number.doubleValue();
    if (Math.abs(value) >= 1000) {
      return rounded(value, 0);
    }
    BigDecimal exact = BigDecimal.valueOf(value).round(new MathContext(4));
    return rounded(exact.doubleValue(), 4);
  }

  private static String rounded(double value, int decimals) {
    BigDecimal scaled = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    BigDecimal shown = scaled.signum() == 0 ? BigDecimal.ZERO : scaled.stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, shown.scale()) + "f", shown);
  }
}
