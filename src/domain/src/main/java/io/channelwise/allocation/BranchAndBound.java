package io.channelwise.allocation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Chooses among channels with fixed costs, exactly, by branch and bound (Land and Doig 1960).
 *
 * <p>With y(C) ∈ {0, 1} for chosen, x(C) ≤ u(C) y(C) and price Σ x + Σ F y ≤ budget. The relaxation
 * lets y be a fraction; the cheapest is y = x / u, so that an open channel simply has the price 1 +
 * F / u, and a node is a concave programme of the same shape as the whole. u is what the budget
 * leaves in the node, and what probing leaves at the root: the spends of a channel with which the
 * relaxation can still reach the best sharing known are an interval, because the relaxed optimum is
 * concave in one spend; its ends are found by bisection and become the channel's bounds. A channel
 * that cannot be in, or cannot be out, is decided for good. The best bound is opened first; ties go
 * to the older node: the same problem takes the same way.
 */
final class BranchAndBound {
  private static final double TOLERANCE = 2e-9;
  private static final int NODES_MAX = 50_000;
  private static final double TINY = 1e-9;
  private static final int PROBES = 10;
  private static final int ROUNDS_MAX = 3;

  private enum State {
    OPEN,
    IN,
    OUT
  }

  /** A part of the choices, with the bound that its parent gave. */
  private record Node(State[] states, double bound, int number) {}

  /**
   * What was found.
   *
   * @param chosen (C); null when no choice is allowed
   * @param point the best sharing, over all channels
   * @param gap nothing allowed is more than this above
   * @param nodes relaxations solved
   */
  record Found(boolean[] chosen, Point point, double gap, int nodes, int steps) {}

  private Choice choice;
  private final Choice original;
  private final Map<BitSet, Point> tried = new HashMap<>();
  private boolean[] best;
  private Point bestPoint;
  private double bestValue = Double.NEGATIVE_INFINITY;
  private double leftBehind = Double.NEGATIVE_INFINITY;
  private int nodes;
  private int steps;

  private BranchAndBound(Choice choice) {
    this.choice = choice;
    this.original = choice;
  }

  static Found solve(Choice choice) {
    return new BranchAndBound(choice).solve();
  }

  private Found solve() {
    State[] root = new State[choice.channels()];
    for (int c = 0; c < root.length; c++) {
      root[c] = choice.optional()[c] ? State.OPEN : State.IN;
    }
    greedy();
    probe(root);
    search(root);
    if (best == null) {
      return new Found(null, null, 0, nodes, steps);
    }
    double gap = Math.max(bestPoint.gap(), leftBehind - bestValue);
    return new Found(best, bestPoint, gap, nodes, steps);
  }

  // The best sharing known

  /** The best sharing with exactly these channels; null when there is none. */
  private Point with(boolean[] in) {
    BitSet key = new BitSet();
    for (int c = 0; c < in.length; c++) {
      key.set(c, in[c] && choice.optional()[c]);
    }
    if (tried.containsKey(key)) {
      return tried.get(key);
    }
    Point point = InteriorPoint.solve(original.f(), original.chosen(in), Double.NEGATIVE_INFINITY);
    count(point);
    tried.put(key, point);
    if (point != null && point.value() > bestValue) {
      best = in.clone();
      bestPoint = point;
      bestValue = point.value();
    }
    return point;
  }

  private void count(Point point) {
    nodes++;
    steps += point == null ? 0 : point.steps();
  }

  private static double value(Point point) {
    return point == null ? Double.NEGATIVE_INFINITY : point.value();
  }

  /** Adds, drops and swaps channels as long as that helps, from none and from all. */
  private void greedy() {
    boolean[] none = new boolean[choice.channels()];
    with(none);
    climb(none);
    boolean[] all = choice.optional().clone();
    with(all);
    climb(all);
  }

  private void climb(boolean[] from) {
    boolean[] at = from;
    double value = value(with(at));
    for (int round = 0; round < 4 * choice.channels(); round++) {
      boolean[] next = null;
      double nextValue = value;
      for (boolean[] neighbour : neighbours(at, false)) {
        double v = value(with(neighbour));
        if (v > nextValue + TINY || (v > nextValue && next == null)) {
          next = neighbour;
          nextValue = v;
        }
      }
      if (next == null && Double.isFinite(value)) {
        for (boolean[] neighbour : neighbours(at, true)) {
          double v = value(with(neighbour));
          if (v > nextValue + TINY) {
            next = neighbour;
            nextValue = v;
          }
        }
      }
      if (next == null) {
        return;
      }
      at = next;
      value = nextValue;
    }
  }

  private List<boolean[]> neighbours(boolean[] at, boolean swaps) {
    List<boolean[]> list = new ArrayList<>();
    for (int c = 0; c < at.length; c++) {
      if (!choice.optional()[c]) {
        continue;
      }
      boolean[] flipped = at.clone();
      flipped[c] = !flipped[c];
      if (!swaps) {
        list.add(flipped);
        continue;
      }
      for (int d = 0; d < c; d++) {
        if (choice.optional()[d] && at[c] != at[d]) {
          boolean[] swapped = flipped.clone();
          swapped[d] = !swapped[d];
          list.add(swapped);
        }
      }
    }
    return list;
  }

  // Bounds

  /** The spends of a node, open channels at their price; null when nothing is allowed. */
  private Relaxation relaxation(State[] states, int pinned, double from, double to) {
    int n = states.length;
    double[] lower = new double[n];
    double[] upper = new double[n];
    double[] price = new double[n];
    Arrays.fill(price, 1);
    double left = choice.budget();
    double room = choice.budget();
    for (int c = 0; c < n; c++) {
      if (states[c] == State.IN) {
        lower[c] = choice.least()[c];
        upper[c] = choice.cap()[c];
        if (c == pinned) {
          lower[c] = Math.max(lower[c], from);
          upper[c] = Math.min(upper[c], to);
        }
        left -= choice.fixed()[c];
        room -= choice.fixed()[c] + lower[c];
      }
    }
    for (int c = 0; c < n; c++) {
      if (states[c] == State.OPEN) {
        double most = Math.min(choice.cap()[c], room - choice.fixed()[c]);
        if (most > TINY && most >= choice.least()[c] - TINY) {
          upper[c] = most;
          price[c] = 1 + choice.fixed()[c] / most;
        }
      }
    }
    return new Relaxation(lower, upper, price, left);
  }

  private Point relaxed(State[] states, int pinned, double from, double to, double hopeless) {
    Relaxation area = relaxation(states, pinned, from, to);
    Point point = InteriorPoint.solve(choice.f(), area, hopeless);
    count(point);
    return point;
  }

  private static double bound(Point point) {
    return point == null ? Double.NEGATIVE_INFINITY : point.bound();
  }

  private void leaveBehind(double bound) {
    leftBehind = Math.max(leftBehind, bound);
  }

  private boolean hopeless(double bound) {
    return bound <= bestValue + TOLERANCE;
  }

  /** Decides channels and tightens their bounds as far as the best sharing known allows. */
  private void probe(State[] root) {
    if (best == null) {
      return;
    }
    for (int round = 0; round < ROUNDS_MAX; round++) {
      boolean changed = false;
      for (int c = 0; c < root.length; c++) {
        if (root[c] == State.OPEN) {
          changed |= probe(root, c);
        }
      }
      if (!changed) {
        return;
      }
    }
  }

  private boolean probe(State[] root, int c) {
    double hope = bestValue + TOLERANCE;
    State[] states = root.clone();
    states[c] = State.OUT;
    double without = bound(relaxed(states, -1, 0, 0, hope));
    if (hopeless(without)) {
      leaveBehind(without);
      root[c] = State.IN;
      return true;
    }
    states[c] = State.IN;
    Point free = relaxed(states, -1, 0, 0, hope);
    if (hopeless(bound(free))) {
      leaveBehind(bound(free));
      root[c] = State.OUT;
      return true;
    }
    double middle = free.x()[c];
    double low = bisect(states, c, middle, choice.least()[c], true);
    double most = Math.min(choice.cap()[c], choice.budget() - choice.fixed()[c]);
    double high = bisect(states, c, middle, most, false);
    boolean changed = high < 0.98 * most || low > choice.least()[c] + 0.02 * middle;
    double[] least = choice.least().clone();
    double[] cap = choice.cap().clone();
    least[c] = low;
    cap[c] = Math.min(cap[c], high);
    choice = choice.tightened(least, cap);
    return changed;
  }

  /** The end of the spends of a chosen channel with which the best sharing can be reached. */
  private double bisect(State[] states, int c, double inside, double end, boolean down) {
    double good = inside;
    double bad = end;
    double hope = bestValue + TOLERANCE;
    double behind = Double.NEGATIVE_INFINITY;
    double cut = end;
    for (int i = 0; i < PROBES && Math.abs(bad - good) > 1e-3 * Math.max(inside, 1e-3); i++) {
      // The end itself first: most often nothing can be cut off.
      double at = i == 0 ? end : (good + bad) / 2;
      double bound =
          bound(down ? relaxed(states, c, 0, at, hope) : relaxed(states, c, at, end, hope));
      if (hopeless(bound)) {
        bad = at;
        cut = at;
        behind = Math.max(behind, bound);
      } else if (i == 0) {
        return end;
      } else {
        good = at;
      }
    }
    leaveBehind(behind);
    return cut;
  }

  // Search

  private void search(State[] root) {
    PriorityQueue<Node> queue =
        new PriorityQueue<>(
            Comparator.comparingDouble(Node::bound).reversed().thenComparingInt(Node::number));
    queue.add(new Node(root, Double.POSITIVE_INFINITY, 0));
    int number = 0;
    while (!queue.isEmpty()) {
      Node node = queue.poll();
      if (hopeless(node.bound()) || nodes >= NODES_MAX) {
        leaveBehind(node.bound());
        queue.forEach(other -> leaveBehind(other.bound()));
        return;
      }
      Point point = relaxed(node.states(), -1, 0, 0, bestValue + TOLERANCE);
      if (point == null) {
        continue;
      }
      with(rounded(node.states(), point.x()));
      double bound = Math.min(node.bound(), point.bound());
      int branch = hopeless(bound) ? -1 : branch(node.states(), point.x());
      if (branch < 0) {
        leaveBehind(bound);
        continue;
      }
      for (State state : new State[] {State.IN, State.OUT}) {
        State[] child = node.states().clone();
        child[branch] = state;
        queue.add(new Node(child, bound, ++number));
      }
    }
  }

  private static boolean[] rounded(State[] states, double[] x) {
    boolean[] in = new boolean[x.length];
    for (int c = 0; c < x.length; c++) {
      in[c] = states[c] == State.IN || (states[c] == State.OPEN && x[c] > 1e-6);
    }
    return in;
  }

  /** The open channel whose fixed cost is paid least; −1 when all that is used is paid. */
  private int branch(State[] states, double[] x) {
    Relaxation area = relaxation(states, -1, 0, 0);
    int branch = -1;
    double worst = 0;
    for (int c = 0; c < x.length; c++) {
      if (states[c] != State.OPEN || x[c] <= TINY) {
        continue;
      }
      double unpaid = choice.fixed()[c] * (1 - x[c] / area.upper()[c]);
      double missing = Math.max(0, choice.least()[c] - x[c]);
      double wrong = unpaid + missing;
      if (wrong > Math.max(worst, 1e-12)) {
        worst = wrong;
        branch = c;
      }
    }
    return branch;
  }
}
