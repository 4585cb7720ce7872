package io.channelwise.attribution;

import java.util.Arrays;

/**
 * The solution of x = Q x + r of a large sparse absorbing chain between two bounds.
 *
 * <p>Gauss–Seidel sweeps from x = 0 can only rise and from x = 1 only fall towards the solution,
 * because Q is not negative (a regular splitting: Varga 2000, Matrix Iterative Analysis, section
 * 3.6); the distance between the two is a proven bound of the error, whatever the chain. Not
 * thread-safe.
 */
final class BracketSweeps {
  private static final double GAP = 1e-14;
  private static final int SWEEPS_MAX = 20_000;
  private static final double CHANGE = 1e-9;
  private static final int WARM_SWEEPS_MAX = 500;

  private final TransitionGraph graph;
  private final int[] target;
  private final double[] steps;
  private final double[] converting;
  private final double[] leaving;

  /**
   * @param probabilities of the steps of the graph
   * @param worth (states): what a purchase from each state counts for, 0..1; null for 1 throughout
   */
  BracketSweeps(TransitionGraph graph, double[] probabilities, double[] worth) {
    int n = graph.states();
    this.graph = graph;
    this.target = graph.target().clone();
    this.steps = probabilities.clone();
    this.converting = new double[n];
    this.leaving = new double[n];
    for (int s = 0; s < n; s++) {
      for (int e = graph.rowStart()[s]; e < graph.rowStart()[s + 1]; e++) {
        leaving[s] += target[e] == s ? 0 : steps[e];
        if (target[e] == TransitionGraph.CONVERTED) {
          converting[s] = worth == null ? steps[e] : worth[s] * steps[e];
        }
        if (target[e] < 0 || target[e] == s) {
          // Ends and loops are in the sums above: as a step each leads nowhere.
          steps[e] = 0;
          target[e] = n;
        }
      }
    }
  }

  /**
   * @param value in the middle between the bounds
   * @param error half their distance
   */
  record Bracket(double value, double error) {}

  /** Room for a solution: one a state and one for nowhere. */
  double[] room() {
    return new double[graph.states() + 1];
  }

  /**
   * What a path from the start is worth: the probability that it converts, where purchases count
   * for 1.
   *
   * @param removed a channel; who would touch it is lost; -1 for none
   * @param solution {@link #room()}; receives the probability from each state
   */
  Bracket conversion(int removed, double[] solution) {
    double[] left = without(removed);
    double[] high = room();
    Arrays.fill(high, 0, graph.states(), 1);
    Arrays.fill(solution, 0);
    for (int sweep = 0; sweep < SWEEPS_MAX && high[0] - solution[0] > GAP; sweep++) {
      sweep(left, solution);
      sweep(left, high);
    }
    double gap = Math.max(0, high[0] - solution[0]);
    return new Bracket(solution[0] + gap / 2, gap / 2);
  }

  /**
   * The same from a solution of a chain much like this one, until a sweep changes little; for
   * resamples, whose own spread is far larger than what is left.
   *
   * @param x where to begin; becomes the solution
   * @return NaN when the sweeps still move: paths that go to and fro for long are solved slowly
   */
  double warm(int removed, double[] x) {
    double[] left = without(removed);
    double change = 1;
    for (int sweep = 0; sweep < WARM_SWEEPS_MAX && change > CHANGE; sweep++) {
      change = sweep(left, x);
    }
    return change > CHANGE ? Double.NaN : x[0];
  }

  /** The steps that are left; states behind the others are reached no more and do no harm. */
  private double[] without(int removed) {
    if (removed < 0) {
      return steps;
    }
    double[] left = steps.clone();
    for (int e = 0; e < left.length; e++) {
      left[e] = graph.channel()[e] == removed ? 0 : left[e];
    }
    return left;
  }

  /** One pass, the last states first; returns the largest change. */
  private double sweep(double[] left, double[] x) {
    int[] rowStart = graph.rowStart();
    double change = 0;
    for (int s = graph.states() - 1; s >= 0; s--) {
      double sum = converting[s];
      for (int e = rowStart[s]; e < rowStart[s + 1]; e++) {
        sum += left[e] * x[target[e]];
      }
      double next = leaving[s] > 0 ? sum / leaving[s] : 0;
      change = Math.max(change, Math.abs(next - x[s]));
      x[s] = next;
    }
    return change;
  }
}
