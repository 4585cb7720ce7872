package io.channelwise.attribution;

/**
 * The exact solution of the linear system x = Q x + r of an absorbing chain, for its start.
 *
 * <p>States are eliminated one by one, the probability of passing them spread over the steps around
 * them (Grassmann, Taksar, Heyman 1985, doi:10.1287/opre.33.5.1107). It is Gaussian elimination of
 * (I − Q) x = r that never subtracts, so that the answer keeps nearly all digits however rarely the
 * chain ends. O(n³) time, O(n²) memory.
 */
final class StateElimination {
  /** Above it, sweeps over the sparse system are faster. */
  static final int STATES_MAX = 600;

  /** Rounding of the sums of a solution, generously; it grows slowly with the states. */
  static final double ERROR_BOUND = 1e-14;

  private StateElimination() {}

  /**
   * What a path from the start is worth: the probability that it converts, where purchases count
   * for 1.
   *
   * @param probabilities of the steps of the graph
   * @param worth (states): what a purchase from each state counts for, 0..1; null for 1 throughout
   * @param removed a channel; who would touch it is lost; -1 for none
   */
  static double conversion(
      TransitionGraph graph, double[] probabilities, double[] worth, int removed) {
    int n = graph.states();
    double[][] p = matrix(graph, probabilities, worth, removed);
    for (int k = n - 1; k > 0; k--) {
      double[] row = p[k];
      double leaving = row[n] + row[n + 1];
      for (int j = 0; j < k; j++) {
        leaving += row[j];
      }
      for (int i = 0; leaving > 0 && i < k; i++) {
        double[] before = p[i];
        double factor = before[k] / leaving;
        if (factor > 0) {
          for (int j = 0; j < k; j++) {
            before[j] += factor * row[j];
          }
          before[n] += factor * row[n];
          before[n + 1] += factor * row[n + 1];
        }
      }
    }
    double ended = p[0][n] + p[0][n + 1];
    return ended > 0 ? p[0][n] / ended : 0;
  }

  /** (states, states + 2): steps between states, then conversion and loss. */
  private static double[][] matrix(
      TransitionGraph graph, double[] probabilities, double[] worth, int removed) {
    int n = graph.states();
    double[][] p = new double[n][n + 2];
    int[] rowStart = graph.rowStart();
    for (int s = 0; s < n; s++) {
      for (int e = rowStart[s]; e < rowStart[s + 1]; e++) {
        int to = graph.target()[e];
        if (to == TransitionGraph.CONVERTED) {
          // A purchase that counts for a part is one that counts only sometimes.
          double part = worth == null ? 1 : worth[s];
          p[s][n] += part * probabilities[e];
          p[s][n + 1] += (1 - part) * probabilities[e];
        } else if (to == TransitionGraph.LOST || graph.channel()[e] == removed) {
          p[s][n + 1] += probabilities[e];
        } else {
          p[s][to] += probabilities[e];
        }
      }
    }
    return p;
  }
}
