package io.channelwise.bert.internal.fewshot;

import io.channelwise.bert.training.FewShotResult.Candidate;
import io.channelwise.bert.training.FewShotResult.Encoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Turns the scores of the folds into candidates and picks one. */
final class Choice {

  private Choice() {}

  /**
   * Means and spreads of one encoder's candidates.
   *
   * @param folds accuracy (0) and log loss (1) by strength, of each fold
   */
  static List<Candidate> candidates(Encoder encoder, List<double[][]> folds) {
    List<Candidate> result = new ArrayList<>();
    for (int i = 0; i < HeadScores.STRENGTHS.length; i++) {
      int at = i;
      double[] accuracies = folds.stream().mapToDouble(fold -> fold[0][at]).toArray();
      double[] losses = folds.stream().mapToDouble(fold -> fold[1][at]).toArray();
      result.add(
          new Candidate(
              encoder,
              HeadScores.STRENGTHS[i],
              mean(accuracies),
              deviation(accuracies),
              mean(losses),
              deviation(losses)));
    }
    return result;
  }

  /**
   * Of each encoder the candidate with the lowest log loss, which is less a matter of luck than
   * accuracy; of these the more accurate, the frozen one where they are equal.
   */
  static Candidate best(List<Candidate> candidates) {
    Map<Encoder, Candidate> best = new EnumMap<>(Encoder.class);
    for (Candidate candidate : candidates) {
      best.merge(candidate.encoder(), candidate, (a, b) -> b.logLoss() < a.logLoss() ? b : a);
    }
    return best.values().stream()
        .max(
            Comparator.comparingDouble(Candidate::accuracy)
                .thenComparing(c -> c.encoder() == Encoder.FROZEN))
        .orElseThrow();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Of a sample: divided by one less than the count. */
  private static double deviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / (values.length - 1));
  }
}
