package io.channelwise.bert.internal.training;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * What the log-probabilities of a batch are multiplied with, so that their sum is the loss: mean
 * cross-entropy with label smoothing and class weights, defined as PyTorch's {@code cross_entropy}
 * does. A unit of it is a text, or a token.
 */
final class Targets {
  /** A token that has no class of its own: a marker, or a later part of a word. */
  static final int NONE = -1;

  private final int[][] truths;
  private final double[] weights;
  private final double smoothing;

  /**
   * What to learn.
   *
   * @param classes how many there are
   * @param truths class of each training text; for tokens, of each token, {@link #NONE} where it
   *     does not count
   * @param smoothing share of each target spread over all classes
   * @param balanced whether rare classes weigh more: units / (classes * units of the class), as
   *     scikit-learn's {@code balanced}
   */
  Targets(int classes, int[][] truths, double smoothing, boolean balanced) {
    this.truths = truths;
    this.smoothing = smoothing;
    weights = new double[classes];
    Arrays.fill(weights, 1);
    if (balanced) {
      balance();
    }
  }

  private void balance() {
    int[] counts = new int[weights.length];
    int units = 0;
    for (int[] input : truths) {
      for (int truth : input) {
        if (truth != NONE) {
          counts[truth]++;
          units++;
        }
      }
    }
    for (int c = 0; c < weights.length; c++) {
      weights[c] = counts[c] == 0 ? 1 : units / ((double) weights.length * counts[c]);
    }
  }

  int classes() {
    return weights.length;
  }

  /**
   * The factors of a part of a step, (B, W, C), row-major.
   *
   * @param part indices of training texts
   * @param step indices of all texts of the step, over which the mean goes
   * @param width W: units a text is padded to
   */
  FloatBuffer of(int[] part, int[] step, int width) {
    double total = total(step);
    int classes = weights.length;
    FloatBuffer values = FloatBuffer.allocate(part.length * width * classes);
    for (int i = 0; i < part.length; i++) {
      int[] units = truths[part[i]];
      for (int u = 0; u < units.length; u++) {
        if (units[u] != NONE) {
          put(values, (i * width + u) * classes, units[u], total);
        }
      }
    }
    return values;
  }

  private void put(FloatBuffer values, int from, int truth, double total) {
    int classes = weights.length;
    if (smoothing > 0) {
      for (int c = 0; c < classes; c++) {
        values.put(from + c, (float) (-smoothing / classes * weights[c] / total));
      }
    }
    int at = from + truth;
    values.put(at, (float) (values.get(at) - (1 - smoothing) * weights[truth] / total));
  }

  private double total(int[] step) {
    double total = 0;
    for (int index : step) {
      for (int truth : truths[index]) {
        total += truth == NONE ? 0 : weights[truth];
      }
    }
    // Sentences of unreadable words alone cost nothing.
    return total == 0 ? 1 : total;
  }
}
