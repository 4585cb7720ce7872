package io.channelwise.bert.internal.fewshot;

/**
 * A linear classifier of vectors: scores are weights times the vector plus bias.
 *
 * @param weights (C, H)
 * @param bias (C)
 */
record LinearHead(double[][] weights, double[] bias) {

  /** Natural logarithms of the softmax probabilities of a vector, (C). */
  double[] logProbabilities(double[] vector) {
    double[] scores = new double[bias.length];
    double highest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < scores.length; c++) {
      double score = bias[c];
      for (int k = 0; k < vector.length; k++) {
        score += weights[c][k] * vector[k];
      }
      scores[c] = score;
      highest = Math.max(highest, score);
    }
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score - highest);
    }
    double normaliser = highest + Math.log(sum);
    for (int c = 0; c < scores.length; c++) {
      scores[c] -= normaliser;
    }
    return scores;
  }
}
