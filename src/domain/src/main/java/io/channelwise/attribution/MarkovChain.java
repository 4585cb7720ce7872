package io.channelwise.attribution;

import java.util.stream.IntStream;

/**
 * Removal effects: what share of the purchases, or of their revenue, would be lost without a
 * channel (Anderl, Becker, von Wangenheim, Schumann 2016).
 *
 * <p>Removing a channel loses every path at the touch of it. The probability x of a purchase from
 * each state solves x = Q x + r, Q the steps between states and r the steps into a purchase; it is
 * solved once with all channels and once without each.
 */
final class MarkovChain {
  private final TransitionGraph graph;
  private final double conversion;
  private final double[] without;
  private final double errorBound;
  private final double[][] solutions;

  private MarkovChain(
      TransitionGraph graph,
      double conversion,
      double[] without,
      double errorBound,
      double[][] solutions) {
    this.graph = graph;
    this.conversion = conversion;
    this.without = without;
    this.errorBound = errorBound;
    this.solutions = solutions;
  }

  /**
   * @param probabilities of the steps of the graph
   * @param worth (states): what a purchase from each state counts for, 0..1; null for 1 throughout
   */
  static MarkovChain of(TransitionGraph graph, double[] probabilities, double[] worth) {
    int systems = graph.channels() + 1;
    double[][] solutions = new double[systems][];
    double[] values = new double[systems];
    double[] errors = new double[systems];
    boolean direct = graph.states() <= StateElimination.STATES_MAX;
    BracketSweeps sweeps = new BracketSweeps(graph, probabilities, worth);
    IntStream.range(0, systems)
        .parallel()
        .forEach(
            i -> {
              solutions[i] = sweeps.room();
              if (direct) {
                // Close enough to begin a resample with; the value itself is exact.
                sweeps.warm(i - 1, solutions[i]);
                values[i] = StateElimination.conversion(graph, probabilities, worth, i - 1);
                errors[i] = StateElimination.ERROR_BOUND;
              } else {
                BracketSweeps.Bracket bracket = sweeps.conversion(i - 1, solutions[i]);
                values[i] = bracket.value();
                errors[i] = bracket.error() + StateElimination.ERROR_BOUND;
              }
            });
    double[] without = new double[graph.channels()];
    System.arraycopy(values, 1, without, 0, without.length);
    double error = 0;
    for (double e : errors) {
      error = Math.max(error, e);
    }
    return new MarkovChain(graph, values[0], without, error, solutions);
  }

  double conversion() {
    return conversion;
  }

  int states() {
    return graph.states();
  }

  double errorBound() {
    return errorBound;
  }

  /** Removal effect of each channel, 0..1. */
  double[] effects() {
    return effects(conversion, without);
  }

  /** Removal effects of a resample, from this chain's solutions on. */
  double[] effects(double[] probabilities, double[] worth) {
    BracketSweeps sweeps = new BracketSweeps(graph, probabilities, worth);
    double[] left = new double[without.length];
    for (int c = 0; c < left.length; c++) {
      left[c] = resampled(sweeps, probabilities, worth, c);
    }
    return effects(resampled(sweeps, probabilities, worth, -1), left);
  }

  private double resampled(
      BracketSweeps sweeps, double[] probabilities, double[] worth, int removed) {
    double near = sweeps.warm(removed, solutions[removed + 1].clone());
    if (!Double.isNaN(near)) {
      return near;
    }
    return graph.states() <= StateElimination.STATES_MAX
        ? StateElimination.conversion(graph, probabilities, worth, removed)
        : sweeps.conversion(removed, sweeps.room()).value();
  }

  private static double[] effects(double all, double[] without) {
    double[] effects = new double[without.length];
    for (int c = 0; c < effects.length && all > 0; c++) {
      effects[c] = Math.min(1, Math.max(0, 1 - without[c] / all));
    }
    return effects;
  }
}
