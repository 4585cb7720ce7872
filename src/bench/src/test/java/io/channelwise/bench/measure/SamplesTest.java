package io.channelwise.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SamplesTest {

  /** numpy.percentile([3, 1, 4, 1, 5, 9, 2, 6], [25, 50, 75, 95]) = 1.75, 3.5, 5.25, 7.95. */
  @Test
  void shouldAgreeWithNumpy() {
    Samples samples = new Samples(new double[] {3, 1, 4, 1, 5, 9, 2, 6});

    assertThat(samples.percentile(25)).isCloseTo(1.75, within(1e-12));
    assertThat(samples.median()).isCloseTo(3.5, within(1e-12));
    assertThat(samples.p95()).isCloseTo(7.95, within(1e-12));
    assertThat(samples.spread()).isCloseTo(1.0, within(1e-12));
  }
}
