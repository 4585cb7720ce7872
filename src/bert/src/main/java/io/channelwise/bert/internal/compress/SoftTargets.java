package io.channelwise.bert.internal.compress;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.channelwise.bert.Task;
import java.nio.FloatBuffer;
import java.util.function.UnaryOperator;

/**
 * What a teacher answers to the training inputs, and how far a student is from it: T² times the
 * mean of KL(softmax(t / T) || softmax(s / T)) over texts or tokens; with many labels a text, of
 * the divergence of each label's yes and no, over texts and labels.
 */
final class SoftTargets {
  private final Task task;
  private final int classes;
  private final float[][] logits;
  private final boolean[][] counted;
  private final double temperature;

  /**
   * @param logits of the teacher for each input: (C), for tokens (T, C) row-major
   * @param counted for tokens, which of them have a tag of their own; null otherwise
   */
  SoftTargets(Task task, int classes, float[][] logits, boolean[][] counted, double temperature) {
    this.task = task;
    this.classes = classes;
    this.logits = logits;
    this.counted = counted;
    this.temperature = temperature;
  }

  /**
   * As {@link io.channelwise.bert.internal.training.Objective#loss}.
   *
   * @param weight the loss is multiplied with
   */
  UnaryOperator<NDArray> loss(NDManager scope, int[] part, int[] step, int length, double weight) {
    int width = task == Task.TOKENS ? length : 1;
    FloatBuffer factors = FloatBuffer.allocate(part.length * width * classes);
    FloatBuffer covered = FloatBuffer.allocate(part.length * width * classes);
    double scale = weight * temperature * temperature / decisions(step);
    double entropy = 0;
    for (int i = 0; i < part.length; i++) {
      int units = logits[part[i]].length / classes;
      for (int unit = 0; unit < units; unit++) {
        if (counts(part[i], unit)) {
          int at = (i * width + unit) * classes;
          entropy += put(logits[part[i]], unit * classes, factors, covered, at, scale);
        }
      }
    }
    Shape shape =
        task == Task.TOKENS
            ? new Shape(part.length, width, classes)
            : new Shape(part.length, classes);
    NDArray shares = scope.create(factors, shape);
    NDArray cold = scope.create((float) (1 / temperature));
    // Not needed to learn, but it makes the loss zero when the student answers as the teacher.
    NDArray constant = scope.create((float) entropy);
    if (task == Task.MULTI_LABEL) {
      NDArray weights = scope.create(covered, shape);
      return student -> {
        NDArray cooled = student.mul(cold);
        return Activation.softPlus(cooled).mul(weights).sub(cooled.mul(shares)).sum().add(constant);
      };
    }
    return student -> student.mul(cold).logSoftmax(-1).mul(shares).sum().neg().add(constant);
  }

  private boolean counts(int input, int unit) {
    return counted == null || counted[input][unit];
  }

  /** Texts, counted tokens, or texts times labels, of a step. */
  private double decisions(int[] step) {
    double units = 0;
    for (int input : step) {
      for (int unit = 0; unit < logits[input].length / classes; unit++) {
        units += counts(input, unit) ? 1 : 0;
      }
    }
    return Math.max(1, units) * (task == Task.MULTI_LABEL ? classes : 1);
  }

  /**
   * Puts the teacher's shares of a unit, times the scale.
   *
   * @return minus the entropy of the teacher's answer, times the scale
   */
  private double put(
      float[] values, int from, FloatBuffer factors, FloatBuffer covered, int at, double scale) {
    double entropy = 0;
    double[] shares = task == Task.MULTI_LABEL ? sigmoids(values, from) : softmax(values, from);
    for (int c = 0; c < classes; c++) {
      factors.put(at + c, (float) (scale * shares[c]));
      covered.put(at + c, (float) scale);
      entropy += plogp(shares[c]);
      if (task == Task.MULTI_LABEL) {
        entropy += plogp(1 - shares[c]);
      }
    }
    return scale * entropy;
  }

  private static double plogp(double share) {
    return share <= 0 ? 0 : share * Math.log(share);
  }

  private double[] sigmoids(float[] values, int from) {
    double[] result = new double[classes];
    for (int c = 0; c < classes; c++) {
      result[c] = 1 / (1 + Math.exp(-values[from + c] / temperature));
    }
    return result;
  }

  private double[] softmax(float[] values, int from) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      highest = Math.max(highest, values[from + c]);
    }
    double[] result = new double[classes];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      result[c] = Math.exp((values[from + c] - highest) / temperature);
      sum += result[c];
    }
    for (int c = 0; c < classes; c++) {
      result[c] /= sum;
    }
    return result;
  }
}
