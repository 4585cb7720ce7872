package io.channelwise.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The few plans of a front that a person is shown. Objectives are scaled to 0..1 over the front.
 *
 * <p>The knee, where giving up a little of one objective gains least of the others, is the plan
 * farthest from the plane through the ends of the scales: the largest sum of scaled objectives (Das
 * 1999, On characterizing the "knee" of the Pareto curve). Then come the best of each objective,
 * then always the plan farthest from those chosen (Gonzalez 1985).
 */
final class FrontSelection {
  private FrontSelection() {}

  /**
   * @param front nondominated, not empty
   * @return up to {@code max} plans, the knee first
   */
  static List<ScoredPlan> spread(List<ScoredPlan> front, int max) {
    double[][] scaled = scaled(front);
    List<Integer> chosen = new ArrayList<>();
    chosen.add(argMax(front.size(), i -> scaled[i][0] + scaled[i][1] + scaled[i][2]));
    for (int objective = 0; objective < 3 && chosen.size() < max; objective++) {
      int dimension = objective;
      int best = argMax(front.size(), i -> scaled[i][dimension]);
      if (!chosen.contains(best)) {
        chosen.add(best);
      }
    }
    while (chosen.size() < Math.min(max, front.size())) {
      chosen.add(argMax(front.size(), i -> distanceToChosen(scaled, chosen, i)));
    }
    return chosen.stream().map(front::get).toList();
  }

  private interface Measure {
    double of(int index);
  }

  /** The first index of the largest value. */
  private static int argMax(int size, Measure measure) {
    int best = 0;
    for (int i = 1; i < size; i++) {
      if (measure.of(i) > measure.of(best)) {
        best = i;
      }
    }
    return best;
  }

  private static double distanceToChosen(double[][] scaled, List<Integer> chosen, int i) {
    return chosen.stream()
        .map(c -> distance(scaled[c], scaled[i]))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private static double[][] scaled(List<ScoredPlan> front) {
    double[][] scaled = new double[front.size()][3];
    for (int objective = 0; objective < 3; objective++) {
      int o = objective;
      double min = front.stream().mapToDouble(p -> p.objectives()[o]).min().orElseThrow();
      double max = front.stream().mapToDouble(p -> p.objectives()[o]).max().orElseThrow();
      for (int i = 0; i < front.size(); i++) {
        scaled[i][o] = max > min ? (front.get(i).objectives()[o] - min) / (max - min) : 0;
      }
    }
    return scaled;
  }
}
