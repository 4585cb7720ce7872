package io.channelwise.bert.internal.report;

import io.channelwise.bert.DatasetException;
import io.channelwise.bert.evaluation.ClassEvaluation;
import io.channelwise.bert.evaluation.Comparison;
import io.channelwise.bert.evaluation.Comparison.Difference;
import io.channelwise.bert.evaluation.EntityEvaluation;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.evaluation.Interval;
import io.channelwise.bert.evaluation.Judgement;
import io.channelwise.bert.evaluation.Judgement.Answer;
import io.channelwise.bert.evaluation.MultiLabelEvaluation;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Compares two models example by example. */
public final class Comparing {
  private static final double SIGNIFICANT = 0.05;
  private static final double P_SHOWN_MIN = 1e-4;
  private static final int ACCURACY = 0;
  private static final int MICRO_F1 = 1;
  private static final int MACRO_F1 = 2;

  private Comparing() {}

  private record Test(String name, double pValue) {}

  /** See {@link Comparison#of}. */
  public static Comparison of(Judgement first, Judgement second) {
    List<Answer> one = first.answers();
    List<Answer> two = second.answers();
    requireSameExamples(one, two, first.evaluation() instanceof MultiLabelEvaluation);
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int i = 0; i < one.size(); i++) {
      onlyFirst += one.get(i).right() && !two.get(i).right() ? 1 : 0;
      onlySecond += two.get(i).right() && !one.get(i).right() ? 1 : 0;
    }
    PairedTallies tallies = PairedTallies.of(first, second);
    Interval[] intervals = tallies.differences();
    boolean oneLabel = first.evaluation() instanceof ClassEvaluation;
    Test test =
        oneLabel
            ? mcNemar(onlyFirst, onlySecond)
            : new Test("randomization", tallies.exchanged(MICRO_F1));
    Evaluation a = first.evaluation();
    Evaluation b = second.evaluation();
    Difference accuracy =
        new Difference("accuracy", a.accuracy(), b.accuracy(), intervals[ACCURACY]);
    Difference micro = new Difference("micro_f1", a.microF1(), b.microF1(), intervals[MICRO_F1]);
    Difference macro = new Difference("macro_f1", a.macroF1(), b.macroF1(), intervals[MACRO_F1]);
    return new Comparison(
        one.size(),
        oneLabel ? List.of(accuracy, macro) : List.of(micro, macro, accuracy),
        onlyFirst,
        onlySecond,
        test.name(),
        test.pValue(),
        oneLabel
            ? accuracySentence(one.size(), accuracy, onlyFirst, onlySecond, test)
            : f1Sentence(one.size(), micro, a instanceof EntityEvaluation, test));
  }

  private static Test mcNemar(int onlyFirst, int onlySecond) {
    McNemar.Result result = McNemar.test(onlyFirst, onlySecond);
    return new Test(result.exact() ? "exact" : "chi-squared", result.pValue());
  }

  private static void requireSameExamples(List<Answer> one, List<Answer> two, boolean sets) {
    if (one.isEmpty() || one.size() != two.size()) {
      throw new DatasetException(
          "The models answered %d and %d texts; expected the same texts, at least one."
              .formatted(one.size(), two.size()));
    }
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).inputs().equals(two.get(i).inputs())
          || !truth(one.get(i), sets).equals(truth(two.get(i), sets))) {
        throw new DatasetException(
            "Text %d is not the same for both models; judge them on the same data."
                .formatted(i + 1));
      }
    }
  }

  /** Several labels stand in the order of each model's outputs, which says nothing. */
  private static Collection<String> truth(Answer answer, boolean set) {
    return set ? new HashSet<>(answer.truth()) : answer.truth();
  }

  private static String verdict(Test test, boolean secondHigher, String examples) {
    if (!(test.pValue() < SIGNIFICANT)) {
      return "These " + examples + " do not show that one model is better";
    }
    return secondHigher ? "The second model is better" : "The first model is better";
  }

  private static String accuracySentence(
      int texts, Difference accuracy, int onlyFirst, int onlySecond, Test test) {
    return String.format(
        Locale.ROOT,
        "%s: on %d texts the first is right on %.1f %%, the second on %.1f %% (difference %+.1f points, 95 %% interval %+.1f to %+.1f); where only one is right, it is the first %d times and the second %d times (McNemar, %s, %s).",
        verdict(test, onlySecond > onlyFirst, "texts"),
        texts,
        100 * accuracy.first(),
        100 * accuracy.second(),
        100 * (accuracy.second() - accuracy.first()),
        100 * accuracy.interval().low(),
        100 * accuracy.interval().high(),
        onlyFirst,
        onlySecond,
        test.name(),
        shown(test.pValue()));
  }

  private static String f1Sentence(int count, Difference f1, boolean entities, Test test) {
    String examples = entities ? "sentences" : "texts";
    return String.format(
        Locale.ROOT,
        "%s: on %d %s the first has %s F1 %.4f, the second %.4f (difference %+.4f, 95 %% interval %+.4f to %+.4f; randomization test, %s).",
        verdict(test, f1.second() > f1.first(), examples),
        count,
        examples,
        entities ? "entity" : "micro",
        f1.first(),
        f1.second(),
        f1.second() - f1.first(),
        f1.interval().low(),
        f1.interval().high(),
        shown(test.pValue()));
  }

  /** No p-value is 0. */
  private static String shown(double pValue) {
    return pValue < P_SHOWN_MIN ? "p < 0.0001" : String.format(Locale.ROOT, "p = %.4f", pValue);
  }
}
