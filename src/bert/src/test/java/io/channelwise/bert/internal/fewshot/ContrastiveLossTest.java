package io.channelwise.bert.internal.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.internal.model.Torch;
import org.junit.jupiter.api.Test;

class ContrastiveLossTest {

  /** Expected values: equation 2 of Khosla et al. summed term by term in Python's torch 1.13. */
  @Test
  void shouldEqualTheFormula_whenClassesAreUneven() {
    float[] vectors = {1, 2, .5f, .3f, -1, 2, 1.5f, 1, -1, .2f, .1f, 1.2f, -1, .4f, .8f};
    float[] slopes = {
      0.444301f, -0.143445f, -0.314823f,
      -0.108536f, 0.014685f, 0.023623f,
      0.112449f, -0.101558f, 0.067115f,
      -0.4476f, 0.456727f, 0.036539f,
      -0.083419f, -1.231488f, 0.51147f
    };
    Torch.enter();
    try (NDManager scope = Torch.manager(Device.cpu())) {
      NDArray rows = scope.create(vectors, new Shape(5, 3));
      rows.setRequiresGradient(true);

      NDArray loss =
          Torch.differentiate(
              () -> ContrastiveLoss.of(rows, new int[] {0, 1, 0, 1, 0}, 0.2, scope));

      assertThat((double) loss.getFloat()).isCloseTo(1.9438459, within(1e-5));
      assertThat(rows.getGradient().toFloatArray()).containsExactly(slopes, within(1e-5f));
    }
  }

  /** Two classes of two equal vectors at right angles: log(1 + 2 exp(-1/t)) by hand. */
  @Test
  void shouldEqualHandArithmetic_whenClassesAreApart() {
    Torch.enter();
    try (NDManager scope = Torch.manager(Device.cpu())) {
      NDArray rows = scope.create(new float[] {2, 0, 3, 0, 0, 1, 0, 5}, new Shape(4, 2));

      NDArray loss = ContrastiveLoss.of(rows, new int[] {0, 0, 1, 1}, 0.5, scope);

      assertThat((double) loss.getFloat()).isCloseTo(Math.log(1 + 2 * Math.exp(-2)), within(1e-6));
    }
  }
}
