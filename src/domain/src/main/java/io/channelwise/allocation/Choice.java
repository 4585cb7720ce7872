package io.channelwise.allocation;

import java.util.Arrays;

/**
 * A problem in shares of its reference, as the solvers see it.
 *
 * @param f over all channels
 * @param floor (C)
 * @param least (C): least spend once chosen, at least the floor
 * @param cap (C): may be infinite
 * @param fixed (C): cost of choosing
 * @param optional (C): whether choosing is open; the others are chosen
 * @param budget the whole
 */
record Choice(
    Objective f,
    double[] floor,
    double[] least,
    double[] cap,
    double[] fixed,
    boolean[] optional,
    double budget) {

  static Choice of(AllocationProblem problem, Objective f) {
    double unit = problem.reference();
    return new Choice(
        f,
        problem.channels().stream().mapToDouble(t -> t.floor() / unit).toArray(),
        problem.channels().stream().mapToDouble(t -> t.least() / unit).toArray(),
        problem.channels().stream().mapToDouble(t -> t.cap() / unit).toArray(),
        problem.channels().stream().mapToDouble(t -> t.fixedCost() / unit).toArray(),
        optional(problem),
        problem.budget() / unit);
  }

  private static boolean[] optional(AllocationProblem problem) {
    boolean[] optional = new boolean[problem.channels().size()];
    for (int c = 0; c < optional.length; c++) {
      optional[c] = problem.channels().get(c).optional();
    }
    return optional;
  }

  int channels() {
    return floor.length;
  }

  boolean anyOptional() {
    for (boolean open : optional) {
      if (open) {
        return true;
      }
    }
    return false;
  }

  /** Same, with tighter bounds on optional channels. */
  Choice tightened(double[] newLeast, double[] newCap) {
    return new Choice(f, floor, newLeast, newCap, fixed, optional, budget);
  }

  /** The spends allowed when exactly these optional channels are chosen. */
  Relaxation chosen(boolean[] in) {
    int n = channels();
    double[] lower = new double[n];
    double[] upper = new double[n];
    double[] price = new double[n];
    Arrays.fill(price, 1);
    double left = budget;
    for (int c = 0; c < n; c++) {
      boolean used = in[c] || !optional[c];
      lower[c] = used ? least[c] : 0;
      upper[c] = used ? cap[c] : 0;
      // A channel without any floor and fixed cost costs nothing by itself.
      left -= used ? fixed[c] : 0;
    }
    return new Relaxation(lower, upper, price, left);
  }
}
