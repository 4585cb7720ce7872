package io.channelwise.bert.internal.explain;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.internal.model.Torch;

/**
 * Integrated gradients (Sundararajan et al. 2017, <a
 * href="https://arxiv.org/abs/1703.01365">1703.01365</a>): the share of each input in the change of
 * a score from a baseline is its difference times the mean gradient on the straight line between.
 * The shares sum to the change (completeness); the number of points on the line is doubled until
 * they do.
 */
public final class IntegratedGradients {
  /** The sum may miss the change by this share of it … */
  public static final double TOLERANCE = 0.005;

  /** … or by this much, where the change is small; single precision gives about 1e-5. */
  public static final double TOLERANCE_MIN = 1e-3;

  private static final int POINTS_MIN = 16;
  private static final int POINTS_MAX = 1024;

  /** Points evaluated at once. */
  private static final int BATCH = 16;

  /**
   * The shares.
   *
   * @param shares one a row of the input, in units of the score
   * @param change score of the input minus score of the baseline
   * @param points evaluated on the line
   */
  public record Result(double[] shares, double change, int points) {
    /** Sum of the shares minus the change; 0 if the integral was exact. */
    public double gap() {
      double sum = 0;
      for (double share : shares) {
        sum += share;
      }
      return sum - change;
    }

    /** Whether the gap is within the tolerance. */
    public boolean complete() {
      return Math.abs(gap()) <= Math.max(TOLERANCE_MIN, TOLERANCE * Math.abs(change));
    }
  }

  /** A differentiable score of each row of a batch. */
  @FunctionalInterface
  public interface Score {
    /**
     * Scores inputs.
     *
     * @param inputs (B, T, H), B at most 16
     * @return (B), attached to the manager of the inputs
     */
    NDArray of(NDArray inputs);
  }

  private IntegratedGradients() {}

  /**
   * The share of each row of an input in a score. Gradient recording must be off.
   *
   * @param input (T, H)
   * @param baseline (T, H)
   */
  public static Result of(NDArray input, NDArray baseline, Score score) {
    Device device = input.getDevice();
    double change = value(input, score, device) - value(baseline, score, device);
    Result result = null;
    for (int points = POINTS_MIN; points <= POINTS_MAX; points *= 2) {
      result = new Result(shares(input, baseline, score, Quadrature.of(points)), change, points);
      if (result.complete()) {
        break;
      }
    }
    return result;
  }

  private static double value(NDArray input, Score score, Device device) {
    try (NDManager scope = Torch.manager(device);
        NDScope temporaries = new NDScope()) {
      temporaries.suppressNotUsedWarning();
      NDArray one = copy(input, scope).expandDims(0); // (1, T, H)
      return score.of(one).toFloatArray()[0];
    }
  }

  private static double[] shares(
      NDArray input, NDArray baseline, Score score, Quadrature quadrature) {
    double[] shares = new double[(int) input.getShape().get(0)];
    for (int from = 0; from < quadrature.points().length; from += BATCH) {
      try (NDManager scope = Torch.manager(input.getDevice());
          NDScope temporaries = new NDScope()) {
        temporaries.suppressNotUsedWarning();
        add(shares, copy(input, scope), copy(baseline, scope), score, quadrature, from);
      }
    }
    return shares;
  }

  /** Adds the part of the points from one index on. */
  private static void add(
      double[] shares,
      NDArray input,
      NDArray baseline,
      Score score,
      Quadrature quadrature,
      int from) {
    int count = Math.min(BATCH, quadrature.points().length - from);
    float[] points = new float[count];
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      points[i] = (float) quadrature.points()[from + i];
      weights[i] = (float) quadrature.weights()[from + i];
    }
    NDManager scope = input.getManager();
    NDArray way = input.sub(baseline); // (T, H)
    NDArray line = scope.create(points, new Shape(count, 1, 1)).mul(way).add(baseline); // (B, T, H)
    line.setRequiresGradient(true);
    Torch.differentiate(() -> score.of(line).sum());
    NDArray part =
        line.getGradient() // (B, T, H)
            .mul(scope.create(weights, new Shape(count, 1, 1)))
            .sum(new int[] {0}) // (T, H)
            .mul(way)
            .sum(new int[] {1}); // (T)
    float[] values = part.toFloatArray();
    for (int i = 0; i < shares.length; i++) {
      shares[i] += values[i];
    }
  }

  /** So that temporaries belong to the batch, not to the owner of the input. */
  private static NDArray copy(NDArray array, NDManager scope) {
    return scope.create(array.toFloatArray(), array.getShape());
  }
}
