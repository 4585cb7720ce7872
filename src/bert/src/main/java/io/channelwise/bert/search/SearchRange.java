package io.channelwise.bert.search;

import io.channelwise.bert.internal.search.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values a search tries for one setting: all between two ends, or those of a list.
 *
 * @param name of the setting, as the command line writes it: {@code learning-rate}
 * @param low smallest value; ends are included
 * @param high largest value
 * @param choices the only values allowed, each as likely; empty when all between the ends are
 */
public record SearchRange(String name, double low, double high, List<Double> choices) {
  private static final Pattern TEXT = Pattern.compile("\\s*([a-z-]+)\\s*=\\s*(\\S+?)\\s*");

  public SearchRange {
    choices = List.copyOf(choices);
    Dimension.of(name).check(low, high, choices);
  }

  /**
   * Reads {@code learning-rate=1e-5..3e-4}, {@code batch-size=8,16,32} or {@code dropout=0.1}.
   *
   * @throws IllegalArgumentException when the text is none of these or the setting is not searched
   */
  public static SearchRange parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw unreadable(text);
    }
    String values = parts.group(2);
    int dots = values.indexOf("..");
    if (dots >= 0) {
      return new SearchRange(
          parts.group(1),
          number(text, values.substring(0, dots)),
          number(text, values.substring(dots + 2)),
          List.of());
    }
    List<Double> choices = new ArrayList<>();
    for (String value : values.split(",", -1)) {
      choices.add(number(text, value));
    }
    double low = choices.stream().mapToDouble(d -> d).min().orElseThrow();
    double high = choices.stream().mapToDouble(d -> d).max().orElseThrow();
    return new SearchRange(parts.group(1), low, high, choices);
  }

  /** Names of all settings that can be searched. */
  public static List<String> names() {
    return Arrays.stream(Dimension.values()).map(Dimension::key).toList();
  }

  private static double number(String text, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw unreadable(text);
    }
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "Range \"%s\" cannot be read; expected NAME=LOW..HIGH, NAME=A,B,C or NAME=VALUE with a setting of %s."
            .formatted(text, Dimension.names()));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    if (choices.isEmpty()) {
      return name + "=" + Dimension.text(low) + ".." + Dimension.text(high);
    }
    return name + "=" + String.join(",", choices.stream().map(Dimension::text).toList());
  }
}
