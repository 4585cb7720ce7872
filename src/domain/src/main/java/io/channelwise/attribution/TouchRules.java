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
   * @param taken how often each distinct path was taken
   * @return purchases by channel, of {@link Kind#FIRST}, {@link Kind#LAST}, {@link Kind#LINEAR},
   *     {@link Kind#POSITION} and {@link Kind#SHAPLEY}, at their ordinals; null at the others'
   */
  static double[][] credits(Paths paths, long[] taken) {
    int channels = paths.channels().size();
    double[][] credits = new double[Kind.values().length][];
    for (Kind kind : List.of(Kind.FIRST, Kind.LAST, Kind.LINEAR, Kind.POSITION, Kind.SHAPLEY)) {
      credits[kind.ordinal()] = new double[channels];
    }
    BitSet seen = new BitSet(channels);
    List<Path> distinct = paths.distinct();
    for (int p = 0; p < taken.length; p++) {
      // Most paths are not in a resample: they are not even looked up.
      Path path = taken[p] == 0 ? null : distinct.get(p);
      if (path != null && path.converted()) {
        String touches = path.touches();
        credits[Kind.FIRST.ordinal()][touches.charAt(0)] += taken[p];
        credits[Kind.LAST.ordinal()][touches.charAt(touches.length() - 1)] += taken[p];
        even(touches, taken[p], credits[Kind.LINEAR.ordinal()]);
        position(touches, taken[p], credits[Kind.POSITION.ordinal()]);
        set(touches, taken[p], seen, credits[Kind.SHAPLEY.ordinal()]);
      }
    }
    return credits;
  }

  private static void even(String touches, long count, double[] credit) {
    double each = (double) count / touches.length();
    for (int i = 0; i < touches.length(); i++) {
      credit[touches.charAt(i)] += each;
    }
  }

  private static void position(String touches, long count, double[] credit) {
    int length = touches.length();
    double end = length == 1 ? 0.5 : length == 2 ? 0.5 : POSITION_END;
    credit[touches.charAt(0)] += end * count;
    credit[touches.charAt(length - 1)] += end * count;
    double each = (1 - 2 * end) * count / Math.max(1, length - 2);
    for (int i = 1; i < length - 1; i++) {
      credit[touches.charAt(i)] += each;
    }
  }

  private static void set(String touches, long count, BitSet seen, double[] credit) {
    seen.clear();
    for (int i = 0; i < touches.length(); i++) {
      seen.set(touches.charAt(i));
    }
    double each = (double) count / seen.cardinality();
    for (int c = seen.nextSetBit(0); c >= 0; c = seen.nextSetBit(c + 1)) {
      credit[c] += each;
    }
  }
}
