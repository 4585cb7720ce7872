package io.channelwise.bert.internal.fewshot;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.internal.model.Torch;
import java.util.Arrays;

/**
 * Multinomial logistic regression with an L2 penalty on the weights, not on the bias: the minimum
 * of {@code strength * sum of losses + |W|² / 2}, as scikit-learn's {@code
 * LogisticRegression(C=strength)}. The function is convex, so the answer depends on no seed. The
 * two matrix products of an evaluation run in PyTorch, in 64 bits on the CPU. One thread.
 */
final class LogisticRegression implements AutoCloseable {
  /** Of the gradient of the mean loss; scikit-learn's default stops at about the same place. */
  private static final double TOLERANCE = 1e-6;

  private final NDManager manager = Torch.manager(Device.cpu());
  private final int classes;
  private final int width;
  private final int examples;
  private final NDArray vectors; // (N, H)
  private final NDArray transposed; // (H, N)
  private final NDArray truths; // (N, C): the example's weight at its class
  private final NDArray shares; // (N, 1): the example's weight
  private double[] solution;

  /**
   * A problem of these examples, for any number of strengths.
   *
   * @param rows (N, H)
   * @param truth class of each row
   * @param balanced whether each class weighs the same, however few rows it has
   */
  LogisticRegression(double[][] rows, int[] truth, int classes, boolean balanced) {
    this.classes = classes;
    width = rows[0].length;
    examples = rows.length;
    solution = new double[classes * (width + 1)];
    double[] weights = weights(truth, classes, balanced);
    double[] flat = new double[examples * width];
    double[] wanted = new double[examples * classes];
    for (int i = 0; i < examples; i++) {
      System.arraycopy(rows[i], 0, flat, i * width, width);
      wanted[i * classes + truth[i]] = weights[i];
    }
    vectors = manager.create(flat, new Shape(examples, width));
    try (NDArray view = vectors.transpose()) {
      transposed = view.duplicate();
    }
    truths = manager.create(wanted, new Shape(examples, classes));
    shares = manager.create(weights, new Shape(examples, 1));
  }

  private static double[] weights(int[] truth, int classes, boolean balanced) {
    double[] result = new double[truth.length];
    Arrays.fill(result, 1.0 / truth.length);
    if (balanced) {
      int[] counts = new int[classes];
      Arrays.stream(truth).forEach(c -> counts[c]++);
      long present = Arrays.stream(counts).filter(count -> count > 0).count();
      for (int i = 0; i < truth.length; i++) {
        result[i] = 1.0 / (present * counts[truth[i]]);
      }
    }
    return result;
  }

  /**
   * The best head at a strength; begins at the answer of the call before, so that a series of
   * rising strengths is quick.
   *
   * @param strength of the data against the penalty, scikit-learn's {@code C}
   */
  LinearHead fit(double strength) {
    double penalty = 1 / (strength * examples);
    solution = Lbfgs.minimise((point, slope) -> value(point, slope, penalty), solution, TOLERANCE);
    double[][] weights = new double[classes][width];
    for (int k = 0; k < width; k++) {
      for (int c = 0; c < classes; c++) {
        weights[c][k] = solution[k * classes + c];
      }
    }
    return new LinearHead(weights, Arrays.copyOfRange(solution, width * classes, solution.length));
  }

  /** Mean loss and penalty; the point holds the weights, (H, C), and then the bias, (C). */
  private double value(double[] point, double[] gradient, double penalty) {
    int size = width * classes;
    double loss;
    double[] slopes;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray weights =
          manager.create(Arrays.copyOf(point, size), new Shape(width, classes)); // (H, C)
      NDArray bias =
          manager.create(Arrays.copyOfRange(point, size, point.length), new Shape(1, classes));
      NDArray logs = vectors.matMul(weights).add(bias).logSoftmax(1); // (N, C)
      loss = -logs.mul(truths).sum().getDouble();
      NDArray errors = logs.exp().mul(shares).sub(truths); // (N, C)
      slopes = transposed.matMul(errors).toDoubleArray(); // (H, C)
      double[] ofBias = errors.sum(new int[] {0}).toDoubleArray();
      System.arraycopy(ofBias, 0, gradient, size, classes);
    }
    double squares = 0;
    for (int k = 0; k < size; k++) {
      squares += point[k] * point[k];
      gradient[k] = slopes[k] + penalty * point[k];
    }
    return loss + penalty / 2 * squares;
  }

  @Override
  public void close() {
    manager.close();
  }
}
