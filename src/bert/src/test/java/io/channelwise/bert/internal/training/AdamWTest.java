package io.channelwise.bert.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.internal.model.Torch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdamWTest {

  /** Loss = sum of a·w² / 2 + sum of b·v² / 2, so the gradients are a·w and b·v. */
  @Test
  void shouldFollowThePublishedFormula_whenClippingAndDecayAreOn() {
    double[] w = {1, -2, 3};
    double[] v = {0.5, -0.5};
    double decay = 0.1;
    double clip = 1;
    Reference reference = new Reference(w, v);

    Torch.enter();
    try (NDManager manager = Torch.manager(Device.cpu())) {
      NDArray weight = manager.create(new float[] {1, -2, 3});
      NDArray bias = manager.create(new float[] {0.5f, -0.5f});
      Map<String, NDArray> parameters = new LinkedHashMap<>();
      parameters.put("x.weight", weight);
      parameters.put("x.bias", bias);
      try (AdamW optimizer = new AdamW(parameters, manager.newSubManager(), decay, clip)) {
        for (int step = 1; step <= 5; step++) {
          Torch.differentiate(() -> weight.square().sum().add(bias.square().sum()).div(2));
          double norm = optimizer.gradientNorm();
          optimizer.step(0.01, norm);
          assertThat(norm).isEqualTo(reference.step(step, 0.01, decay, clip), within(1e-5));
        }
        assertThat(optimizer.gradientNorm()).isZero();
      }
      for (int i = 0; i < w.length; i++) {
        assertThat((double) weight.toFloatArray()[i]).isEqualTo(w[i], within(1e-5));
      }
      for (int i = 0; i < v.length; i++) {
        assertThat((double) bias.toFloatArray()[i]).isEqualTo(v[i], within(1e-5));
      }
    }
  }

  /** AdamW by the book, in doubles. */
  private static final class Reference {
    private final double[][] values;
    private final double[][] means = {new double[3], new double[2]};
    private final double[][] squares = {new double[3], new double[2]};

    Reference(double[] w, double[] v) {
      values = new double[][] {w, v};
    }

    double step(int step, double rate, double decay, double clip) {
      double norm = 0;
      for (double[] group : values) {
        for (double x : group) {
          norm += x * x;
        }
      }
      norm = Math.sqrt(norm);
      for (int g = 0; g < 2; g++) {
        for (int i = 0; i < values[g].length; i++) {
          double gradient = values[g][i] / Math.max(1, norm / clip);
          means[g][i] = 0.9 * means[g][i] + 0.1 * gradient;
          squares[g][i] = 0.999 * squares[g][i] + 0.001 * gradient * gradient;
          double mean = means[g][i] / (1 - Math.pow(0.9, step));
          double square = squares[g][i] / (1 - Math.pow(0.999, step));
          values[g][i] *= 1 - rate * (g == 0 ? decay : 0);
          values[g][i] -= rate * mean / (Math.sqrt(square) + 1e-8);
        }
      }
      return norm;
    }
  }
}
