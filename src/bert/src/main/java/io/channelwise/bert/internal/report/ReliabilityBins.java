package io.channelwise.bert.internal.report;

import io.channelwise.bert.evaluation.ReliabilityBin;
import java.util.ArrayList;
import java.util.List;

/** Sorts statements into equal ranges of their stated probability. One thread. */
final class ReliabilityBins {
  private static final int BINS = 15;

  private final int[] count = new int[BINS];
  private final double[] confidence = new double[BINS];
  private final int[] right = new int[BINS];

  /**
   * Adds a statement.
   *
   * @param stated its probability, 0..1
   * @param isTrue whether it is so
   */
  void add(double stated, boolean isTrue) {
    int bin = Math.min(BINS - 1, (int) (stated * BINS));
    count[bin]++;
    confidence[bin] += stated;
    right[bin] += isTrue ? 1 : 0;
  }

  /** The ranges from the lowest to the highest. */
  List<ReliabilityBin> toList() {
    List<ReliabilityBin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      bins.add(
          new ReliabilityBin(
              (double) bin / BINS,
              (bin + 1.0) / BINS,
              count[bin],
              Averages.share(confidence[bin], count[bin]),
              Averages.share(right[bin], count[bin])));
    }
    return bins;
  }
}
