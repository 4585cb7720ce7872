package io.channelwise.attribution;

import io.channelwise.attribution.Paths.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The states of a Markov chain of some order and the steps seen between them.
 *
 * <p>A state is the last touches of a path, as many as the order says and fewer near its start;
 * state 0 is the start. A step goes to the state after the next touch, to {@link #CONVERTED} or to
 * {@link #LOST}. Steps lie row by row: those from state s are {@code rowStart[s]} to {@code
 * rowStart[s + 1] - 1}. Only steps that were seen exist, so that each state leads to an end.
 */
final class TransitionGraph {
  static final int CONVERTED = -1;
  static final int LOST = -2;

  private final int channels;
  private final int[] rowStart;
  private final int[] source;
  private final int[] target;
  private final int[] channel;
  private final int[] pathStart;
  private final int[] stepsOfPaths;

  TransitionGraph(Paths paths, int order) {
    this.channels = paths.channels().size();
    List<Path> distinct = paths.distinct();
    this.pathStart = new int[distinct.size() + 1];
    for (int p = 0; p < distinct.size(); p++) {
      pathStart[p + 1] = Math.addExact(pathStart[p], distinct.get(p).touches().length() + 1);
    }
    this.stepsOfPaths = new int[pathStart[distinct.size()]];
    LongIntMap states = new LongIntMap();
    LongIntMap steps = new LongIntMap();
    number(distinct, order, states, steps);
    this.rowStart = new int[states.size() + 1];
    this.source = new int[steps.size()];
    this.target = new int[steps.size()];
    this.channel = new int[steps.size()];
    arrange(steps.keys(), states, order);
  }

  /** Numbers states and steps as they come and writes the steps of each path down. */
  private void number(List<Path> distinct, int order, LongIntMap states, LongIntMap steps) {
    long base = channels + 1L;
    long size = power(base, order);
    long kinds = channels + 2L;
    states.number(0);
    for (int p = 0; p < distinct.size(); p++) {
      Path path = distinct.get(p);
      int at = pathStart[p];
      long code = 0;
      for (int i = 0; i < path.touches().length(); i++) {
        int next = path.touches().charAt(i);
        stepsOfPaths[at++] = steps.number(states.number(code) * kinds + next);
        code = (code * base + next + 1) % size;
      }
      int end = path.converted() ? channels : channels + 1;
      stepsOfPaths[at] = steps.number(states.number(code) * kinds + end);
    }
  }

  /** Renumbers the steps row by row. */
  private void arrange(long[] keys, LongIntMap states, int order) {
    long base = channels + 1L;
    long size = power(base, order);
    long kinds = channels + 2L;
    long[] codes = states.keys();
    long[] sorted = new long[keys.length];
    Arrays.setAll(sorted, i -> keys[i]);
    Arrays.sort(sorted);
    int[] renumbered = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      renumbered[i] = Arrays.binarySearch(sorted, keys[i]);
    }
    for (int e = 0; e < sorted.length; e++) {
      int from = (int) (sorted[e] / kinds);
      int next = (int) (sorted[e] % kinds);
      rowStart[from + 1]++;
      source[e] = from;
      channel[e] = next < channels ? next : -1;
      if (next == channels) {
        target[e] = CONVERTED;
      } else if (next == channels + 1) {
        target[e] = LOST;
      } else {
        target[e] = states.number((codes[from] * base + next + 1) % size);
      }
    }
    for (int s = 0; s + 1 < rowStart.length; s++) {
      rowStart[s + 1] += rowStart[s];
    }
    for (int i = 0; i < stepsOfPaths.length; i++) {
      stepsOfPaths[i] = renumbered[stepsOfPaths[i]];
    }
  }

  /**
   * What a purchase brings where it is made: the mean revenue of the purchases made from each
   * state, by the largest of these means.
   *
   * @return (states): 0..1; 0 where nothing was bought
   */
  double[] worth(Sample sample) {
    double[] purchases = new double[states()];
    double[] worth = new double[states()];
    for (int k = 0; k < sample.places().length; k++) {
      int last = stepsOfPaths[pathStart[sample.places()[k] + 1] - 1];
      if (target[last] == CONVERTED) {
        purchases[source[last]] += sample.times()[k];
        worth[source[last]] += sample.revenue()[k];
      }
    }
    double largest = 0;
    for (int s = 0; s < worth.length; s++) {
      worth[s] = purchases[s] > 0 ? worth[s] / purchases[s] : 0;
      largest = Math.max(largest, worth[s]);
    }
    for (int s = 0; s < worth.length && largest > 0; s++) {
      worth[s] /= largest;
    }
    return worth;
  }

  private static long power(long base, int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power = Math.multiplyExact(power, base);
    }
    return power;
  }

  int channels() {
    return channels;
  }

  int states() {
    return rowStart.length - 1;
  }

  int[] rowStart() {
    return rowStart;
  }

  /** State after each step, or {@link #CONVERTED}, {@link #LOST}. */
  int[] target() {
    return target;
  }

  /** Channel touched by each step; -1 at an end. */
  int[] channel() {
    return channel;
  }

  /**
   * How likely each step is where it starts: its count by the count of all steps from there.
   *
   * @return one a step; 0 throughout a state that no path passed
   */
  double[] probabilities(Sample sample) {
    double[] steps = new double[target.length];
    for (int k = 0; k < sample.places().length; k++) {
      int p = sample.places()[k];
      for (int i = pathStart[p]; i < pathStart[p + 1]; i++) {
        steps[stepsOfPaths[i]] += sample.times()[k];
      }
    }
    for (int s = 0; s + 1 < rowStart.length; s++) {
      double sum = 0;
      for (int e = rowStart[s]; e < rowStart[s + 1]; e++) {
        sum += steps[e];
      }
      for (int e = rowStart[s]; sum > 0 && e < rowStart[s + 1]; e++) {
        steps[e] /= sum;
      }
    }
    return steps;
  }
}
