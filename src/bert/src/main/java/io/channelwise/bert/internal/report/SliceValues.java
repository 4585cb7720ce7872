package io.channelwise.bert.internal.report;

import io.channelwise.bert.evaluation.Judgement.Answer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says which part of the data each example belongs to. */
final class SliceValues {
  static final String LENGTH = "text length";
  static final String LANGUAGE = "language";
  private static final int VALUES_MAX = 12;
  private static final String OTHER = "(other values)";
  private static final String EMPTY = "(empty)";

  private SliceValues() {}

  /** Length in characters, by quartiles, and language by script. */
  static Map<String, List<String>> builtIn(List<Answer> answers) {
    Map<String, List<String>> result = new LinkedHashMap<>();
    double[] lengths =
        answers.stream().mapToDouble(a -> a.text().codePointCount(0, a.text().length())).toArray();
    result.put(LENGTH, quartiles(lengths));
    result.put(LANGUAGE, answers.stream().map(a -> language(a.text())).toList());
    return result;
  }

  /** {@code zh} where Chinese characters are as many as Latin words, else {@code en} or other. */
  static String language(String text) {
    long chinese =
        text.codePoints()
            .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
            .count();
    long words = Arrays.stream(text.split("[^\\p{IsLatin}']+")).filter(w -> !w.isEmpty()).count();
    if (chinese == 0 && words == 0) {
      return "other";
    }
    return chinese >= words ? "zh" : "en";
  }

  /** The values of a column, few enough to look at. */
  static List<String> grouped(List<String> values) {
    List<String> named = values.stream().map(v -> v.isBlank() ? EMPTY : v.strip()).toList();
    Map<String, Long> counts =
        named.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    if (counts.size() <= VALUES_MAX) {
      return named;
    }
    double[] numbers = numbers(named);
    if (numbers.length > 0) {
      return quartiles(numbers);
    }
    Set<String> kept =
        counts.entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<String, Long> e) -> -e.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(VALUES_MAX)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return named.stream().map(v -> kept.contains(v) ? v : OTHER).toList();
  }

  /** The values as numbers, NaN for empty ones; nothing when one is no number. */
  private static double[] numbers(List<String> values) {
    double[] result = new double[values.size()];
    for (int i = 0; i < result.length; i++) {
      String value = values.get(i);
      try {
        result[i] = value.equals(EMPTY) ? Double.NaN : Double.parseDouble(value);
      } catch (NumberFormatException e) {
        return new double[0];
      }
    }
    return result;
  }

  /** The quarter of each number, named by its first and last value; equal numbers stay together. */
  static List<String> quartiles(double[] numbers) {
    double[] sorted = Arrays.stream(numbers).filter(n -> !Double.isNaN(n)).sorted().toArray();
    if (sorted.length == 0) {
      return Arrays.stream(numbers).mapToObj(n -> EMPTY).toList();
    }
    double[] ends = new double[4];
    for (int q = 0; q < ends.length; q++) {
      ends[q] = sorted[Math.max(0, (int) Math.ceil((q + 1) / 4.0 * sorted.length) - 1)];
    }
    String[] names = new String[ends.length];
    for (int q = 0; q < ends.length; q++) {
      double before = q == 0 ? Double.NEGATIVE_INFINITY : ends[q - 1];
      double first = Arrays.stream(sorted).filter(n -> n > before).findFirst().orElse(ends[q]);
      names[q] = first == ends[q] ? plain(first) : plain(first) + " to " + plain(ends[q]);
    }
    return Arrays.stream(numbers).mapToObj(n -> quarter(n, ends, names)).toList();
  }

  private static String quarter(double number, double[] ends, String[] names) {
    if (Double.isNaN(number)) {
      return EMPTY;
    }
    int q = 0;
    while (number > ends[q]) {
      q++;
    }
    return names[q];
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : String.format(Locale.ROOT, "%.4g", number);
  }
}
