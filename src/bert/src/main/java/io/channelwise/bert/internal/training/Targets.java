package io.channelwise.bert.internal.training;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * What the log-probabilities of a batch are multiplied with, so that their sum is the loss: mean
 * cross-entropy with label smoothing and class weights, defined as PyTorch's {@code cross_entropy}
 * does.
 */
final class Targets {
  private final int[] truths;
  private final double[] weights;
  private final double smoothing;

  /**
   * @param classes how many there are
   * @param truths class of each training text
   * @param smoothing share of each target spread over all classes
   * @param balanced whether rare classes weigh more: texts / (classes * texts of the class), as
   *     scikit-learn's {@code balanced}
   */
  Targets(int classes, int[] truths, double smoothing, boolean balanced) {
    this.truths = truths;
    this.smoothing = smoothing;
    weights = new double[classes];
    Arrays.fill(weights, 1);
    if (balanced) {
      int[] counts = new int[classes];
      Arrays.stream(truths).forEach(c -> counts[c]++);
      for (int c = 0; c < classes; c++) {
        weights[c] = (double) truths.length / ((double) classes * counts[c]);
      }
    }
  }

  /**
   * The factors of a batch, (B, C), row-major.
   *
   * @param batch indices of training texts
   */
  FloatBuffer of(int[] batch) {
    double total = Arrays.stream(batch).mapToDouble(i -> weights[truths[i]]).sum();
    int classes = weights.length;
    FloatBuffer values = FloatBuffer.allocate(batch.length * classes);
    for (int i = 0; i < batch.length; i++) {
      int truth = truths[batch[i]];
      if (smoothing > 0) {
        for (int c = 0; c < classes; c++) {
          values.put(i * classes + c, (float) (-smoothing / classes * weights[c] / total));
        }
      }
      int at = i * classes + truth;
      values.put(at, (float) (values.get(at) - (1 - smoothing) * weights[truth] / total));
    }
    return values;
  }
}
