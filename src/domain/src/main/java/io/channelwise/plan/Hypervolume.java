package io.channelwise.plan;

import java.util.Comparator;
import java.util.List;

/**
 * Volume of what a set of points dominates: Zitzler, E. and Thiele, L. (1999), Multiobjective
 * evolutionary algorithms. Three objectives, each to be maximised; by slices along the third, O(n
 * log n): Beume, N. et al. (2009), On the complexity of computing the hypervolume indicator.
 */
final class Hypervolume {
  /** How far below the worst of a front its reference point lies, in parts of the range. */
  private static final double BELOW = 0.1;

  private Hypervolume() {}

  /**
   * @param points of three values each
   * @param reference only what lies above it in all three counts
   */
  static double of(List<double[]> points, double[] reference) {
    List<double[]> above =
        points.stream()
            .map(p -> new double[] {p[0] - reference[0], p[1] - reference[1], p[2] - reference[2]})
            .filter(p -> p[0] > 0 && p[1] > 0 && p[2] > 0)
            .sorted(Comparator.comparingDouble((double[] p) -> -p[2]))
            .toList();
    Staircase slice = new Staircase();
    double volume = 0;
    for (int i = 0; i < above.size(); i++) {
      slice.add(above.get(i)[0], above.get(i)[1]);
      double next = i + 1 < above.size() ? above.get(i + 1)[2] : 0;
      volume += slice.area() * (above.get(i)[2] - next);
    }
    return volume;
  }

  /**
   * The point that hypervolumes of fronts like this one are measured from: of each objective the
   * worst on the front less a tenth of its range, so that the ends of the front count too
   * (Ishibuchi, H. et al. (2018), How to specify a reference point in hypervolume calculation).
   *
   * @param points not empty
   */
  static double[] reference(List<double[]> points) {
    double[] reference = new double[3];
    for (int i = 0; i < 3; i++) {
      int o = i;
      double least = points.stream().mapToDouble(p -> p[o]).min().orElseThrow();
      double most = points.stream().mapToDouble(p -> p[o]).max().orElseThrow();
      double range = most > least ? most - least : Math.max(Math.abs(most), 1e-9);
      reference[i] = least - BELOW * range;
    }
    return reference;
  }
}
