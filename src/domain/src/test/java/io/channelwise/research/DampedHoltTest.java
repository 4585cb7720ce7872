package io.channelwise.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * Expected values: the recursion written again in Python, its five parameters found by
 * scipy.optimize (L-BFGS-B from many starts, same bounds) or, with fixed constants, by numpy.
 */
class DampedHoltTest {
  /** The first years of Box and Jenkins' airline passengers. */
  private static final double[] PASSENGERS = {
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135
  };

  private static final double[] TURNING = {
    51.8, 53.9, 54.8, 55.0, 55.9, 55.5, 56.7, 59.0, 57.9, 57.9, 59.3, 59.9, 60.2, 59.1, 59.9, 61.1,
    58.8, 59.0, 56.3, 55.1, 52.3, 52.0, 48.9, 48.7
  };

  @Test
  void shouldFindTheLeastSquaresOfScipy() {
    DampedHolt found = DampedHolt.fit(TURNING);

    assertThat(found.squares()).isCloseTo(33.220232545898, within(1e-5));
    assertThat(found.alpha()).isCloseTo(0.42883, within(1e-3));
    assertThat(found.phi()).isCloseTo(0.89521, within(1e-3));
    assertThat(found.ahead(1)).isCloseTo(46.867422, within(1e-3));
    assertThat(found.ahead(4)).isCloseTo(43.937249, within(5e-3));
  }

  @Test
  void shouldFindTheLeastSquaresOfScipy_onTheEdgeOfItsRange() {
    DampedHolt found = DampedHolt.fit(PASSENGERS);

    assertThat(found.squares()).isCloseTo(1824.791446552076, within(1e-6));
    assertThat(found.alpha()).isEqualTo(0.99);
    assertThat(found.beta()).isZero();
    assertThat(found.phi()).isEqualTo(0.8);
    assertThat(found.ahead(4)).isCloseTo(135.67352, within(1e-4));
  }

  @Test
  void shouldFindFirstLevelAndTrendInClosedForm() {
    DampedHolt found = DampedHolt.smooth(PASSENGERS, 0.5, 0.1, 0.9);

    // numpy.linalg.lstsq on the errors, which are linear in both.
    assertThat(found.squares()).isCloseTo(2805.4531822891, within(1e-8));
    assertThat(found.level()).isCloseTo(133.09139238491088, within(1e-8));
    assertThat(found.trend()).isCloseTo(1.8176594534704429, within(1e-8));
    // Hyndman et al. (2008), table 6.1, variance of ETS(A,Ad,N) in closed form; t with 11 degrees.
    assertThat(found.halfWidth(4)).isCloseTo(53.90336145233465, within(1e-8));
  }

  @Test
  void shouldFollowALine_andFlattenBehindIt() {
    DampedHolt found = DampedHolt.fit(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});

    assertThat(found.ahead(1)).isBetween(10.5, 11.1);
    assertThat(found.ahead(3) - found.ahead(2)).isLessThan(found.ahead(2) - found.ahead(1));
  }

  @Test
  void shouldRefuseFewerValuesThanParameters() {
    assertThatThrownBy(() -> DampedHolt.fit(new double[] {1, 2, 3, 4}))
        .hasMessageContaining("bring at least 5");
  }
}
