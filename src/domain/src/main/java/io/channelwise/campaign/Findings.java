package io.channelwise.campaign;

import java.util.ArrayList;
import java.util.List;

/** Collects findings up to a bound and counts the rest. Not thread-safe. */
final class Findings {
  private static final int FOUND_CHARS_MAX = 80;

  private final int max;
  private final List<Finding> kept = new ArrayList<>();
  private long further;

  Findings(int max) {
    this.max = max;
  }

  void add(Finding finding) {
    if (kept.size() < max) {
      kept.add(finding);
    } else {
      further++;
    }
  }

  void add(String file, long row, String column, String found, Text expected) {
    add(finding(file, row, column, found, expected));
  }

  void addFurther(long count) {
    further += count;
  }

  boolean isEmpty() {
    return kept.isEmpty();
  }

  List<Finding> kept() {
    return List.copyOf(kept);
  }

  long further() {
    return further;
  }

  void throwIfAny() {
    if (!kept.isEmpty()) {
      throw new InvalidDataException(kept, further);
    }
  }

  /** A finding whose message is made from its parts. */
  static Finding finding(String file, long row, String column, String found, Text expected) {
    String shown = shorten(found);
    return new Finding(
        file, row, column, shown, expected.en(), sentence(file, row, column, shown, expected));
  }

  private static Text sentence(String file, long row, String column, String found, Text expected) {
    String en =
        file + (row > 0 ? ", row " + row : "") + (column.isEmpty() ? "" : ", column " + column);
    String zh =
        file + (row > 0 ? "，第 " + row + " 行" : "") + (column.isEmpty() ? "" : "，列 " + column);
    return new Text(
        "%s: found %s, expected %s."
            .formatted(en, found.isEmpty() ? "nothing" : quote(found), expected.en()),
        "%s：实际为%s，应为%s。".formatted(zh, found.isEmpty() ? "空" : quote(found), expected.zh()));
  }

  private static String quote(String found) {
    return "“" + found + "”";
  }

  /** One line, no control characters, at most 80 characters, surrogate pairs whole. */
  static String shorten(String found) {
    String line = found.replaceAll("\\p{Cntrl}+", " ").trim();
    if (line.length() <= FOUND_CHARS_MAX) {
      return line;
    }
    int end = FOUND_CHARS_MAX - 1;
    if (Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end) + "…";
  }
}
