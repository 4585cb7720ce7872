package io.channelwise.allocation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * f(x) = Σ_U p(U) log z(U), z(U) = Σ_C r(C,U) h_C(x(C)), over spends x as shares of the reference;
 * its gradient and Hessian. Holds no state beside its numbers.
 *
 * <p>h_C(x) = x without saturation, else (1 + κ) x / (x + κ) with κ the half-saturation spend as a
 * share of the reference. With q(C) = Σ_U p(U) r(C,U) / z(U): ∂f/∂x(C) = h'_C q(C), and −∂²f/∂x² =
 * Σ_U p(U)/z(U)² h' r rᵀ h' − diag(h''_C q(C)), positive semidefinite because h'' ≤ 0.
 */
final class Objective {
  /** p, shape (U): sums to 1, every one above 0. */
  private final double[] p;

  /** r, shape (C, U). */
  private final double[][] r;

  /** κ, shape (C). */
  private final double[] kappa;

  Objective(double[] p, double[][] r, double[] kappa) {
    this.p = p;
    this.r = r;
    this.kappa = kappa;
  }

  /**
   * f over the segments that some channel reaches, their weights summing to one.
   *
   * @throws AllocationException when there is none
   */
  static Objective of(AllocationProblem problem) {
    double[][] r = problem.attraction();
    double[] weights = problem.weights();
    int[] kept =
        IntStream.range(0, weights.length)
            .filter(u -> weights[u] > 0 && reached(problem, u))
            .toArray();
    if (kept.length == 0) {
      throw AllocationProblem.refusal(
          "no segment with a weight above 0 is reached by any channel%s; bring clicks, or other channels."
              .formatted(problem.isCautious() ? " at the lower bounds" : ""),
          "没有任何渠道%s触达权重大于 0 的用户群，请提供点击数据或更换渠道。".formatted(problem.isCautious() ? "的下界" : ""));
    }
    // Divided by the largest first: weights may be of any size.
    double largest = Arrays.stream(kept).mapToDouble(u -> weights[u]).max().orElseThrow();
    double[] p = Arrays.stream(kept).mapToDouble(u -> weights[u] / largest).toArray();
    double sum = Arrays.stream(p).sum();
    return new Objective(
        Arrays.stream(p).map(weight -> weight / sum).toArray(),
        Arrays.stream(r)
            .map(row -> Arrays.stream(kept).mapToDouble(u -> row[u]).toArray())
            .toArray(double[][]::new),
        problem.channels().stream()
            .mapToDouble(t -> t.halfSaturation() / problem.reference())
            .toArray());
  }

  private static boolean reached(AllocationProblem problem, int segment) {
    return IntStream.range(0, problem.channels().size())
        .anyMatch(c -> problem.attraction()[c][segment] > 0 && problem.channels().get(c).cap() > 0);
  }

  /** Segments with a weight that no channel reaches, sorted. */
  static List<String> leftOut(AllocationProblem problem) {
    double[] weights = problem.weights();
    return IntStream.range(0, weights.length)
        .filter(u -> weights[u] > 0 && !reached(problem, u))
        .mapToObj(problem.segments()::get)
        .toList();
  }

  int channels() {
    return r.length;
  }

  int segments() {
    return p.length;
  }

  /** Whether a spend on the channel changes anything. */
  boolean reaches(int channel) {
    for (double attraction : r[channel]) {
      if (attraction > 0) {
        return true;
      }
    }
    return false;
  }

  private double response(int c, double x) {
    return kappa[c] == Double.POSITIVE_INFINITY ? x : x * ((1 + kappa[c]) / (x + kappa[c]));
  }

  private double slope(int c, double x) {
    double k = kappa[c];
    return k == Double.POSITIVE_INFINITY ? 1 : (1 + k) / (x + k) * (k / (x + k));
  }

  private double bend(int c, double x) {
    double k = kappa[c];
    return k == Double.POSITIVE_INFINITY ? 0 : -2 * (1 + k) / (x + k) * (k / (x + k)) / (x + k);
  }

  /** z, shape (U). */
  double[] reach(double[] x) {
    double[] z = new double[p.length];
    for (int c = 0; c < r.length; c++) {
      double h = response(c, x[c]);
      if (h > 0) {
        double[] row = r[c];
        for (int u = 0; u < z.length; u++) {
          z[u] += h * row[u];
        }
      }
    }
    return z;
  }

  /** f; negative infinity when a segment is not reached. */
  double value(double[] z) {
    double sum = 0;
    for (int u = 0; u < z.length; u++) {
      sum += p[u] * Math.log(z[u]);
    }
    return sum;
  }

  /** ∇f, shape (C). */
  double[] gradient(double[] x, double[] z) {
    double[] g = inner(z);
    for (int c = 0; c < g.length; c++) {
      g[c] *= slope(c, x[c]);
    }
    return g;
  }

  /** q, shape (C). */
  private double[] inner(double[] z) {
    double[] scale = new double[p.length];
    for (int u = 0; u < scale.length; u++) {
      scale[u] = p[u] / z[u];
    }
    double[] q = new double[r.length];
    for (int c = 0; c < q.length; c++) {
      double[] row = r[c];
      double sum = 0;
      for (int u = 0; u < scale.length; u++) {
        sum += scale[u] * row[u];
      }
      q[c] = sum;
    }
    return q;
  }

  /**
   * −∇²f over some of the channels.
   *
   * @param free their indexes
   * @param out (free, free), overwritten
   */
  void curvature(double[] x, double[] z, int[] free, DMatrixRMaj out) {
    int n = free.length;
    double[][] scaled = new double[n][p.length];
    double[] root = new double[p.length];
    for (int u = 0; u < root.length; u++) {
      root[u] = Math.sqrt(p[u]) / z[u];
    }
    for (int i = 0; i < n; i++) {
      double slope = slope(free[i], x[free[i]]);
      double[] row = r[free[i]];
      for (int u = 0; u < root.length; u++) {
        scaled[i][u] = slope * root[u] * row[u];
      }
    }
    for (int i = 0; i < n; i += 2) {
      for (int j = 0; j <= i; j += 2) {
        tile(scaled, i, j, out);
      }
    }
    double[] q = inner(z);
    for (int i = 0; i < n; i++) {
      out.add(i, i, -bend(free[i], x[free[i]]) * q[free[i]]);
    }
  }

  /** Four products of rows at once: each number read serves two sums, which wait for no other. */
  private static void tile(double[][] rows, int i, int j, DMatrixRMaj out) {
    int n = rows.length;
    double[] a0 = rows[i];
    double[] a1 = rows[Math.min(i + 1, n - 1)];
    double[] b0 = rows[j];
    double[] b1 = rows[Math.min(j + 1, n - 1)];
    double s00 = 0;
    double s01 = 0;
    double s10 = 0;
    double s11 = 0;
    for (int u = 0; u < a0.length; u++) {
      s00 += a0[u] * b0[u];
      s01 += a0[u] * b1[u];
      s10 += a1[u] * b0[u];
      s11 += a1[u] * b1[u];
    }
    symmetric(out, i, j, s00);
    symmetric(out, i, Math.min(j + 1, n - 1), s01);
    symmetric(out, Math.min(i + 1, n - 1), j, s10);
    symmetric(out, Math.min(i + 1, n - 1), Math.min(j + 1, n - 1), s11);
  }

  private static void symmetric(DMatrixRMaj out, int i, int j, double value) {
    out.set(i, j, value);
    out.set(j, i, value);
  }
}
