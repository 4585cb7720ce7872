package io.channelwise.bert.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.DatasetException;
import io.channelwise.bert.evaluation.ClassEvaluation;
import io.channelwise.bert.evaluation.Comparison;
import io.channelwise.bert.evaluation.Interval;
import io.channelwise.bert.evaluation.Judgement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  private static final List<String> LABELS = List.of("a", "b");

  /** Two times the lower tail of a fair coin, by hand: 2 (1 + 10) / 2^10 for 1 of 10. */
  @ParameterizedTest
  @CsvSource({"1, 9, 0.021484375", "0, 5, 0.0625", "3, 3, 1", "0, 0, 1", "9, 1, 0.021484375"})
  void shouldUseTheBinomial_whenFewTextsDiffer(int onlyFirst, int onlySecond, double expected) {
    McNemar.Result result = McNemar.test(onlyFirst, onlySecond);
    assertThat(result.exact()).isTrue();
    assertThat(result.pValue()).isEqualTo(expected, within(1e-12));
  }

  /**
   * The counts of Agresti (Categorical Data Analysis, 2nd edition, table 10.1: 150 and 86) and of
   * Wikipedia's article on the test (121 and 59). With Edwards' correction: 63²/236 and 61²/180;
   * the p-values are erfc(√(x/2)), from Python's math.erfc.
   */
  @ParameterizedTest
  @CsvSource({"150, 86, 16.817796610, 4.114562281e-05", "121, 59, 20.672222222, 5.450094825e-06"})
  void shouldUseChiSquared_whenManyTextsDiffer(
      int onlyFirst, int onlySecond, double statistic, double expected) {
    McNemar.Result result = McNemar.test(onlyFirst, onlySecond);
    assertThat(result.exact()).isFalse();
    assertThat(result.statistic()).isEqualTo(statistic, within(1e-7));
    assertThat(result.pValue()).isEqualTo(expected, within(expected * 1e-6));
    assertThat(McNemar.test(20, 20).pValue()).isEqualTo(1, within(1e-6));
  }

  /** The first is right on 80 of 100, the second on 92: on 2 only the first, on 14 the second. */
  @Test
  void shouldNameTheBetterModel_whenTheDifferenceIsClear() {
    Comparison comparison = Comparison.of(judgement(i -> i < 80), judgement(i -> i >= 2 && i < 94));

    Comparison.Difference accuracy = comparison.differences().get(0);
    assertThat(accuracy.figure()).isEqualTo("accuracy");
    assertThat(comparison.onlyFirstRight()).isEqualTo(2);
    assertThat(comparison.onlySecondRight()).isEqualTo(14);
    assertThat(accuracy.second() - accuracy.first()).isEqualTo(0.12, within(1e-12));
    // Per text the difference is +1 14 times, -1 twice: 0.12 ± 1.96 √((0.16 - 0.12²) / 100).
    assertThat(accuracy.interval().low()).isEqualTo(0.0452, within(0.012));
    assertThat(accuracy.interval().high()).isEqualTo(0.1948, within(0.012));
    // 2 (1 + 16 + 120) / 2^16
    assertThat(comparison.pValue()).isEqualTo(0.004180908203125, within(1e-12));
    assertThat(comparison.sentence())
        .startsWith(
            "The second model is better: on 100 texts the first is right on 80.0 %, the second on"
                + " 92.0 % (difference +12.0 points, 95 % interval +")
        .endsWith("it is the first 2 times and the second 14 times (McNemar, exact, p = 0.0042).");
    Comparison turned = Comparison.of(judgement(i -> i >= 2 && i < 94), judgement(i -> i < 80));
    assertThat(turned.sentence()).startsWith("The first model is better");
    assertThat(Comparison.of(judgement(i -> false), judgement(i -> true)).sentence())
        .endsWith(", p < 0.0001).");
  }

  @Test
  void shouldSayThatNothingIsShown_whenTheModelsAreEqual() {
    Comparison comparison = Comparison.of(judgement(i -> i < 80), judgement(i -> i < 80));
    assertThat(comparison.pValue()).isEqualTo(1);
    assertThat(comparison.differences())
        .extracting(Comparison.Difference::interval)
        .containsOnly(new Interval(0, 0));
    assertThat(comparison.sentence()).startsWith("These texts do not show that one model");
  }

  /** Only the second finds the second entity of 12 of 40 sentences; else they are equal. */
  @Test
  void shouldCompareEntityF1_whenWordsAreTagged() {
    List<Integer> found = List.of(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33);
    Comparison comparison = Comparison.of(tagged(List.of()), tagged(found));

    Comparison.Difference f1 = comparison.differences().get(0);
    assertThat(f1.figure()).isEqualTo("micro_f1");
    assertThat(f1.first()).isEqualTo(2 * 40 / (40 + 80.0), within(1e-12));
    assertThat(f1.second()).isEqualTo(2 * 52 / (52 + 80.0), within(1e-12));
    // An exchange is as extreme only where all twelve go one way: 2 of 4,096.
    assertThat(comparison.test()).isEqualTo("randomization");
    assertThat(comparison.pValue()).isEqualTo(2 / 4096.0, within(0.001));
    assertThat(f1.interval().low()).isPositive();
    assertThat(comparison.onlySecondRight()).isEqualTo(12);
    assertThat(comparison.sentence())
        .startsWith(
            "The second model is better: on 40 sentences the first has entity F1 0.6667, the second"
                + " 0.7879 (difference +0.1212");
    assertThat(Comparison.of(tagged(found), tagged(found)).sentence())
        .startsWith("These sentences do not show that one model is better");
    assertThat(Comparison.of(tagged(found), tagged(found)).pValue()).isEqualTo(1);
  }

  private static Judgement tagged(List<Integer> whole) {
    List<List<String>> truth = new ArrayList<>();
    List<List<String>> answers = new ArrayList<>();
    List<Judgement.Answer> list = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      truth.add(List.of("B-X", "I-X", "B-Y"));
      answers.add(List.of("B-X", "I-X", whole.contains(i) ? "B-Y" : "O"));
      list.add(new Judgement.Answer(List.of("u", "v", "w" + i), truth.get(i), answers.get(i), 0.5));
    }
    return new Judgement(EntityScores.of(truth, answers), list);
  }

  @Test
  void shouldCompareMicroF1_whenTextsHaveSeveralLabels() {
    Comparison comparison = Comparison.of(labelled(0.4), labelled(0.6));
    assertThat(comparison.differences())
        .extracting(Comparison.Difference::figure)
        .containsExactly("micro_f1", "macro_f1", "accuracy");
    assertThat(comparison.differences().get(2).second()).isEqualTo(1);
    assertThat(comparison.sentence()).startsWith("The second model is better: on 30 texts");
    // A model of its labels in another order lists the truth in that order.
    List<Judgement.Answer> turned = new ArrayList<>();
    for (Judgement.Answer answer : labelled(0.6).answers()) {
      List<String> labels = List.of("b", "a");
      turned.add(new Judgement.Answer(answer.inputs(), labels, labels, answer.score()));
    }
    assertThat(Comparison.of(labelled(0.4), new Judgement(labelled(0.6).evaluation(), turned)))
        .isEqualTo(comparison);
  }

  /** Every text has both labels; the second is given from 0.5 on. */
  private static Judgement labelled(double second) {
    boolean[][] truths = new boolean[30][];
    double[][] probabilities = new double[30][];
    List<Judgement.Answer> answers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      truths[i] = new boolean[] {true, true};
      probabilities[i] = new double[] {0.9, second};
      List<String> given = second < 0.5 ? List.of("a") : LABELS;
      answers.add(new Judgement.Answer(List.of("text " + i), LABELS, given, 0.5));
    }
    return new Judgement(MultiLabelScores.of(LABELS, truths, probabilities, 0.5), answers);
  }

  @Test
  void shouldRefuse_whenTheTextsAreNotTheSame() {
    Judgement all = judgement(i -> true);
    Judgement fewer = new Judgement(all.evaluation(), all.answers().subList(1, 100));
    assertThatThrownBy(() -> Comparison.of(all, fewer))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("100 and 99 texts");
    List<Judgement.Answer> other = new ArrayList<>(all.answers());
    other.set(4, new Judgement.Answer("another", "a", "a", 1));
    assertThatThrownBy(() -> Comparison.of(all, new Judgement(all.evaluation(), other)))
        .hasMessageContaining("Text 5 is not the same");
  }

  private interface Right {
    boolean is(int text);
  }

  private static Judgement judgement(Right right) {
    int[] truths = new int[100];
    double[][] probabilities = new double[100][2];
    List<Judgement.Answer> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      truths[i] = i % 2;
      int answer = right.is(i) ? truths[i] : 1 - truths[i];
      probabilities[i][answer] = 1;
      answers.add(new Judgement.Answer("text " + i, LABELS.get(truths[i]), LABELS.get(answer), 1));
    }
    ClassEvaluation evaluation = Scores.of(LABELS, truths, probabilities);
    return new Judgement(evaluation, answers);
  }
}
