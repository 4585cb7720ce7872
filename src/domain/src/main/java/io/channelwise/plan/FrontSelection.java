package io.channelwise.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The few plans of a front that a person is shown. Objectives are scaled to 0..1 over the front.
 *
 * <p>The knee is the plan nearest the ideal point, which is best in every objective: the one whose
 * worst scaled objective is best, ties by their sum (Yu 1973, A class of solutions for group
 * decision problems, in the maximum norm). A sum alone would recommend a plan that earns nothing
 * where the other two objectives make up for it. Then come the best of each objective, then always
 * the plan farthest from those chosen (Gonzalez 1985).
 */
final class FrontSelection {
  /** Weight of the sum beside the worst objective: enough to break ties for the better plan. */
  private static final double AUGMENTATION = 1e-3;

  private FrontSelection() {}

  /**
   * @param front nondominated, not empty
   * @return up to {@code max} plans, the knee first
   */
  static List<ScoredPlan> spread(List<ScoredPlan> front, int max) {
    double[][] scaled = scaled(front);
    List<Integer> chosen = new ArrayList<>();
    chosen.add(argMax(front.size(), i -> worst(scaled[i]) + AUGMENTATION * sum(scaled[i])));
    for (int objective = 0; objective < 3 && chosen.size() < max; objective++) {
      int dimension = objective;
      int best = argMax(front.size(), i -> scaled[i][dimension]);
      if (!chosen.contains(best)) {
        chosen.add(best);
      }
    }
    double[] nearest = new double[front.size()];
    for (int i = 0; i < nearest.length; i++) {
      nearest[i] = Double.POSITIVE_INFINITY;
      for (int c : chosen) {
        nearest[i] = Math.min(nearest[i], distance(scaled[c], scaled[i]));
      }
    }
    while (chosen.size() < Math.min(max, front.size())) {
      int next = argMax(front.size(), i -> nearest[i]);
      chosen.add(next);
      for (int i = 0; i < nearest.length; i++) {
        nearest[i] = Math.min(nearest[i], distance(scaled[next], scaled[i]));
      }
    }
    return chosen.stream().map(front::get).toList();
  }

  /** The knee of the front. */
  static ScoredPlan knee(List<ScoredPlan> front) {
    return spread(front, 1).get(0);
  }

  /**
   * The plan of the front nearest a wish: the one whose worst shortfall, in parts of the
   * objective's range over the front, is least (the augmented achievement function of Wierzbicki
   * 1980, The use of reference objectives in multiobjective optimization). A wish that can be
   * exceeded is, as evenly as can be; an objective not wished for only breaks ties.
   *
   * @param front nondominated, not empty
   */
  static ScoredPlan nearest(List<ScoredPlan> front, PlanWish wish) {
    double[][] range = range(front);
    Double[] wished = wish.values();
    int best =
        argMax(
            front.size(),
            i -> {
              double worst = Double.POSITIVE_INFINITY;
              double sum = 0;
              for (int o = 0; o < 3; o++) {
                double span = range[1][o] > range[0][o] ? range[1][o] - range[0][o] : 1;
                double value = front.get(i).objectives()[o];
                if (wished[o] != null) {
                  worst = Math.min(worst, (value - wished[o]) / span);
                }
                sum += (value - range[0][o]) / span;
              }
              return worst + AUGMENTATION * sum;
            });
    return front.get(best);
  }

  private interface Measure {
    double of(int index);
  }

  /** The first index of the largest value. */
  private static int argMax(int size, Measure measure) {
    int best = 0;
    double most = measure.of(0);
    for (int i = 1; i < size; i++) {
      double value = measure.of(i);
      if (value > most) {
        best = i;
        most = value;
      }
    }
    return best;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  /** Worst, then best value of each objective. */
  static double[][] range(List<ScoredPlan> front) {
    double[][] range = new double[2][3];
    for (int objective = 0; objective < 3; objective++) {
      int o = objective;
      range[0][o] = front.stream().mapToDouble(p -> p.objectives()[o]).min().orElseThrow();
      range[1][o] = front.stream().mapToDouble(p -> p.objectives()[o]).max().orElseThrow();
    }
    return range;
  }

  private static double[][] scaled(List<ScoredPlan> front) {
    double[][] range = range(front);
    double[][] scaled = new double[front.size()][];
    for (int i = 0; i < scaled.length; i++) {
      double[] values = front.get(i).objectives();
      for (int o = 0; o < 3; o++) {
        double span = range[1][o] - range[0][o];
        values[o] = span > 0 ? (values[o] - range[0][o]) / span : 0;
      }
      scaled[i] = values;
    }
    return scaled;
  }

  /**
   * Thins a front: of each box of a grid over the objectives the plan nearest its best corner. The
   * best of each objective and the knee stay.
   *
   * @param boxes of the grid along each objective
   */
  static List<ScoredPlan> thinned(List<ScoredPlan> front, int boxes) {
    double[][] scaled = scaled(front);
    Map<List<Integer>, Integer> best = new TreeMap<>(boxOrder());
    for (int i = 0; i < scaled.length; i++) {
      List<Integer> box = new ArrayList<>();
      for (double value : scaled[i]) {
        box.add((int) Math.min(boxes - 1.0, Math.floor(value * boxes)));
      }
      best.merge(box, i, (a, b) -> sum(scaled[b]) > sum(scaled[a]) ? b : a);
    }
    Set<Integer> kept = new TreeSet<>(best.values());
    spread(front, 4).forEach(p -> kept.add(front.indexOf(p)));
    return kept.stream().map(front::get).toList();
  }

  private static double worst(double[] values) {
    return Math.min(values[0], Math.min(values[1], values[2]));
  }

  private static double sum(double[] values) {
    return values[0] + values[1] + values[2];
  }

  private static Comparator<List<Integer>> boxOrder() {
    return Comparator.comparing((List<Integer> b) -> b.get(0))
        .thenComparing(b -> b.get(1))
        .thenComparing(b -> b.get(2));
  }
}
