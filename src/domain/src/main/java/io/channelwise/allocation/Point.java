package io.channelwise.allocation;

/**
 * An allowed sharing with its certificate.
 *
 * @param x (C): spends as shares of the reference
 * @param value f(x)
 * @param gap f is nowhere allowed more than this above {@code value}
 * @param gradient (C): ∇f(x)
 * @param steps Newton steps taken
 */
record Point(double[] x, double value, double gap, double[] gradient, int steps) {
  double bound() {
    return value + gap;
  }
}
