package io.channelwise.bert.internal.fewshot;

/**
 * Centres vectors and brings their parts to variance 1 on average. One factor for all parts keeps
 * the angles, which the pretraining made meaningful. It is linear, so a head trained on scaled
 * vectors becomes one of the vectors as they are.
 *
 * @param mean (H), subtracted first
 * @param deviation everything is divided by it then
 */
record Scaling(double[] mean, double deviation) {

  /** The scaling that fits these vectors, (N, H). */
  static Scaling of(double[][] vectors) {
    int width = vectors[0].length;
    double[] mean = new double[width];
    for (double[] vector : vectors) {
      for (int k = 0; k < width; k++) {
        mean[k] += vector[k] / vectors.length;
      }
    }
    double squares = 0;
    for (double[] vector : vectors) {
      for (int k = 0; k < width; k++) {
        squares += (vector[k] - mean[k]) * (vector[k] - mean[k]);
      }
    }
    double deviation = Math.sqrt(squares / vectors.length / width);
    return new Scaling(mean, deviation > 0 ? deviation : 1);
  }

  /** The scaled vectors. */
  double[][] apply(double[][] vectors) {
    double[][] result = new double[vectors.length][mean.length];
    for (int i = 0; i < vectors.length; i++) {
      for (int k = 0; k < mean.length; k++) {
        result[i][k] = (vectors[i][k] - mean[k]) / deviation;
      }
    }
    return result;
  }

  /** The head that gives unscaled vectors the scores that this one gives scaled ones. */
  LinearHead unscaled(LinearHead head) {
    int classes = head.bias().length;
    double[][] weights = new double[classes][mean.length];
    double[] bias = head.bias().clone();
    for (int c = 0; c < classes; c++) {
      for (int k = 0; k < mean.length; k++) {
        weights[c][k] = head.weights()[c][k] / deviation;
        bias[c] -= weights[c][k] * mean[k];
      }
    }
    return new LinearHead(weights, bias);
  }
}
