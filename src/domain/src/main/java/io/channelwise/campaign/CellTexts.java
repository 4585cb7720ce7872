package io.channelwise.campaign;

import io.channelwise.campaign.TableSpec.Choice;
import io.channelwise.campaign.TableSpec.Column;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Spellings that cells may have, and what to say when one has another. */
final class CellTexts {
  static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,4})?");
  static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,19}");
  static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)? ?%?");
  static final Pattern OFFSET = Pattern.compile("(?:Z|[+-]\\d{2}:?\\d{2})$");
  static final Set<String> YES = Set.of("1", "yes", "y", "true", "是");
  static final Set<String> NO = Set.of("0", "no", "n", "false", "否");

  private CellTexts() {}

  static Text present(Column column) {
    Text type = expected(column);
    return new Text("a value: " + type.en(), "必填：" + type.zh());
  }

  static Text expected(Column column) {
    return switch (column.type()) {
      case TEXT -> text(column);
      case NUMBER -> ranged(column, "a number", "数");
      case INTEGER -> ranged(column, "a whole number", "整数");
      case SHARE ->
          new Text("a share from 0 to 1, or a percentage such as 12 %", "0 到 1 之间的小数，或百分数如 12%");
      case BOOLEAN -> new Text("1 or 0, yes or no", "1 或 0，是或否");
      case DATE -> new Text("a date such as 2026-03-31", "日期，如 2026-03-31");
      case TIMESTAMP ->
          new Text("a time such as 2026-03-31T14:05:00Z", "时间，如 2026-03-31T14:05:00Z");
      case PERIOD ->
          new Text("a period such as 2026, 2026-Q1 or 2026-03", "时期，如 2026、2026-Q1 或 2026-03");
    };
  }

  private static Text text(Column column) {
    if (column.values().isEmpty()) {
      return new Text("a text", "文本");
    }
    return new Text(
        "one of " + column.values().stream().map(Choice::en).collect(Collectors.joining(", ")),
        "以下之一：" + column.values().stream().map(Choice::zh).collect(Collectors.joining("、")));
  }

  private static Text ranged(Column column, String en, String zh) {
    if (column.min() != null && column.max() != null) {
      String min = Numbers.plain(column.min());
      String max = Numbers.plain(column.max());
      return new Text(
          "%s between %s and %s".formatted(en, min, max), "%s 至 %s 之间的%s".formatted(min, max, zh));
    }
    if (column.min() != null) {
      String min = Numbers.plain(column.min());
      return new Text("%s of at least %s".formatted(en, min), "不小于 %s 的%s".formatted(min, zh));
    }
    if (column.max() != null) {
      String max = Numbers.plain(column.max());
      return new Text("%s of at most %s".formatted(en, max), "不大于 %s 的%s".formatted(max, zh));
    }
    return new Text(en, zh);
  }
}
