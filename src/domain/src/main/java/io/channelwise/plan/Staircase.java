package io.channelwise.plan;

import java.util.Map;
import java.util.TreeMap;

/**
 * The points of a plane that no other one reaches in both coordinates, and the area below them.
 * Adding costs O(log n), removals included. Not thread-safe.
 */
final class Staircase {
  private final TreeMap<Double, Double> steps = new TreeMap<>();
  private double area;

  /** Whether the point rises above the steps; only then it becomes one. */
  boolean add(double x, double y) {
    Map.Entry<Double, Double> right = steps.ceilingEntry(x);
    if (right != null && right.getValue() >= y) {
      return false;
    }
    Map.Entry<Double, Double> left = steps.floorEntry(x);
    while (left != null && left.getValue() <= y) {
      remove(left.getKey(), left.getValue());
      left = steps.floorEntry(x);
    }
    area += (x - from(x)) * (y - below(x));
    steps.put(x, y);
    return true;
  }

  private void remove(double x, double y) {
    area -= (x - from(x)) * (y - below(x));
    steps.remove(x);
  }

  private double from(double x) {
    Double left = steps.lowerKey(x);
    return left == null ? 0 : left;
  }

  private double below(double x) {
    Map.Entry<Double, Double> right = steps.higherEntry(x);
    return right == null ? 0 : right.getValue();
  }

  /** Area between the axes and the steps; coordinates must be positive. */
  double area() {
    return area;
  }
}
