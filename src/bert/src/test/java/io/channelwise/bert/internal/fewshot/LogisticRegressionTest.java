package io.channelwise.bert.internal.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.internal.model.Torch;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Expected values: scikit-learn 1.2.1, LogisticRegression(C=0.5, tol=1e-10), bias centred. */
class LogisticRegressionTest {
  private static final double[][] ROWS = {
    {0.5, -1.2, 0.3}, {1.1, -0.7, 0.0}, {0.9, -1.5, -0.4}, {-0.8, 0.6, 1.0}, {-1.3, 0.2, 0.7},
    {-0.4, 0.9, 1.4}, {-0.9, 0.5, 0.6}, {0.1, 1.3, -1.1}, {0.4, 0.8, -1.6}, {0.2, 0.1, -0.2}
  };
  private static final int[] TRUTHS = {0, 0, 0, 1, 1, 1, 1, 2, 2, 2};

  @BeforeAll
  static void enter() {
    Torch.enter();
  }

  @Test
  void shouldEqualScikitLearn_whenClassesWeighTheirRows() {
    try (LogisticRegression regression = new LogisticRegression(ROWS, TRUTHS, 3, false)) {
      LinearHead head = regression.fit(0.5);

      requireClose(
          head.weights(),
          new double[][] {
            {0.465714, -0.694316, 0.017406},
            {-0.591368, 0.28405, 0.58867},
            {0.125654, 0.410266, -0.606075}
          });
      assertThat(centred(head.bias()))
          .containsExactly(new double[] {-0.087414, 0.087612, -0.000199}, within(5e-5));
      assertThat(head.logProbabilities(ROWS[0]))
          .containsExactly(new double[] {-0.378765, -1.73494, -1.974124}, within(5e-5));
    }
  }

  @Test
  void shouldEqualScikitLearn_whenClassesWeighTheSame() {
    int[] uneven = TRUTHS.clone();
    uneven[9] = 1;
    try (LogisticRegression regression = new LogisticRegression(ROWS, uneven, 3, true)) {
      LinearHead head = regression.fit(0.5);

      requireClose(
          head.weights(),
          new double[][] {
            {0.424731, -0.730085, 0.125284},
            {-0.485037, 0.189384, 0.545431},
            {0.060306, 0.540701, -0.670714}
          });
      assertThat(centred(head.bias()))
          .containsExactly(new double[] {0.023652, 0.253255, -0.276907}, within(5e-5));
    }
  }

  @Test
  void shouldFindTheSameHead_whenItComesFromAnotherStrength() {
    try (LogisticRegression straight = new LogisticRegression(ROWS, TRUTHS, 3, false);
        LogisticRegression around = new LogisticRegression(ROWS, TRUTHS, 3, false)) {
      around.fit(0.01);
      around.fit(3);

      requireClose(around.fit(0.5).weights(), straight.fit(0.5).weights());
    }
  }

  @Test
  void shouldKeepTheScores_whenTheScalingIsFoldedIntoTheHead() {
    double[][] shifted =
        Arrays.stream(ROWS)
            .map(row -> Arrays.stream(row).map(x -> 40 * x + 7).toArray())
            .toArray(double[][]::new);
    Scaling scaling = Scaling.of(shifted);
    double[][] scaled = scaling.apply(shifted);
    try (LogisticRegression regression = new LogisticRegression(scaled, TRUTHS, 3, false)) {
      LinearHead inner = regression.fit(1);
      LinearHead folded = scaling.unscaled(inner);

      double squares = Arrays.stream(scaled).flatMapToDouble(Arrays::stream).map(x -> x * x).sum();
      assertThat(squares / 30).isCloseTo(1, within(1e-12));
      for (int i = 0; i < ROWS.length; i++) {
        assertThat(folded.logProbabilities(shifted[i]))
            .containsExactly(inner.logProbabilities(scaled[i]), within(1e-12));
      }
    }
  }

  private static void requireClose(double[][] found, double[][] wanted) {
    for (int c = 0; c < wanted.length; c++) {
      assertThat(found[c]).containsExactly(wanted[c], within(5e-5));
    }
  }

  private static double[] centred(double[] bias) {
    double mean = Arrays.stream(bias).average().orElseThrow();
    return Arrays.stream(bias).map(b -> b - mean).toArray();
  }
}
