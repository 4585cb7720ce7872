package io.channelwise.bert.internal.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {

  @Test
  void shouldFindTheBottom_whenTheValleyIsNarrow() {
    // Sum of 10^k (x_k - k)² / 2: steep in one direction, flat in another; the bottom by sight.
    double[] found =
        Lbfgs.minimise(
            (x, slope) -> {
              double value = 0;
              for (int k = 0; k < x.length; k++) {
                double weight = Math.pow(10, k);
                slope[k] = weight * (x[k] - k);
                value += weight * (x[k] - k) * (x[k] - k) / 2;
              }
              return value;
            },
            new double[6],
            1e-9);

    assertThat(found).containsExactly(new double[] {0, 1, 2, 3, 4, 5}, within(1e-8));
  }

  @Test
  void shouldFindTheBottom_whenTheFunctionIsNoParabola() {
    // log(cosh(x - 3)) is convex and nearly straight far away.
    double[] found =
        Lbfgs.minimise(
            (x, slope) -> {
              slope[0] = Math.tanh(x[0] - 3);
              return Math.log(Math.cosh(x[0] - 3));
            },
            new double[] {-20},
            1e-10);

    assertThat(found[0]).isCloseTo(3, within(1e-9));
  }
}
