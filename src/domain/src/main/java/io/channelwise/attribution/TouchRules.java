package io.channelwise.attribution;

import io.channelwise.attribution.Attribution.Kind;
import io.channelwise.attribution.Paths.Path;
import java.util.BitSet;
import java.util.List;

/** The models that share out each purchase by the touches on its own path alone. */
final class TouchRules {
  private static final double POSITION_END = 0.4;

  private TouchRules() {}

  /**
   * @param places of distinct paths
   * @param weights how often each of these was taken, or its revenue
   * @return weights by channel, of {@link Kind#FIRST}, {@link Kind#LAST}, {@link Kind#LINEAR},
   *     {@link Kind#POSITION} and {@link Kind#SHAPLEY}, at their ordinals; null at the others'
   */
  static double[][] credits(Paths paths, int[] places, double[] weights) {
    int channels = paths.channels().size();
    double[][] credits = new double[Kind.values().length][];
    for (Kind kind : List.of(Kind.FIRST, Kind.LAST, Kind.LINEAR, Kind.POSITION, Kind.SHAPLEY)) {
      credits[kind.ordinal()] = new double[channels];
    }
    BitSet seen = new BitSet(channels);
    List<Path> distinct = paths.distinct();
    for (int p = 0; p < places.length; p++) {
      Path path = distinct.get(places[p]);
      if (path.converted() && weights[p] > 0) {
        String touches = path.touches();
        credits[Kind.FIRST.ordinal()][touches.charAt(0)] += weights[p];
        credits[Kind.LAST.ordinal()][touches.charAt(touches.length() - 1)] += weights[p];
        even(touches, weights[p], credits[Kind.LINEAR.ordinal()]);
        position(touches, weights[p], credits[Kind.POSITION.ordinal()]);
        set(touches, weights[p], seen, credits[Kind.SHAPLEY.ordinal()]);
      }
    }
    return credits;
  }

  private static void even(String touches, double weight, double[] credit) {
    double each = weight / touches.length();
    for (int i = 0; i < touches.length(); i++) {
      credit[touches.charAt(i)] += each;
    }
  }

  private static void position(String touches, double weight, double[] credit) {
    int length = touches.length();
    double end = length == 1 ? 0.5 : length == 2 ? 0.5 : POSITION_END;
    credit[touches.charAt(0)] += end * weight;
    credit[touches.charAt(length - 1)] += end * weight;
    double each = (1 - 2 * end) * weight / Math.max(1, length - 2);
    for (int i = 1; i < length - 1; i++) {
      credit[touches.charAt(i)] += each;
    }
  }

  private static void set(String touches, double weight, BitSet seen, double[] credit) {
    seen.clear();
    for (int i = 0; i < touches.length(); i++) {
      seen.set(touches.charAt(i));
    }
    double each = weight / seen.cardinality();
    for (int c = seen.nextSetBit(0); c >= 0; c = seen.nextSetBit(c + 1)) {
      credit[c] += each;
    }
  }
}
