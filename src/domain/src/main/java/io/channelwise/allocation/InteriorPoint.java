package io.channelwise.allocation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Maximises an {@link Objective} over a {@link Relaxation} by a primal-dual interior-point method
 * (Boyd and Vandenberghe, Convex Optimization, section 11.7; centring after Mehrotra, SIAM J.
 * Optimization 2, 1992). The limit is kept by every iterate, so that each carries a certificate.
 * Where several sharings are best, it ends in the middle of them: channels alike get alike.
 */
final class InteriorPoint {
  private static final int STEPS_MAX = 100;
  private static final double GAP_AIMED = 1e-13;
  private static final double TO_THE_EDGE = 0.995;
  private static final double TINY = 1e-13;
  private static final int HALVINGS_MAX = 30;

  private final Objective f;
  private final Relaxation area;
  private final double hopeless;

  /** Channels that a spend is to be found for, and their number. */
  private final int[] free;

  private final int n;
  private final double[] x;
  private double[] z;
  private double[] g;

  /** Distances to the bounds, kept apart from x because their last digits matter, (n). */
  private final double[] below;

  private final double[] above;

  /** Multipliers of the bounds, (n), and of the limit. */
  private final double[] low;

  private final double[] high;
  private double lambda;
  private int steps;

  private InteriorPoint(Objective f, Relaxation area, double hopeless) {
    this.f = f;
    this.area = area;
    this.hopeless = hopeless;
    this.x = area.lower().clone();
    this.free =
        IntStream.range(0, f.channels())
            .filter(c -> area.upper()[c] - area.lower()[c] > TINY && f.reaches(c))
            .toArray();
    this.n = free.length;
    this.below = new double[n];
    this.above = new double[n];
    this.low = new double[n];
    this.high = new double[n];
  }

  /**
   * @param hopeless stop as soon as the bound is below this; negative infinity for never
   * @return null when no sharing is allowed or none reaches every segment
   */
  static Point solve(Objective f, Relaxation area, double hopeless) {
    if (area.isEmpty()) {
      return null;
    }
    return new InteriorPoint(f, area, hopeless).solve();
  }

  private Point solve() {
    double room = area.room();
    double whole = Arrays.stream(free).mapToDouble(c -> area.price()[c] * width(c)).sum();
    if (n == 0 || room <= TINY) {
      return point();
    }
    if (whole <= room) {
      Arrays.stream(free).forEach(c -> x[c] = area.upper()[c]);
      return point();
    }
    if (n == 1) {
      x[free[0]] += room / area.price()[free[0]];
      return point();
    }
    start(room);
    if (!Double.isFinite(f.value(z))) {
      return null;
    }
    double best = area.gap(x, g, f.segments());
    while (steps < STEPS_MAX && best > GAP_AIMED && f.value(z) + best >= hopeless) {
      if (!step()) {
        break;
      }
      best = area.gap(x, g, f.segments());
    }
    Point inner = point();
    return inner.bound() < hopeless ? inner : Polish.of(f, area, inner, lambda);
  }

  private double width(int c) {
    return area.upper()[c] - area.lower()[c];
  }

  private Point point() {
    z = f.reach(x);
    double value = f.value(z);
    if (!Double.isFinite(value)) {
      return null;
    }
    g = f.gradient(x, z);
    return new Point(x, value, area.gap(x, g, f.segments()), g, steps);
  }

  /** Every channel the same part of what it could get: inside all bounds. */
  private void start(double room) {
    double[] most = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      most[i] = Math.min(width(free[i]), room / area.price()[free[i]]);
      sum += area.price()[free[i]] * most[i];
    }
    for (int i = 0; i < n; i++) {
      below[i] = most[i] * (room / sum);
      above[i] = width(free[i]) - below[i];
      x[free[i]] += below[i];
    }
    z = f.reach(x);
    g = f.gradient(x, z);
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += g[free[i]] * below[i] / n;
    }
    for (int i = 0; i < n; i++) {
      low[i] = mean / below[i];
      high[i] = bounded(i) ? mean / above[i] : 0;
    }
    lambda = 0;
    for (int i = 0; i < n; i++) {
      lambda = Math.max(lambda, g[free[i]] / area.price()[free[i]]);
    }
  }

  private boolean bounded(int i) {
    return area.upper()[free[i]] < Double.POSITIVE_INFINITY;
  }

  /** Mean of the products of multipliers and distances. */
  private double centre(double step, double[] dx, double[] dLow, double[] dHigh) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < n; i++) {
      sum += (low[i] + step * dLow[i]) * (below[i] + step * dx[i]);
      count++;
      if (bounded(i)) {
        sum += (high[i] + step * dHigh[i]) * (above[i] - step * dx[i]);
        count++;
      }
    }
    return sum / count;
  }

  /** One predictor and one corrector; false when no progress is possible any more. */
  private boolean step() {
    DMatrixRMaj matrix = new DMatrixRMaj(n, n);
    f.curvature(x, z, free, matrix);
    for (int i = 0; i < n; i++) {
      matrix.add(i, i, low[i] / below[i] + (bounded(i) ? high[i] / above[i] : 0));
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(n);
    if (!solver.setA(matrix)) {
      return false;
    }
    double[] zero = new double[n];
    double mu = centre(0, zero, zero, zero);
    Direction predictor = direction(solver, 0, zero, zero);
    double reach = predictor.longest(1);
    double sigma = Math.pow(centre(reach, predictor.dx, predictor.dLow, predictor.dHigh) / mu, 3);
    double[] second = new double[n];
    double[] secondHigh = new double[n];
    for (int i = 0; i < n; i++) {
      second[i] = predictor.dx[i] * predictor.dLow[i];
      secondHigh[i] = -predictor.dx[i] * predictor.dHigh[i];
    }
    double target = Math.max(0, Math.min(1, sigma)) * mu;
    Direction corrector = direction(solver, target, second, secondHigh);
    if (corrector.take(target)) {
      return true;
    }
    // The second-order terms may mislead far from the path: plain centring always descends.
    double plain = 0.3 * mu;
    return direction(solver, plain, zero, zero).take(plain);
  }

  private Direction direction(
      LinearSolverDense<DMatrixRMaj> solver, double mu, double[] second, double[] secondHigh) {
    DMatrixRMaj right = new DMatrixRMaj(n, 2);
    double gone = 0;
    for (int c = 0; c < x.length; c++) {
      gone += area.price()[c] * x[c];
    }
    for (int i = 0; i < n; i++) {
      double push = (mu - second[i]) / below[i];
      double pull = bounded(i) ? (mu - secondHigh[i]) / above[i] : 0;
      double price = area.price()[free[i]];
      right.set(i, 0, g[free[i]] - lambda * price + push - pull);
      right.set(i, 1, price);
    }
    DMatrixRMaj solved = new DMatrixRMaj(n, 2);
    solver.solve(right, solved);
    double along = 0;
    double across = 0;
    for (int i = 0; i < n; i++) {
      along += area.price()[free[i]] * solved.get(i, 0);
      across += area.price()[free[i]] * solved.get(i, 1);
    }
    double dLambda = (along - (area.limit() - gone)) / across;
    Direction d = new Direction(dLambda);
    for (int i = 0; i < n; i++) {
      d.dx[i] = solved.get(i, 0) - dLambda * solved.get(i, 1);
      d.dLow[i] = (mu - second[i] - low[i] * d.dx[i]) / below[i] - low[i];
      d.dHigh[i] = bounded(i) ? (mu - secondHigh[i] + high[i] * d.dx[i]) / above[i] - high[i] : 0;
    }
    return d;
  }

  /** How far the conditions of the perturbed optimum are missed. */
  private double residual(double[] grad, Direction d, double step, double mu) {
    double sum = 0;
    double lambdaAt = lambda + step * d.dLambda;
    for (int i = 0; i < n; i++) {
      double lowAt = low[i] + step * d.dLow[i];
      double highAt = high[i] + step * d.dHigh[i];
      double dual = -grad[free[i]] - lowAt + highAt + lambdaAt * area.price()[free[i]];
      double left = lowAt * (below[i] + step * d.dx[i]) - mu;
      double right = bounded(i) ? highAt * (above[i] - step * d.dx[i]) - mu : 0;
      sum += dual * dual + left * left + right * right;
    }
    return Math.sqrt(sum);
  }

  private final class Direction {
    private final double[] dx = new double[n];
    private final double[] dLow = new double[n];
    private final double[] dHigh = new double[n];
    private final double dLambda;

    private Direction(double dLambda) {
      this.dLambda = dLambda;
    }

    /** The longest step, up to 1, that keeps a part of every distance. */
    private double longest(double part) {
      double step = 1;
      for (int i = 0; i < n; i++) {
        if (dx[i] < 0) {
          step = Math.min(step, -part * below[i] / dx[i]);
        }
        if (bounded(i) && dx[i] > 0) {
          step = Math.min(step, part * above[i] / dx[i]);
        }
        if (dLow[i] < 0) {
          step = Math.min(step, -part * low[i] / dLow[i]);
        }
        if (dHigh[i] < 0) {
          step = Math.min(step, -part * high[i] / dHigh[i]);
        }
      }
      return step;
    }

    /** Goes along as far as the residual falls; false when it falls nowhere. */
    private boolean take(double mu) {
      double step = longest(TO_THE_EDGE);
      double before = residual(g, this, 0, mu);
      for (int halving = 0; halving < HALVINGS_MAX; halving++, step /= 2) {
        double[] at = x.clone();
        for (int i = 0; i < n; i++) {
          at[free[i]] = area.lower()[free[i]] + (below[i] + step * dx[i]);
        }
        double[] reach = f.reach(at);
        double[] grad = f.gradient(at, reach);
        if (residual(grad, this, step, mu) <= (1 - 0.01 * step) * before) {
          go(step, at, reach, grad);
          return true;
        }
      }
      return false;
    }

    private void go(double step, double[] at, double[] reach, double[] grad) {
      System.arraycopy(at, 0, x, 0, x.length);
      for (int i = 0; i < n; i++) {
        below[i] += step * dx[i];
        above[i] -= step * dx[i];
        low[i] += step * dLow[i];
        high[i] += step * dHigh[i];
      }
      z = reach;
      g = grad;
      lambda += step * dLambda;
      steps++;
    }
  }
}
