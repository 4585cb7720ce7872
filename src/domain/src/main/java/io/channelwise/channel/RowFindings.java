package io.channelwise.channel;

import io.channelwise.campaign.Finding;
import io.channelwise.campaign.InvalidDataException;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the rows of one table, up to a bound. Not thread-safe. */
final class RowFindings {
  static final int MAX = 100;
  static final int TEXT_CHARS_MAX = 200;
  static final Text TEXT_LENGTH =
      new Text(
          "1 to %d characters".formatted(TEXT_CHARS_MAX), "1 至 %d 个字符".formatted(TEXT_CHARS_MAX));
  private static final int FOUND_CHARS_MAX = 80;

  private final String file;
  private final List<Finding> found = new ArrayList<>();

  RowFindings(String file) {
    this.file = file;
  }

  /**
   * @throws InvalidDataException once {@link #MAX} findings are there: reading on helps nobody
   */
  void add(long row, String column, String value, Text expected) {
    String shown = value.replaceAll("\\p{Cntrl}+", " ").trim();
    shown = shown.length() <= FOUND_CHARS_MAX ? shown : shown.substring(0, FOUND_CHARS_MAX) + "…";
    Text message =
        new Text(
            "%s, row %d%s: found %s, expected %s."
                .formatted(
                    file,
                    row,
                    column.isEmpty() ? "" : ", column " + column,
                    shown.isEmpty() ? "nothing" : "“" + shown + "”",
                    expected.en()),
            "%s，第 %d 行%s：实际为%s，应为%s。"
                .formatted(
                    file,
                    row,
                    column.isEmpty() ? "" : "，列 " + column,
                    shown.isEmpty() ? "空" : "“" + shown + "”",
                    expected.zh()));
    found.add(new Finding(file, row, column, shown, expected.en(), message));
    if (found.size() >= MAX) {
      throwIfAny();
    }
  }

  /** Notes a text that the database would refuse. */
  void checkLength(long row, String column, String value) {
    if (value != null && value.length() > TEXT_CHARS_MAX) {
      add(row, column, value, TEXT_LENGTH);
    }
  }

  int count() {
    return found.size();
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidDataException(found, 0);
    }
  }
}
