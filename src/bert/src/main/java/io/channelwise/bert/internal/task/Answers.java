package io.channelwise.bert.internal.task;

import io.channelwise.bert.Task;
import java.util.Arrays;

/** Probabilities from logits. */
public final class Answers {

  private Answers() {}

  /**
   * Probabilities of the classes of texts, one row a text: softmax where one class is right, the
   * sigmoid of each where any number is.
   *
   * @param logits (texts, classes)
   * @param temperature the logits are divided by it; 1 leaves them
   */
  public static double[][] probabilities(Task task, float[][] logits, double temperature) {
    return Arrays.stream(logits)
        .map(row -> scaled(row, temperature))
        .map(row -> task == Task.MULTI_LABEL ? sigmoid(row) : softmax(row, 0, row.length))
        .toArray(double[][]::new);
  }

  private static float[] scaled(float[] row, double temperature) {
    float[] result = row.clone();
    for (int i = 0; temperature != 1 && i < row.length; i++) {
      result[i] = (float) (row[i] / temperature);
    }
    return result;
  }

  private static double[] sigmoid(float[] row) {
    double[] result = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      result[i] = 1 / (1 + Math.exp(-row[i]));
    }
    return result;
  }

  /** The softmax of {@code count} values from an index on. */
  public static double[] softmax(float[] logits, int from, int count) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      highest = Math.max(highest, logits[from + i]);
    }
    double[] result = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      result[i] = Math.exp(logits[from + i] - highest);
      sum += result[i];
    }
    for (int i = 0; i < count; i++) {
      result[i] /= sum;
    }
    return result;
  }
}
