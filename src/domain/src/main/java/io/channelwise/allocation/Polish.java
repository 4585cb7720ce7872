package io.channelwise.allocation;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Ends an interior point where it was heading: spends that vanish become zero, spends at a bound
 * lie on it, and Newton's method under the limit finds the others to the last digits.
 */
final class Polish {
  private static final int STEPS_MAX = 8;
  private static final double GAP_GOOD = 1e-11;
  private static final double RIDGE = 1e-13;
  private static final double SMALL = 1e-5;

  private Polish() {}

  /** The polished point, or the given one where that is better. */
  static Point of(Objective f, Relaxation area, Point inner, double lambda) {
    double[] x = inner.x().clone();
    boolean[] bound = new boolean[x.length];
    for (int c = 0; c < x.length; c++) {
      double loss = lambda * area.price()[c] - inner.gradient()[c];
      double below = x[c] - area.lower()[c];
      double above = area.upper()[c] - x[c];
      if (below <= 0 || (below < SMALL && below < loss)) {
        bound[c] = true;
        x[c] = area.lower()[c];
      } else if (above <= 0 || (above < SMALL && above < -loss)) {
        bound[c] = true;
        x[c] = area.upper()[c];
      }
    }
    int[] free = IntStream.range(0, x.length).filter(c -> !bound[c]).toArray();
    Point best = inner;
    for (int step = 1; step <= STEPS_MAX && free.length > 0; step++) {
      if (!newton(f, area, x, free)) {
        break;
      }
      double[] z = f.reach(x);
      double value = f.value(z);
      if (!Double.isFinite(value)) {
        break;
      }
      double[] g = f.gradient(x, z);
      double gap = area.gap(x, g, f.segments());
      boolean better = gap < best.gap() || (best == inner && gap <= GAP_GOOD);
      if (!better) {
        break;
      }
      best = new Point(x.clone(), value, gap, g, inner.steps() + step);
    }
    return best;
  }

  /** One step under price · x = limit; false when it leaves the bounds. */
  private static boolean newton(Objective f, Relaxation area, double[] x, int[] free) {
    int n = free.length;
    double[] z = f.reach(x);
    double[] g = f.gradient(x, z);
    DMatrixRMaj matrix = new DMatrixRMaj(n, n);
    f.curvature(x, z, free, matrix);
    double trace = IntStream.range(0, n).mapToDouble(i -> matrix.get(i, i)).sum();
    DMatrixRMaj right = new DMatrixRMaj(n, 2);
    for (int i = 0; i < n; i++) {
      // Channels that are alike make the matrix singular; the ridge splits evenly between them.
      matrix.add(i, i, RIDGE * trace);
      right.set(i, 0, g[free[i]]);
      right.set(i, 1, area.price()[free[i]]);
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(n);
    DMatrixRMaj solved = new DMatrixRMaj(n, 2);
    if (!solver.setA(matrix)) {
      return false;
    }
    solver.solve(right, solved);
    double missing = area.limit();
    for (int c = 0; c < x.length; c++) {
      missing -= area.price()[c] * x[c];
    }
    double along = 0;
    double across = 0;
    for (int i = 0; i < n; i++) {
      along += area.price()[free[i]] * solved.get(i, 0);
      across += area.price()[free[i]] * solved.get(i, 1);
    }
    double multiplier = (along - missing) / across;
    for (int i = 0; i < n; i++) {
      int c = free[i];
      x[c] += solved.get(i, 0) - multiplier * solved.get(i, 1);
      if (!(x[c] >= area.lower()[c] && x[c] <= area.upper()[c])) {
        return false;
      }
    }
    return true;
  }
}
