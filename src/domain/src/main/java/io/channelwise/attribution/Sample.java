package io.channelwise.attribution;

import io.channelwise.attribution.Paths.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Paths, all of the data's or some drawn from them.
 *
 * @param places of the distinct paths that are there, rising
 * @param times how often each of them was taken
 * @param revenue of each of them
 */
record Sample(int[] places, long[] times, double[] revenue) {

  /** The data themselves. */
  static Sample all(Paths paths) {
    List<Path> distinct = paths.distinct();
    return new Sample(
        IntStream.range(0, distinct.size()).toArray(),
        distinct.stream().mapToLong(Path::count).toArray(),
        distinct.stream().mapToDouble(Path::revenue).toArray());
  }

  /**
   * Most paths are not drawn: only those that are take room and time.
   *
   * @param counts how often each distinct path was drawn
   * @param random draws the revenue of each purchase among those of its path
   */
  static Sample drawn(Paths paths, long[] counts, SplittableRandom random) {
    int[] places = IntStream.range(0, counts.length).filter(p -> counts[p] > 0).toArray();
    long[] times = new long[places.length];
    double[] revenue = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      times[i] = counts[places[i]];
      revenue[i] = paths.distinct().get(places[i]).draw(times[i], random);
    }
    return new Sample(places, times, revenue);
  }

  /** Whether it holds a purchase. */
  boolean converts(Paths paths) {
    for (int place : places) {
      if (paths.distinct().get(place).converted()) {
        return true;
      }
    }
    return false;
  }

  /** Whether it holds a purchase that brought something. */
  boolean earns() {
    for (double money : revenue) {
      if (money > 0) {
        return true;
      }
    }
    return false;
  }

  /** How often each path was taken, as weights. */
  double[] weights() {
    double[] weights = new double[times.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = times[i];
    }
    return weights;
  }
}
