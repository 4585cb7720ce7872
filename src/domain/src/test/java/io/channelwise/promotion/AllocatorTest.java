package io.channelwise.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Expected values by hand. */
class AllocatorTest {

  @Test
  void shouldFindTheClosedForm_withTwoChannelsAndTwoSegments() {
    // f(b) = ½ ln(0.2 + 0.6 b) + ½ ln(0.7 − 0.4 b); f' = 0 at 0.3 (0.7 − 0.4 b) = 0.2 (0.2 + 0.6
    // b),
    // that is b = 0.17 / 0.24.
    var solution =
        Allocator.solve(new double[] {0.5, 0.5}, new double[][] {{0.8, 0.2}, {0.3, 0.7}});

    double b = 0.17 / 0.24;
    assertThat(solution.shares()).containsExactly(new double[] {b, 1 - b}, within(1e-6));
    assertThat(solution.objective())
        .isEqualTo(0.5 * Math.log(0.2 + 0.6 * b) + 0.5 * Math.log(0.7 - 0.4 * b), within(1e-8));
    assertThat(solution.dualityGap()).isLessThanOrEqualTo(1e-8);
  }

  @Test
  void shouldShareLikeTheSegments_whenEachChannelHasItsOwn() {
    // Kelly's horse race: b = P whatever the attraction is.
    var solution =
        Allocator.solve(
            new double[] {2, 3, 5}, new double[][] {{0.9, 0, 0}, {0, 0.1, 0}, {0, 0, 0.4}});

    assertThat(solution.shares()).containsExactly(new double[] {0.2, 0.3, 0.5}, within(1e-9));
    assertThat(solution.dualityGap()).isLessThanOrEqualTo(1e-8);
  }

  @Test
  void shouldGiveAllToOneChannel_whenItIsBestAtEveryMixture() {
    // At b = (1, 0): g = (1, 0.9 · 0.2 / 0.8 + 0.1 · 0.7 / 0.3) = (1, 0.458): optimal.
    var solution =
        Allocator.solve(new double[] {0.9, 0.1}, new double[][] {{0.8, 0.2}, {0.3, 0.7}});

    assertThat(solution.shares()).containsExactly(1, 0);
    assertThat(solution.dualityGap()).isZero();
  }

  @Test
  void shouldLeaveOutSegmentsThatNobodyReaches() {
    var solution = Allocator.solve(new double[] {0.5, 0.5}, new double[][] {{0, 0}, {0, 0.3}});

    assertThat(solution.shares()).containsExactly(0, 1);
    assertThat(solution.objective()).isEqualTo(Math.log(0.3), within(1e-12));
  }

  @Test
  void shouldBeCertified_onRandomCases() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int channels = 1 + random.nextInt(8);
      int segments = 1 + random.nextInt(6);
      double[] weights = random.doubles(segments).toArray();
      double[][] r = new double[segments][];
      for (int u = 0; u < segments; u++) {
        r[u] = random.doubles(channels).map(x -> x * x + 1e-3).toArray();
      }

      var solution = Allocator.solve(weights, r);

      assertThat(Arrays.stream(solution.shares()).sum()).isEqualTo(1, within(1e-12));
      assertThat(Arrays.stream(solution.shares())).allMatch(b -> b >= 0);
      assertThat(solution.dualityGap()).isLessThanOrEqualTo(1e-6);
      double[] other = random.doubles(channels).toArray();
      double sum = Arrays.stream(other).sum();
      double objective = 0;
      double total = Arrays.stream(weights).sum();
      for (int u = 0; u < segments; u++) {
        double dot = 0;
        for (int c = 0; c < channels; c++) {
          dot += other[c] / sum * r[u][c];
        }
        objective += weights[u] / total * Math.log(dot);
      }
      assertThat(objective).isLessThanOrEqualTo(solution.objective() + solution.dualityGap());
    }
  }

  @Test
  void shouldRefuseWhatIsNoProblem() {
    assertThatThrownBy(() -> Allocator.solve(new double[0], new double[0][]))
        .hasMessageContaining("0 weights and 0 segments with 0 channels");
    assertThatThrownBy(() -> Allocator.solve(new double[] {1}, new double[][] {{-1, 1}}))
        .hasMessageContaining("negative, infinite or not a number");
    assertThatThrownBy(() -> Allocator.solve(new double[] {Double.NaN}, new double[][] {{1}}))
        .hasMessageContaining("not a number");
    assertThatThrownBy(() -> Allocator.solve(new double[] {1}, new double[][] {{0, 0}}))
        .hasMessageContaining("no segment with a positive weight");
  }
}
