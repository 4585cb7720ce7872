package io.channelwise.bert.internal.report;

import io.channelwise.bert.DatasetException;
import io.channelwise.bert.evaluation.ClassEvaluation;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.evaluation.Interval;
import io.channelwise.bert.evaluation.Judgement;
import io.channelwise.bert.evaluation.Judgement.Answer;
import io.channelwise.bert.evaluation.Slices;
import io.channelwise.bert.evaluation.Slices.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scores parts of the data and tests which are worse than the rest. */
public final class Slicing {
  private static final double SIGNIFICANT = 0.05;

  private Slicing() {}

  /** A part before its p-value is corrected. */
  private record Part(String column, String value, int[] members, double chance) {
    boolean tested() {
      return !Double.isNaN(chance);
    }
  }

  /** See {@link Slices#of}. */
  public static Slices of(Judgement judgement, Map<String, List<String>> columns) {
    List<Answer> answers = judgement.answers();
    Map<String, List<String>> all = new LinkedHashMap<>(SliceValues.builtIn(answers));
    columns.forEach((name, values) -> all.put(name, checked(name, values, answers.size())));
    SliceFigure figure = SliceFigure.of(judgement);
    List<Part> parts = new ArrayList<>();
    all.forEach((name, values) -> parts.addAll(parts(name, values, figure)));
    double[] corrected = holm(parts.stream().mapToDouble(Part::chance).toArray());
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      slices.add(slice(parts.get(i), corrected[i], figure));
    }
    List<String> order = List.copyOf(all.keySet());
    slices.sort(
        Comparator.comparingInt((Slice s) -> order.indexOf(s.column()))
            .thenComparingDouble(Slice::score));
    boolean accuracy = judgement.evaluation() instanceof ClassEvaluation;
    int tested = (int) parts.stream().filter(Part::tested).count();
    return new Slices(
        accuracy ? "accuracy" : "micro_f1",
        overall(judgement.evaluation()),
        slices,
        sentence(slices, tested, accuracy ? "accuracy" : "F1"));
  }

  private static double overall(Evaluation evaluation) {
    return evaluation instanceof ClassEvaluation ? evaluation.accuracy() : evaluation.microF1();
  }

  private static List<String> checked(String name, List<String> values, int answers) {
    if (values.size() != answers) {
      throw new DatasetException(
          "Column %s has %d values for %d examples; expected one each."
              .formatted(name, values.size(), answers));
    }
    return SliceValues.grouped(values);
  }

  private static List<Part> parts(String column, List<String> values, SliceFigure figure) {
    Map<String, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      members.computeIfAbsent(values.get(i), v -> new ArrayList<>()).add(i);
    }
    if (members.size() < 2) {
      return List.of();
    }
    List<Part> parts = new ArrayList<>();
    members.forEach(
        (value, list) -> {
          int[] inside = list.stream().mapToInt(Integer::intValue).toArray();
          boolean enough =
              inside.length >= Slices.EXAMPLES_MIN
                  && values.size() - inside.length >= Slices.EXAMPLES_MIN;
          double chance = enough ? figure.chanceOfSoLow(inside) : Double.NaN;
          parts.add(new Part(column, value, inside, chance));
        });
    return parts;
  }

  private static Slice slice(Part part, double corrected, SliceFigure figure) {
    int[] members = part.members();
    double score = figure.score(members);
    Interval interval =
        Bootstrap.interval(
            members.length,
            drawn -> figure.score(IntStream.of(drawn).map(i -> members[i]).toArray()));
    return new Slice(
        part.column(),
        part.value(),
        members.length,
        score,
        interval,
        figure.score(figure.others(members)),
        corrected,
        part.tested() && corrected < SIGNIFICANT);
  }

  /**
   * Corrects p-values so that the chance of any false alarm stays below the level (Holm 1979,
   * Scandinavian Journal of Statistics 6).
   *
   * @param chances NaN where nothing was tested
   * @return in the same order; 1 where nothing was tested
   */
  static double[] holm(double[] chances) {
    int[] order =
        IntStream.range(0, chances.length)
            .filter(i -> !Double.isNaN(chances[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> chances[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] result = new double[chances.length];
    Arrays.fill(result, 1);
    double highest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      highest = Math.max(highest, chances[order[rank]] * (order.length - rank));
      result[order[rank]] = Math.min(1, highest);
    }
    return result;
  }

  private static String sentence(List<Slice> slices, int tested, String figure) {
    String how =
        String.format(Locale.ROOT, "%d parts tested, corrected after Holm, level 5 %%", tested);
    String worse =
        slices.stream()
            .filter(Slice::worse)
            .map(
                slice ->
                    String.format(
                        Locale.ROOT,
                        "%s = %s (%s %.3f on %d examples, %.3f on the others, p %s)",
                        slice.column(),
                        slice.value(),
                        figure,
                        slice.score(),
                        slice.examples(),
                        slice.rest(),
                        slice.pValue() < 0.0001
                            ? "< 0.0001"
                            : String.format(Locale.ROOT, "= %.4f", slice.pValue())))
            .collect(Collectors.joining("; "));
    return worse.isEmpty()
        ? "No part is shown to be worse than the others (" + how + ")."
        : "Worse than the other examples: " + worse + " (" + how + ").";
  }
}
