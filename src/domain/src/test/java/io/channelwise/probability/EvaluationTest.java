package io.channelwise.probability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvaluationTest {

  /** By hand: four rows, of which one is ranked wrongly and one pair is tied. */
  @Test
  void shouldMeasureAsByHand() {
    double[] p = {0.9, 0.4, 0.4, 0.2};
    boolean[] bought = {true, true, false, false};

    Evaluation judged = Evaluation.of(p, bought, 0, 1);

    assertThat(judged.purchases()).isEqualTo(2);
    assertThat(judged.majority()).isEqualTo(0.5);
    assertThat(judged.accuracy().value()).isEqualTo(0.75);
    // Pairs: 0.9 above both, 0.4 above 0.2 and tied with 0.4.
    assertThat(judged.auc().value()).isEqualTo(3.5 / 4);
    assertThat(judged.logLoss().value())
        .isEqualTo(-(Math.log(0.9 * 0.4 * 0.6 * 0.8)) / 4, within(1e-12));
    assertThat(judged.brier().value()).isEqualTo((0.01 + 0.36 + 0.16 + 0.04) / 4, within(1e-12));
    // Four rows are a bin each: the gaps are 0.1, 0.6, 0.4 and 0.2.
    assertThat(judged.calibrationError().value()).isEqualTo(1.3 / 4, within(1e-12));
  }

  @Test
  void shouldBracketTheAccuracy_asTheBinomialDoes() {
    int n = 1000;
    double[] p = new double[n];
    boolean[] bought = new boolean[n];
    for (int i = 0; i < n; i++) {
      p[i] = i < 500 ? 0.9 : 0.1;
      bought[i] = i < 500 ? i % 10 != 0 : i % 10 == 0;
    }

    Evaluation.Measure accuracy = Evaluation.of(p, bought, 2000, 3).accuracy();

    // 0.9 ± 1.96 sqrt(0.9 * 0.1 / 1000)
    assertThat(accuracy.value()).isEqualTo(0.9);
    assertThat(accuracy.low()).isEqualTo(0.8814, within(0.003));
    assertThat(accuracy.high()).isEqualTo(0.9186, within(0.003));
  }

  /** One binary feature: the maximum has log-odds log(30/10) and log(5/15) without a penalty. */
  @Test
  void shouldFitLogOdds_inClosedForm() {
    double[][] rows = new double[60][];
    boolean[] bought = new boolean[60];
    for (int i = 0; i < 60; i++) {
      rows[i] = new double[] {i < 40 ? 1 : 0};
      bought[i] = i < 30 || i >= 55;
    }

    LogisticRegression fitted = LogisticRegression.learn(rows, bought, 1e-12);

    assertThat(fitted.score(new double[] {1})).isEqualTo(Math.log(3), within(1e-7));
    assertThat(fitted.score(new double[] {0})).isEqualTo(-Math.log(3), within(1e-7));
  }

  /** One tree of one split, rate 1: each leaf is start − G / (H + λ). */
  @Test
  void shouldGrowTheBestSplit_asByHand() {
    double[][] rows = {{1}, {2}, {3}, {4}};
    boolean[] bought = {false, false, true, true};

    BoostedTrees trees =
        BoostedTrees.learn(
            rows, bought, new BoostedTrees.Settings(1, 1, 1, 1.1, 0.5, 0, 1), () -> {});

    // p = 1/2 throughout: G = ±1, H = 2 * 1/4, so that the leaves are ∓1 / (0.5 + 0.5).
    assertThat(trees.score(new double[] {2})).isEqualTo(-1, within(1e-12));
    assertThat(trees.score(new double[] {2.5})).isEqualTo(1, within(1e-12));
  }
}
