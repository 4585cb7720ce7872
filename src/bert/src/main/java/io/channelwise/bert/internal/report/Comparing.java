package io.channelwise.bert.internal.report;

import io.channelwise.bert.Comparison;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Interval;
import io.channelwise.bert.Judgement;
import io.channelwise.bert.Judgement.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Compares two models text by text. */
public final class Comparing {
  private static final double SIGNIFICANT = 0.05;

  private Comparing() {}

  /** See {@link Comparison#of}. */
  public static Comparison of(Judgement first, Judgement second) {
    List<Answer> one = first.answers();
    List<Answer> two = second.answers();
    requireSameTexts(one, two);
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int i = 0; i < one.size(); i++) {
      onlyFirst += one.get(i).right() && !two.get(i).right() ? 1 : 0;
      onlySecond += two.get(i).right() && !one.get(i).right() ? 1 : 0;
    }
    Interval[] differences = differences(one, two);
    McNemar.Result test = McNemar.test(onlyFirst, onlySecond);
    double firstAccuracy = first.evaluation().accuracy();
    double secondAccuracy = second.evaluation().accuracy();
    return new Comparison(
        one.size(),
        firstAccuracy,
        secondAccuracy,
        differences[0],
        first.evaluation().macroF1(),
        second.evaluation().macroF1(),
        differences[1],
        onlyFirst,
        onlySecond,
        test.exact() ? "exact" : "chi-squared",
        test.pValue(),
        sentence(
            one.size(),
            firstAccuracy,
            secondAccuracy,
            differences[0],
            onlyFirst,
            onlySecond,
            test));
  }

  private static void requireSameTexts(List<Answer> one, List<Answer> two) {
    if (one.isEmpty() || one.size() != two.size()) {
      throw new DatasetException(
          "The models answered %d and %d texts; expected the same texts, at least one."
              .formatted(one.size(), two.size()));
    }
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).inputs().equals(two.get(i).inputs())
          || !one.get(i).truth().equals(two.get(i).truth())) {
        throw new DatasetException(
            "Text %d is not the same for both models; judge them on the same data."
                .formatted(i + 1));
      }
    }
  }

  /** Of accuracy and macro F1, the same texts drawn for both. */
  private static Interval[] differences(List<Answer> one, List<Answer> two) {
    Map<String, Integer> classes = new TreeMap<>();
    int[] truths = numbers(one, Answer::truth, classes);
    int[] first = numbers(one, Answer::labels, classes);
    int[] second = numbers(two, Answer::labels, classes);
    Counts counts = new Counts(classes.size());
    return Bootstrap.intervals(
        truths.length,
        drawn -> {
          double[] a = counts.figures(truths, first, drawn);
          double[] b = counts.figures(truths, second, drawn);
          return new double[] {b[0] - a[0], b[1] - a[1]};
        },
        2);
  }

  private static int[] numbers(
      List<Answer> answers, Function<Answer, List<String>> names, Map<String, Integer> classes) {
    return answers.stream()
        .map(answer -> names.apply(answer).get(0))
        .mapToInt(label -> classes.computeIfAbsent(label, l -> classes.size()))
        .toArray();
  }

  private static String sentence(
      int texts,
      double first,
      double second,
      Interval difference,
      int onlyFirst,
      int onlySecond,
      McNemar.Result test) {
    boolean shown = test.pValue() < SIGNIFICANT;
    String verdict =
        !shown
            ? "These texts do not show that one model is better"
            : onlySecond > onlyFirst ? "The second model is better" : "The first model is better";
    return String.format(
        Locale.ROOT,
        "%s: on %d texts the first is right on %.1f %%, the second on %.1f %% (difference %+.1f points, 95 %% interval %+.1f to %+.1f); where only one is right, it is the first %d times and the second %d times (McNemar, %s, p = %.4f).",
        verdict,
        texts,
        100 * first,
        100 * second,
        100 * (second - first),
        100 * difference.low(),
        100 * difference.high(),
        onlyFirst,
        onlySecond,
        test.exact() ? "exact" : "chi-squared",
        test.pValue());
  }
}
