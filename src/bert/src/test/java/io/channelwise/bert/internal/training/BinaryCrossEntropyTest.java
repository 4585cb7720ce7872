package io.channelwise.bert.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.internal.model.Torch;
import org.junit.jupiter.api.Test;

/** By hand: two texts, two labels; the first text has label 0, the second both. */
class BinaryCrossEntropyTest {
  private static final int[][] TRUTHS = {{0}, {0, 1}};
  private static final float[] LOGITS = {2, -1, -3, 0.5f};

  @Test
  void shouldBeTheMeanOverTextsAndLabels_whenNothingIsAsked() {
    double expected = (-ln(sigmoid(2)) - ln(sigmoid(1)) - ln(sigmoid(-3)) - ln(sigmoid(0.5))) / 4;
    assertThat(loss(new BinaryCrossEntropy(2, TRUTHS, 0, false), 0, 1))
        .isCloseTo(expected, within(1e-6));
  }

  @Test
  void shouldMoveTheTargets_whenSmoothed() {
    // Targets 0.9 and 0.1.
    double expected = (cost(2, 0.9) + cost(-1, 0.1) + cost(-3, 0.9) + cost(0.5, 0.9)) / 4;
    assertThat(loss(new BinaryCrossEntropy(2, TRUTHS, 0.2, false), 0, 1))
        .isCloseTo(expected, within(1e-6));
  }

  /** Four texts, one with the label: it weighs 4 / (2 × 1), the others 4 / (2 × 3). */
  @Test
  void shouldWeighBothSidesAlike_whenBalanced() {
    BinaryCrossEntropy balanced = new BinaryCrossEntropy(1, new int[][] {{0}, {}, {}, {}}, 0, true);
    Torch.enter();
    try (NDManager manager = Torch.manager(Device.cpu())) {
      int[] all = {0, 1, 2, 3};
      float found =
          balanced
              .loss(manager, all, all, 9)
              .apply(manager.create(new float[] {1, 0, -2, 3}, new Shape(4, 1)))
              .getFloat();
      double expected = (2 * cost(1, 1) + 2 / 3.0 * (cost(0, 0) + cost(-2, 0) + cost(3, 0))) / 4;
      assertThat(found).isCloseTo((float) expected, within(1e-6f));
    }
  }

  /** Else a step with the rare label would look as if the training ran away. */
  @Test
  void shouldCostTheSameToGuess_inEveryStep_whenBalanced() {
    int[][] truths = new int[1000][0];
    truths[7] = new int[] {0};
    BinaryCrossEntropy balanced = new BinaryCrossEntropy(1, truths, 0, true);
    Torch.enter();
    try (NDManager manager = Torch.manager(Device.cpu())) {
      for (int[] step : new int[][] {{7, 1}, {1, 2}}) {
        float found =
            balanced.loss(manager, step, step, 9).apply(manager.zeros(new Shape(2, 1))).getFloat();
        assertThat(found).isCloseTo((float) balanced.ofGuessing(), within(1e-6f));
      }
    }
  }

  @Test
  void shouldCountALabelOnce_whenATextNamesItTwice() {
    int[][] twice = {{0, 0}, {0, 1}};
    assertThat(loss(new BinaryCrossEntropy(2, twice, 0, true), 0, 1))
        .isEqualTo(loss(new BinaryCrossEntropy(2, TRUTHS, 0, true), 0, 1));
  }

  @Test
  void shouldStayFinite_whenTheModelIsSureAndWrong() {
    Torch.enter();
    try (NDManager manager = Torch.manager(Device.cpu())) {
      int[] one = {0};
      float found =
          new BinaryCrossEntropy(1, new int[][] {{}}, 0, false)
              .loss(manager, one, one, 9)
              .apply(manager.create(new float[] {500}, new Shape(1, 1)))
              .getFloat();
      assertThat(found).isEqualTo(500);
    }
  }

  private static double loss(BinaryCrossEntropy objective, int... batch) {
    Torch.enter();
    try (NDManager manager = Torch.manager(Device.cpu())) {
      return objective
          .loss(manager, batch, batch, 9)
          .apply(manager.create(LOGITS, new Shape(2, 2)))
          .getFloat();
    }
  }

  private static double cost(double logit, double target) {
    return -target * ln(sigmoid(logit)) - (1 - target) * ln(sigmoid(-logit));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double ln(double x) {
    return Math.log(x);
  }
}
