package io.channelwise.bert.internal.explain;

/**
 * Gauss-Legendre points on 0..1: with n of them the integral of any polynomial of degree below 2n
 * is exact, so smooth functions need far fewer points than a plain sum does.
 *
 * @param points where to evaluate, ascending
 * @param weights of the values; they sum to 1
 */
record Quadrature(double[] points, double[] weights) {
  private static final double PRECISION = 1e-15;
  private static final int ITERATIONS_MAX = 100;

  /** The rule with that many points; the roots of the Legendre polynomial by Newton's method. */
  static Quadrature of(int count) {
    double[] points = new double[count];
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      // A start near the i-th root (Abramowitz and Stegun, 22.16.6).
      double x = Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
      double slope = 0;
      for (int iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
        double[] value = legendre(count, x);
        slope = value[1];
        double step = value[0] / slope;
        x -= step;
        if (Math.abs(step) < PRECISION) {
          break;
        }
      }
      points[count - 1 - i] = (1 + x) / 2;
      weights[count - 1 - i] = 1 / ((1 - x * x) * slope * slope);
    }
    return new Quadrature(points, weights);
  }

  /** The Legendre polynomial of a degree and its derivative, by Bonnet's recursion. */
  private static double[] legendre(int degree, double x) {
    double before = 1;
    double value = x;
    for (int n = 2; n <= degree; n++) {
      double next = ((2 * n - 1) * x * value - (n - 1) * before) / n;
      before = value;
      value = next;
    }
    return new double[] {value, degree * (x * value - before) / (x * x - 1)};
  }
}
