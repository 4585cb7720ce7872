package io.channelwise.bert.internal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Any number of labels a text: the weighted mean over texts and labels of the binary cross-entropy
 * of sigmoid(logit), PyTorch's {@code binary_cross_entropy_with_logits}.
 *
 * <p>With target y, weight w and logit x it is w (softplus(x) - y x), which is never the logarithm
 * of a small number.
 */
final class BinaryCrossEntropy implements Objective {
  private final boolean[][] truths;
  private final double smoothing;
  private final double[] presentWeights;
  private final double[] absentWeights;

  /**
   * What to learn.
   *
   * @param labels how many there are
   * @param truths indices of the labels of each training text
   * @param smoothing s: the target is 1 - s / 2 where a text has a label and s / 2 where not
   * @param balanced whether, for each label, the texts with it and those without weigh the same:
   *     texts / (2 * texts of the side), as scikit-learn's {@code balanced} of each label alone
   */
  BinaryCrossEntropy(int labels, int[][] truths, double smoothing, boolean balanced) {
    this.truths = new boolean[truths.length][labels];
    this.smoothing = smoothing;
    presentWeights = new double[labels];
    absentWeights = new double[labels];
    Arrays.fill(presentWeights, 1);
    Arrays.fill(absentWeights, 1);
    int[] present = new int[labels];
    for (int i = 0; i < truths.length; i++) {
      for (int label : truths[i]) {
        // Named twice, it is still there once.
        present[label] += this.truths[i][label] ? 0 : 1;
        this.truths[i][label] = true;
      }
    }
    for (int c = 0; c < labels; c++) {
      // A label that all texts have, or none, has nothing to balance.
      if (balanced && present[c] > 0 && present[c] < truths.length) {
        presentWeights[c] = truths.length / (2.0 * present[c]);
        absentWeights[c] = truths.length / (2.0 * (truths.length - present[c]));
      }
    }
  }

  @Override
  public UnaryOperator<NDArray> loss(NDManager scope, int[] part, int[] step, int length) {
    int labels = presentWeights.length;
    FloatBuffer[] factors = factors(part, total(step));
    NDArray weights = scope.create(factors[0], new Shape(part.length, labels)); // (B, C)
    NDArray targets = scope.create(factors[1], new Shape(part.length, labels)); // (B, C)
    return logits -> Activation.softPlus(logits).mul(weights).sub(logits.mul(targets)).sum();
  }

  /** Weights, and weights times targets, of the part: (B, C) each, row-major. */
  private FloatBuffer[] factors(int[] part, double total) {
    int labels = presentWeights.length;
    FloatBuffer weights = FloatBuffer.allocate(part.length * labels);
    FloatBuffer targets = FloatBuffer.allocate(part.length * labels);
    for (int index : part) {
      for (int c = 0; c < labels; c++) {
        double weight = weight(index, c) / total;
        double target = truths[index][c] ? 1 - smoothing / 2 : smoothing / 2;
        weights.put((float) weight);
        targets.put((float) (weight * target));
      }
    }
    return new FloatBuffer[] {weights.flip(), targets.flip()};
  }

  /** Of the weights of a step, as in CrossEntropy: guessing costs the same in every step. */
  private double total(int[] step) {
    double total = 0;
    for (int index : step) {
      for (int c = 0; c < presentWeights.length; c++) {
        total += weight(index, c);
      }
    }
    return total;
  }

  private double weight(int index, int label) {
    return truths[index][label] ? presentWeights[label] : absentWeights[label];
  }

  @Override
  public double ofGuessing() {
    return Math.log(2);
  }
}
