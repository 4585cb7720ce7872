package io.channelwise.attribution;

import io.channelwise.attribution.Paths.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws paths with replacement, each as likely as it was often taken, by Walker's and Vose's alias
 * table (Vose 1991, doi:10.1109/32.92917): one look-up a draw. Thread-safe.
 */
final class Resampler {
  /** Beyond it a resample is smaller than the data; see {@link #scale()}. */
  static final int DRAWS_MAX = 100_000;

  private final double[] keep;
  private final int[] alias;
  private final long count;

  Resampler(Paths paths) {
    List<Path> distinct = paths.distinct();
    int n = distinct.size();
    this.count = paths.count();
    this.keep = new double[n];
    this.alias = new int[n];
    int[] small = new int[n];
    int[] large = new int[n];
    int smalls = 0;
    int larges = 0;
    for (int i = 0; i < n; i++) {
      keep[i] = (double) distinct.get(i).count() * n / count;
      alias[i] = i;
      if (keep[i] < 1) {
        small[smalls++] = i;
      } else {
        large[larges++] = i;
      }
    }
    while (smalls > 0 && larges > 0) {
      int less = small[--smalls];
      int more = large[larges - 1];
      alias[less] = more;
      keep[more] -= 1 - keep[less];
      if (keep[more] < 1) {
        larges--;
        small[smalls++] = more;
      }
    }
    // What rounding left over is 1 up to rounding.
    while (larges > 0) {
      keep[large[--larges]] = 1;
    }
    while (smalls > 0) {
      keep[small[--smalls]] = 1;
    }
  }

  /** How often each distinct path was drawn. */
  long[] draw(SplittableRandom random) {
    long[] taken = new long[keep.length];
    long draws = Math.min(count, DRAWS_MAX);
    for (long i = 0; i < draws; i++) {
      int place = random.nextInt(keep.length);
      taken[random.nextDouble() < keep[place] ? place : alias[place]]++;
    }
    return taken;
  }

  /**
   * By how much the spread of resamples is too wide, when they are smaller than the data: the root
   * of their size by the data's (m out of n bootstrap, Bickel, Götze, van Zwet 1997).
   */
  double scale() {
    return Math.sqrt((double) Math.min(count, DRAWS_MAX) / count);
  }
}
