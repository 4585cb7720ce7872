package io.channelwise.campaign;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Periods of a table: a year, half-year, quarter, month or day, written in English or Chinese, kept
 * as {@code 2025}, {@code 2025-H1}, {@code 2025-Q3}, {@code 2025-07} or {@code 2025-07-01}.
 */
public final class Periods {
  private static final Pattern YEAR = Pattern.compile("(\\d{4})年?");
  private static final Pattern HALF =
      Pattern.compile("(\\d{4})年?[ -]?(?:H([12])|([上下])半年)", Pattern.CASE_INSENSITIVE);
  private static final Pattern QUARTER =
      Pattern.compile("(\\d{4})年?[ -]?(?:Q([1-4])|第?([1-4一二三四])季度?)", Pattern.CASE_INSENSITIVE);
  private static final Pattern MONTH = Pattern.compile("(\\d{4})[-/年](\\d{1,2})月?");
  private static final Pattern DAY = Pattern.compile("(\\d{4})[-/年](\\d{1,2})[-/月](\\d{1,2})日?");
  private static final String CHINESE_DIGITS = "一二三四";

  private Periods() {}

  /** The normal form of a period, or empty when the text is none. */
  public static Optional<String> normalise(String text) {
    String value = text.strip().toUpperCase(Locale.ROOT);
    Matcher year = YEAR.matcher(value);
    if (year.matches()) {
      return Optional.of(year.group(1));
    }
    Matcher half = HALF.matcher(value);
    if (half.matches()) {
      boolean first = "1".equals(half.group(2)) || "上".equals(half.group(3));
      return Optional.of(half.group(1) + (first ? "-H1" : "-H2"));
    }
    Matcher quarter = QUARTER.matcher(value);
    if (quarter.matches()) {
      String number = quarter.group(2) == null ? quarter.group(3) : quarter.group(2);
      int index = CHINESE_DIGITS.indexOf(number);
      return Optional.of(quarter.group(1) + "-Q" + (index < 0 ? number : index + 1));
    }
    Matcher month = MONTH.matcher(value);
    if (month.matches()) {
      return date(month.group(1), month.group(2), "1").map(d -> d.toString().substring(0, 7));
    }
    Matcher day = DAY.matcher(value);
    return day.matches()
        ? date(day.group(1), day.group(2), day.group(3)).map(LocalDate::toString)
        : Optional.empty();
  }

  /**
   * First day of a period in normal form; 1970-01-01 for the empty text, which stands for data
   * without periods.
   */
  public static LocalDate start(String period) {
    if (period.isEmpty()) {
      return LocalDate.EPOCH;
    }
    int year = Integer.parseInt(period.substring(0, 4));
    if (period.length() == 4) {
      return LocalDate.of(year, 1, 1);
    }
    int number = period.charAt(6) - '0';
    return switch (period.charAt(5)) {
      case 'H' -> LocalDate.of(year, 6 * number - 5, 1);
      case 'Q' -> LocalDate.of(year, 3 * number - 2, 1);
      default -> LocalDate.parse(period.length() == 7 ? period + "-01" : period);
    };
  }

  private static Optional<LocalDate> date(String year, String month, String day) {
    try {
      return Optional.of(
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
