package io.channelwise.bert.internal.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Temperature scaling (Guo et al. 2017, <a href="https://arxiv.org/abs/1706.04599">1706.04599</a>,
 * section 4.2): logits are divided by one number. Works on probabilities, whose logarithms are the
 * logits up to a constant that softmax drops.
 */
public final class Temperature {
  /** Where every answer is right (or wrong) no finite temperature is best. */
  private static final double HIGHEST = 20;

  private static final int HALVINGS = 60;

  private Temperature() {}

  /**
   * The temperature with the least negative log likelihood, between 1/20 and 20. The likelihood is
   * concave in 1/temperature, so halving the range of its slope's sign change finds it.
   *
   * @param probabilities of all classes for each text, at temperature 1
   * @param truths index of each text's true class
   */
  public static double fit(double[][] probabilities, int[] truths) {
    double[][] logits =
        Arrays.stream(probabilities).map(Temperature::logs).toArray(double[][]::new);
    double low = 1 / HIGHEST;
    double high = HIGHEST;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (slope(logits, truths, middle) > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return 2 / (low + high);
  }

  /** The probabilities at a temperature. */
  public static double[][] scale(double[][] probabilities, double temperature) {
    return Arrays.stream(probabilities).map(p -> scale(p, temperature)).toArray(double[][]::new);
  }

  /** The probabilities of one text at a temperature. */
  public static double[] scale(double[] probabilities, double temperature) {
    return softmax(logs(probabilities), 1 / temperature);
  }

  /** Probabilities that do not sum to one, each of a decision of its own, at a temperature. */
  public static double[][] scaleEach(double[][] probabilities, double temperature) {
    return Arrays.stream(probabilities)
        .map(row -> Arrays.stream(row).map(p -> scale(new double[] {p, 1 - p}, temperature)[0]))
        .map(DoubleStream::toArray)
        .toArray(double[][]::new);
  }

  /** Derivative of the negative log likelihood by the inverse temperature. */
  private static double slope(double[][] logits, int[] truths, double inverse) {
    double sum = 0;
    for (int i = 0; i < truths.length; i++) {
      double[] shares = softmax(logits[i], inverse);
      for (int c = 0; c < shares.length; c++) {
        sum += shares[c] * logits[i][c];
      }
      sum -= logits[i][truths[i]];
    }
    return sum;
  }

  private static double[] logs(double[] probabilities) {
    return Arrays.stream(probabilities)
        .map(p -> Math.log(Math.max(p, Double.MIN_NORMAL)))
        .toArray();
  }

  private static double[] softmax(double[] logits, double inverse) {
    double highest = Arrays.stream(logits).max().orElse(0);
    double[] result = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.exp((logits[i] - highest) * inverse);
      sum += result[i];
    }
    for (int i = 0; i < result.length; i++) {
      result[i] /= sum;
    }
    return result;
  }
}
