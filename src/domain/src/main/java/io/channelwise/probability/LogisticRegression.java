package io.channelwise.probability;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * Logistic regression with a ridge penalty, by Newton's method with halved steps (iteratively
 * reweighted least squares; Hastie et al. 2009, The Elements of Statistical Learning, section
 * 4.4.1). The intercept is not penalised.
 *
 * @param weights the intercept, then one a feature
 */
record LogisticRegression(double[] weights) implements Scorer {
  private static final int STEPS_MAX = 50;
  private static final int HALVINGS_MAX = 30;
  private static final double STEP_MIN = 1e-9;
  private static final double CURVATURE_MIN = 1e-9;

  /**
   * @param rows N rows of D numbers
   * @param ridge λ of λ/2 Σ w², above 0 so that separable rows have finite weights
   */
  static LogisticRegression learn(double[][] rows, boolean[] bought, double ridge) {
    double[] weights = new double[rows[0].length + 1];
    double loss = loss(rows, bought, weights, ridge);
    for (int step = 0; step < STEPS_MAX; step++) {
      double[] direction = direction(rows, bought, weights, ridge);
      double size = 1;
      double[] next = moved(weights, direction, size);
      double nextLoss = loss(rows, bought, next, ridge);
      for (int h = 0; h < HALVINGS_MAX && !(nextLoss <= loss); h++) {
        size /= 2;
        next = moved(weights, direction, size);
        nextLoss = loss(rows, bought, next, ridge);
      }
      if (!(nextLoss <= loss)) {
        break;
      }
      double largest = 0;
      for (double d : direction) {
        largest = Math.max(largest, Math.abs(size * d));
      }
      weights = next;
      loss = nextLoss;
      if (largest < STEP_MIN) {
        break;
      }
    }
    return new LogisticRegression(weights);
  }

  private static double[] moved(double[] weights, double[] direction, double size) {
    double[] moved = weights.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += size * direction[i];
    }
    return moved;
  }

  private static double loss(double[][] rows, boolean[] bought, double[] weights, double ridge) {
    double loss = 0;
    for (int i = 0; i < rows.length; i++) {
      double score = score(rows[i], weights);
      double against = bought[i] ? -score : score;
      loss += Math.max(0, against) + StrictMath.log1p(StrictMath.exp(-Math.abs(against)));
    }
    for (int j = 1; j < weights.length; j++) {
      loss += ridge / 2 * weights[j] * weights[j];
    }
    return loss;
  }

  /** Newton's step: the negative gradient by the Hessian. */
  private static double[] direction(
      double[][] rows, boolean[] bought, double[] weights, double ridge) {
    int n = weights.length;
    double[] hessian = new double[n * n];
    DMatrixRMaj gradient = new DMatrixRMaj(n, 1);
    double[] x = new double[n];
    x[0] = 1;
    for (int i = 0; i < rows.length; i++) {
      double p = Scorer.probability(score(rows[i], weights));
      double curvature = Math.max(CURVATURE_MIN, p * (1 - p));
      double error = (bought[i] ? 1 : 0) - p;
      System.arraycopy(rows[i], 0, x, 1, n - 1);
      for (int a = 0; a < n; a++) {
        gradient.data[a] += error * x[a];
        double scaled = curvature * x[a];
        for (int b = 0; b <= a; b++) {
          hessian[a * n + b] += scaled * x[b];
        }
      }
    }
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < a; b++) {
        hessian[b * n + a] = hessian[a * n + b];
      }
      if (a > 0) {
        hessian[a * n + a] += ridge;
        gradient.data[a] -= ridge * weights[a];
      }
    }
    var solver = LinearSolverFactory_DDRM.symmPosDef(n);
    DMatrixRMaj step = new DMatrixRMaj(n, 1);
    if (!solver.setA(DMatrixRMaj.wrap(n, n, hessian))) {
      throw new IllegalStateException("The Hessian of a ridge regression is positive definite.");
    }
    solver.solve(gradient, step);
    return step.data;
  }

  @Override
  public double score(double[] row) {
    return score(row, weights);
  }

  private static double score(double[] row, double[] weights) {
    double score = weights[0];
    for (int j = 0; j < row.length; j++) {
      score += weights[j + 1] * row[j];
    }
    return score;
  }
}
