package io.channelwise.bert.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.DatasetException;
import io.channelwise.bert.evaluation.Judgement;
import io.channelwise.bert.evaluation.Judgement.Answer;
import io.channelwise.bert.evaluation.Slices;
import io.channelwise.bert.evaluation.Slices.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicingTest {
  private static final List<String> LABELS = List.of("a", "b");

  /** scipy.stats.hypergeom.cdf(right, all, allRight, drawn). */
  @ParameterizedTest
  @CsvSource({
    "18, 30, 99, 120, 0.0005100568520477668",
    "81, 90, 99, 120, 0.999925350567595",
    "5, 10, 12, 20, 0.32495832341033587"
  })
  void shouldAgreeWithSciPy_onFishersTest(
      long right, long drawn, long allRight, long all, double expected) {
    assertThat(SliceFigure.hypergeometricTail(right, drawn, allRight, all))
        .isEqualTo(expected, within(1e-11));
  }

  /** By hand: 3 × 0.01; then 2 × 0.02; 0.03 may not be below the one before. */
  @Test
  void shouldCorrectAfterHolm() {
    assertThat(Slicing.holm(new double[] {0.02, Double.NaN, 0.01, 0.03, 0.6}))
        .containsExactly(new double[] {0.06, 1, 0.04, 0.06, 0.6}, within(1e-12));
  }

  /** 30 short English texts with 18 right among 120, of the others 81 of 90 are. */
  @Test
  void shouldNameTheWeakPart_whenOneIsClearlyWorse() {
    Judgement judgement = judgement(i -> i < 30 ? i < 18 : i < 111);
    List<String> shops = IntStream.range(0, 120).mapToObj(i -> i < 30 ? "east" : "west").toList();

    Slices slices = Slices.of(judgement, Map.of("shop", shops));

    assertThat(slices.figure()).isEqualTo("accuracy");
    assertThat(slices.overall()).isEqualTo(99 / 120.0);
    List<Slice> shop = slices.slices().stream().filter(s -> s.column().equals("shop")).toList();
    assertThat(shop).extracting(Slice::value).containsExactly("east", "west");
    assertThat(shop.get(0).score()).isEqualTo(0.6);
    assertThat(shop.get(0).rest()).isEqualTo(0.9);
    assertThat(shop.get(0).worse()).isTrue();
    // Two parts of the shop, none of length or language: all texts are alike there.
    assertThat(shop.get(0).pValue()).isEqualTo(2 * 0.0005100568520477668, within(1e-9));
    assertThat(shop.get(1).worse()).isFalse();
    // 0.6 ± 1.96 √(0.6 × 0.4 / 30), steps of 1/30.
    assertThat(shop.get(0).interval().low()).isEqualTo(0.425, within(0.035));
    assertThat(shop.get(0).interval().high()).isEqualTo(0.775, within(0.035));
    assertThat(slices.sentence())
        .startsWith(
            "Worse than the other examples: shop = east (accuracy 0.600 on 30 examples, 0.900 on"
                + " the others, p = 0.00")
        .endsWith("(2 parts tested, corrected after Holm, level 5 %).");
    assertThat(Slices.of(judgement, Map.of("shop", shops))).isEqualTo(slices);
  }

  @Test
  void shouldFindNothing_whenErrorsAreEvenlySpread() {
    Slices slices =
        Slices.of(
            judgement(i -> i % 5 != 0),
            Map.of("shop", IntStream.range(0, 120).mapToObj(i -> "shop " + i % 4).toList()));
    assertThat(slices.slices()).noneMatch(Slice::worse);
    assertThat(slices.sentence())
        .isEqualTo(
            "No part is shown to be worse than the others (4 parts tested, corrected after Holm,"
                + " level 5 %).");
  }

  @Test
  void shouldNotTestTinyParts() {
    List<String> shops = IntStream.range(0, 120).mapToObj(i -> i < 9 ? "tiny" : "rest").toList();
    Slices slices = Slices.of(judgement(i -> i >= 9), Map.of("shop", shops));
    assertThat(slices.slices().get(0).value()).isEqualTo("tiny");
    assertThat(slices.slices().get(0).score()).isZero();
    assertThat(slices.slices().get(0).pValue()).isEqualTo(1);
    assertThat(slices.slices().get(0).worse()).isFalse();
  }

  /** Sentences of "shop a" find one of two entities, the others both. */
  @Test
  void shouldPermuteSentences_whenEntitiesAreJudged() {
    List<Answer> answers = new ArrayList<>();
    List<List<String>> truth = new ArrayList<>();
    List<List<String>> found = new ArrayList<>();
    List<String> shops = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      boolean weak = i < 20;
      truth.add(List.of("B-X", "O", "B-Y"));
      found.add(List.of("B-X", "O", weak ? "O" : "B-Y"));
      shops.add(weak ? "a" : "b");
      answers.add(new Answer(List.of("u", "v", "w"), truth.get(i), found.get(i), 1));
    }
    Slices slices =
        Slices.of(new Judgement(EntityScores.of(truth, found), answers), Map.of("shop", shops));

    assertThat(slices.figure()).isEqualTo("micro_f1");
    Slice weak = slices.slices().get(0);
    assertThat(weak.value()).isEqualTo("a");
    assertThat(weak.score()).isEqualTo(2 * 20 / (20 + 40.0), within(1e-12));
    assertThat(weak.rest()).isEqualTo(1);
    // No permutation is as extreme: twice 1 / 5,000.
    assertThat(weak.pValue()).isEqualTo(2 / 5000.0, within(1e-12));
    assertThat(weak.worse()).isTrue();
    assertThat(slices.slices().get(1).pValue()).isEqualTo(1);
  }

  /**
   * Sentences of "shop a" hold no entity and none was found: their 0 of 0 is no score, and the
   * others, half of whose entities were found, must not look better for it.
   */
  @Test
  void shouldNotTestAPart_whenItHoldsNothingToFind() {
    List<Answer> answers = new ArrayList<>();
    List<List<String>> truth = new ArrayList<>();
    List<List<String>> found = new ArrayList<>();
    List<String> shops = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      boolean empty = i < 20;
      truth.add(List.of("O", empty ? "O" : "B-X", empty ? "O" : "B-Y"));
      found.add(List.of("O", empty ? "O" : "B-X", "O"));
      shops.add(empty ? "a" : i < 40 ? "b" : "c");
      answers.add(new Answer(List.of("u", "v", "w"), truth.get(i), found.get(i), 1));
    }
    Slices slices =
        Slices.of(new Judgement(EntityScores.of(truth, found), answers), Map.of("shop", shops));

    assertThat(slices.slices()).noneMatch(Slice::worse);
    Slice empty = slices.slices().get(2);
    assertThat(empty.value()).isEqualTo("a");
    assertThat(empty.score()).isNaN();
    assertThat(empty.interval().low()).isNaN();
    assertThat(empty.pValue()).isEqualTo(1);
    assertThat(empty.rest()).isEqualTo(80 / 120.0, within(1e-12));
    // Parts b and c are alike, whatever share of each an exchange replaces by nothing.
    assertThat(slices.slices().subList(0, 2)).allMatch(s -> s.pValue() == 1);
    assertThat(slices.sentence()).contains("(2 parts tested,");
  }

  @ParameterizedTest
  @CsvSource({
    "我想退货, zh",
    "用 iPhone 扫码付款, zh",
    "Where is my order 12?, en",
    "The 微信 login does not work, en",
    "12:30 !!, other"
  })
  void shouldTellTheLanguageByItsScript(String text, String language) {
    assertThat(SliceValues.language(text)).isEqualTo(language);
  }

  @Test
  void shouldCutNumbersIntoQuarters_andKeepEqualOnesTogether() {
    assertThat(SliceValues.quartiles(new double[] {1, 2, 3, 4, 5, 6, 7, 8}))
        .containsExactly(
            "1 to 2", "1 to 2", "3 to 4", "3 to 4", "5 to 6", "5 to 6", "7 to 8", "7 to 8");
    assertThat(SliceValues.quartiles(new double[] {5, 5, 5, 9, Double.NaN}))
        .containsExactly("5", "5", "5", "9", "(empty)");
    List<String> ages = IntStream.range(0, 40).mapToObj(Integer::toString).toList();
    assertThat(SliceValues.grouped(ages)).contains("0 to 9", "30 to 39").doesNotContain("7");
    List<String> names = IntStream.range(0, 40).mapToObj(i -> "n" + i % 20).toList();
    assertThat(SliceValues.grouped(names).stream().distinct()).hasSize(13);
    assertThat(SliceValues.grouped(List.of(" x", ""))).containsExactly("x", "(empty)");
  }

  @Test
  void shouldNameTheColumn_whenItDoesNotFit() {
    assertThatThrownBy(() -> Slices.of(judgement(i -> true), Map.of("shop", List.of("only one"))))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("Column shop has 1 values for 120 examples");
  }

  private interface Right {
    boolean is(int text);
  }

  private static Judgement judgement(Right right) {
    int[] truths = new int[120];
    double[][] probabilities = new double[120][2];
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < truths.length; i++) {
      truths[i] = i % 2;
      int answer = right.is(i) ? truths[i] : 1 - truths[i];
      probabilities[i][answer] = 1;
      answers.add(new Answer("same text", LABELS.get(truths[i]), LABELS.get(answer), 1));
    }
    return new Judgement(Scores.of(LABELS, truths, probabilities), answers);
  }
}
