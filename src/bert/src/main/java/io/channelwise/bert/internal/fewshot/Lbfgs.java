package io.channelwise.bert.internal.fewshot;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Minimises a smooth convex function by limited-memory BFGS (Nocedal and Wright 2006, algorithms
 * 7.4 and 7.5) with a backtracking line search.
 */
final class Lbfgs {
  private static final int PAIRS = 10;
  private static final int ITERATIONS_MAX = 1000;
  private static final int HALVINGS_MAX = 40;

  /** Sufficient decrease, the usual constant of Armijo's rule. */
  private static final double DECREASE = 1e-4;

  private static final double CURVATURE_MIN = 1e-10;

  /** A function and its gradient. */
  interface Function {
    /**
     * The value at a point.
     *
     * @param gradient filled with the gradient there
     */
    double at(double[] point, double[] gradient);
  }

  private record Pair(double[] step, double[] change, double inverseProduct) {}

  private Lbfgs() {}

  /**
   * The point with the smallest value.
   *
   * @param start where to begin; not changed
   * @param tolerance ends when no part of the gradient is larger
   */
  static double[] minimise(Function function, double[] start, double tolerance) {
    double[] point = start.clone();
    double[] gradient = new double[point.length];
    double value = function.at(point, gradient);
    ArrayDeque<Pair> pairs = new ArrayDeque<>();
    for (int i = 0; i < ITERATIONS_MAX && largest(gradient) > tolerance; i++) {
      double[] direction = direction(gradient, pairs);
      double length = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
      double slope = dot(gradient, direction);
      double[] next = new double[point.length];
      double[] nextGradient = new double[point.length];
      double nextValue = Double.POSITIVE_INFINITY;
      int halvings = 0;
      while (halvings++ < HALVINGS_MAX) {
        for (int k = 0; k < next.length; k++) {
          next[k] = point[k] + length * direction[k];
        }
        nextValue = function.at(next, nextGradient);
        if (nextValue <= value + DECREASE * length * slope) {
          break;
        }
        length /= 2;
      }
      if (nextValue >= value) {
        return point; // The precision of doubles is used up.
      }
      remember(pairs, difference(next, point), difference(nextGradient, gradient));
      point = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return point;
  }

  private static void remember(ArrayDeque<Pair> pairs, double[] step, double[] change) {
    double product = dot(step, change);
    // A pair without curvature, or with rounding errors for one, would spoil the approximation.
    if (product > CURVATURE_MIN * dot(step, step)) {
      pairs.addLast(new Pair(step, change, 1 / product));
      if (pairs.size() > PAIRS) {
        pairs.removeFirst();
      }
    }
  }

  /** Minus the approximate inverse Hessian times the gradient: the two-loop recursion. */
  private static double[] direction(double[] gradient, ArrayDeque<Pair> pairs) {
    double[] result = gradient.clone();
    double[] weights = new double[pairs.size()];
    int at = pairs.size();
    for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); ) {
      Pair pair = newest.next();
      weights[--at] = dot(pair.step, result) * pair.inverseProduct;
      add(result, -weights[at], pair.change);
    }
    if (!pairs.isEmpty()) {
      Pair newest = pairs.getLast();
      double scale = 1 / (newest.inverseProduct * dot(newest.change, newest.change));
      for (int k = 0; k < result.length; k++) {
        result[k] *= scale;
      }
    }
    for (Pair pair : pairs) {
      double back = dot(pair.change, result) * pair.inverseProduct;
      add(result, weights[at++] - back, pair.step);
    }
    for (int k = 0; k < result.length; k++) {
      result[k] = -result[k];
    }
    return result;
  }

  private static double largest(double[] values) {
    double result = 0;
    for (double value : values) {
      result = Math.max(result, Math.abs(value));
    }
    return result;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] target, double factor, double[] values) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * values[i];
    }
  }

  private static double[] difference(double[] a, double[] b) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = a[i] - b[i];
    }
    return result;
  }
}
