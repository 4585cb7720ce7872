package io.channelwise.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HypervolumeTest {
  private static final double[] ORIGIN = new double[3];

  @Test
  void shouldGiveTheVolumeOfNumPy() {
    // Inclusion and exclusion over the boxes of five points, by NumPy: 13.75.
    List<double[]> points =
        List.of(
            new double[] {3, 1, 2},
            new double[] {1, 3, 2},
            new double[] {2, 2, 1},
            new double[] {1, 1, 4},
            new double[] {0.5, 2.5, 3});

    assertThat(Hypervolume.of(points, ORIGIN)).isCloseTo(13.75, within(1e-12));
    // No point lies above it in all three.
    assertThat(Hypervolume.of(points, new double[] {1, 1, 1})).isZero();
    assertThat(Hypervolume.of(List.of(), ORIGIN)).isZero();
  }

  /** Cells of a 12 × 12 × 12 grid whose far corner some point reaches. */
  private static int cells(List<double[]> points) {
    int count = 0;
    for (int cell = 0; cell < 12 * 12 * 12; cell++) {
      int x = cell / 144 + 1;
      int y = cell / 12 % 12 + 1;
      int z = cell % 12 + 1;
      count += points.stream().anyMatch(p -> p[0] >= x && p[1] >= y && p[2] >= z) ? 1 : 0;
    }
    return count;
  }

  @Test
  void shouldCountTheCells_ofPointsOnAGrid_inAnyOrder() {
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < 1 + seed; i++) {
        points.add(new double[] {random.nextInt(13), random.nextInt(13), random.nextInt(13)});
      }
      double volume = Hypervolume.of(points, ORIGIN);
      Collections.shuffle(points, new Random(seed));

      assertThat(volume).as("seed %d", seed).isCloseTo(cells(points), within(1e-9));
      assertThat(Hypervolume.of(points, ORIGIN)).isCloseTo(volume, within(1e-9));
    }
  }

  @Test
  void shouldPutTheReferenceATenthBelowTheWorst() {
    assertThat(Hypervolume.reference(List.of(new double[] {1, 10, 5}, new double[] {2, 0, 5})))
        .containsExactly(new double[] {0.9, -1, 4.5}, within(1e-12));
  }
}
