package io.channelwise.bert.internal.report;

import java.util.Arrays;

/** Accuracy and F1 averages of a drawn set of answers; reused, so one thread. */
final class Counts {
  private final int[] right;
  private final int[] predicted;
  private final int[] support;

  Counts(int classes) {
    right = new int[classes];
    predicted = new int[classes];
    support = new int[classes];
  }

  /** Accuracy, macro F1, weighted F1 of the drawn texts, averaged as {@link Scores} does. */
  double[] figures(int[] truths, int[] answers, int[] drawn) {
    Arrays.fill(right, 0);
    Arrays.fill(predicted, 0);
    Arrays.fill(support, 0);
    int allRight = 0;
    for (int i : drawn) {
      support[truths[i]]++;
      predicted[answers[i]]++;
      if (truths[i] == answers[i]) {
        right[truths[i]]++;
        allRight++;
      }
    }
    double macro = 0;
    double weighted = 0;
    int present = 0;
    for (int c = 0; c < right.length; c++) {
      if (support[c] + predicted[c] > 0) {
        double f1 = 2.0 * right[c] / (support[c] + predicted[c]);
        macro += f1;
        weighted += f1 * support[c];
        present++;
      }
    }
    return new double[] {
      (double) allRight / drawn.length, macro / present, weighted / drawn.length
    };
  }
}
