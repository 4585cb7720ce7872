package io.channelwise.campaign;

import io.channelwise.campaign.TableSpec.Choice;
import io.channelwise.campaign.TableSpec.Column;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;

/** One cell read by its column's type. */
sealed interface Cell {

  /**
   * @param value in the Java type of the column; null for an absent optional one
   */
  record Value(Object value) implements Cell {}

  /** The cell does not fit; {@code expected} says what would. */
  record Wrong(Text expected) implements Cell {}

  /** How most times are written. */
  String UTC_SECOND = "2026-01-31T12:00:00Z";

  Value ABSENT = new Value(null);

  /** Reads a cell of the column. Surrounding white space does not count. */
  static Cell of(Column column, String raw) {
    String text = raw.strip();
    if (text.isEmpty()) {
      return column.required() ? new Wrong(CellTexts.present(column)) : ABSENT;
    }
    Optional<?> value =
        switch (column.type()) {
          case TEXT -> text(column, text);
          case NUMBER -> number(plain(text)).filter(n -> inRange(column, n));
          case INTEGER -> integer(plain(text)).filter(n -> inRange(column, n));
          case SHARE -> share(plain(text)).filter(n -> inRange(column, n));
          case BOOLEAN -> bool(text);
          case DATE -> date(text);
          case TIMESTAMP -> timestamp(text);
          case PERIOD -> Periods.normalise(text);
        };
    return value.<Cell>map(Value::new).orElseGet(() -> new Wrong(CellTexts.expected(column)));
  }

  private static Optional<String> text(Column column, String text) {
    if (text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    if (column.values().isEmpty()) {
      return Optional.of(text);
    }
    for (Choice choice : column.values()) {
      if (choice.en().equalsIgnoreCase(text) || choice.zh().equalsIgnoreCase(text)) {
        return Optional.of(choice.en());
      }
    }
    return Optional.empty();
  }

  /** Full-width digits and signs as ASCII, thousands separators taken out. */
  private static String plain(String text) {
    if (isDigits(text)) {
      return text;
    }
    String ascii = Normalizer.normalize(text, Normalizer.Form.NFKC);
    Matcher grouped = CellTexts.GROUPED.matcher(ascii);
    return grouped.matches() ? ascii.replace(",", "") : ascii;
  }

  /** Digits, perhaps with a point between: what most numbers are, read without any pattern. */
  private static boolean isDigits(String text) {
    int points = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      points += c == '.' ? 1 : 0;
      if (c == '.' ? i == 0 : c < '0' || c > '9') {
        return false;
      }
    }
    return points <= 1 && !text.isEmpty();
  }

  private static Optional<Double> number(String text) {
    if (!isDigits(text) && !CellTexts.NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    double number = Double.parseDouble(text);
    return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
  }

  private static Optional<Long> integer(String text) {
    if (!CellTexts.INTEGER.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> share(String text) {
    boolean percent = text.endsWith("%");
    String digits = percent ? text.substring(0, text.length() - 1).strip() : text;
    return number(digits).map(n -> percent ? n / 100 : n).filter(n -> n >= 0 && n <= 1);
  }

  private static boolean inRange(Column column, Number number) {
    double value = number.doubleValue();
    return (column.min() == null || value >= column.min())
        && (column.max() == null || value <= column.max());
  }

  private static Optional<Boolean> bool(String text) {
    String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    if (CellTexts.YES.contains(lower)) {
      return Optional.of(true);
    }
    return CellTexts.NO.contains(lower) ? Optional.of(false) : Optional.empty();
  }

  private static Optional<LocalDate> date(String text) {
    return Periods.normalise(text).filter(p -> p.length() == 10).map(LocalDate::parse);
  }

  private static Optional<Instant> timestamp(String text) {
    if (text.length() == UTC_SECOND.length() && text.charAt(0) != '0' && text.endsWith("Z")) {
      try {
        return Optional.of(OffsetDateTime.parse(text).toInstant());
      } catch (DateTimeException e) {
        // Other spellings have the same length: read below.
      }
    }
    Optional<LocalDate> day = date(text);
    if (day.isPresent()) {
      return day.map(d -> d.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
    String iso = text.replaceFirst("(?<=\\d) +(?=\\d)", "T").replace("/", "-");
    try {
      Instant instant =
          CellTexts.OFFSET.matcher(iso).find()
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
      int year = instant.atOffset(ZoneOffset.UTC).getYear();
      return year >= 1000 && year <= 9999 ? Optional.of(instant) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
