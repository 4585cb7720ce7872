package io.channelwise.campaign;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Distinct texts of one column with the line each was first seen on. Not thread-safe. */
final class ReferenceValues {
  /** More different names than this are no list of markets or channels. */
  static final int MAX = 100_000;

  private final Map<String, Long> firstLines = new LinkedHashMap<>();

  void add(Object value, long line) {
    if (value != null && firstLines.size() < MAX) {
      firstLines.putIfAbsent(value.toString(), line);
    }
  }

  Set<String> values() {
    return firstLines.keySet();
  }

  Map<String, Long> firstLines() {
    return firstLines;
  }
}
