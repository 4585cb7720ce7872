package io.channelwise.bert.internal.fewshot;

import io.channelwise.bert.internal.report.Scores;
import java.util.function.BiConsumer;

/** Trains heads of all strengths on vectors, scaled first, and judges them on others. */
final class HeadScores {
  /** Of the data against the penalty, rising; vectors are scaled to variance 1. */
  static final double[] STRENGTHS = {0.003, 0.01, 0.03, 0.1, 0.3, 1, 3};

  private HeadScores() {}

  /**
   * Vectors and their classes.
   *
   * @param vectors (N, H)
   * @param truths (N)
   */
  record Labelled(double[][] vectors, int[] truths) {

    /** The rows of these numbers. */
    Labelled rows(int[] numbers) {
      double[][] chosen = new double[numbers.length][];
      int[] classes = new int[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        chosen[i] = vectors[numbers[i]];
        classes[i] = truths[numbers[i]];
      }
      return new Labelled(chosen, classes);
    }
  }

  /**
   * Accuracy (0) and mean log loss (1) of each strength on the held-out rows.
   *
   * @param beforeHead called before each head is trained; what it throws ends the work
   */
  static double[][] of(
      Labelled train, Labelled heldOut, int classes, boolean balanced, Runnable beforeHead) {
    double[][] result = new double[2][STRENGTHS.length];
    fit(
        train,
        classes,
        balanced,
        STRENGTHS.length,
        beforeHead,
        (i, head) -> {
          result[0][i] = accuracy(head, heldOut);
          result[1][i] = logLoss(head, heldOut);
        });
    return result;
  }

  /** The head of one strength. */
  static LinearHead head(
      Labelled train, int classes, boolean balanced, double strength, Runnable beforeHead) {
    int wanted = 0;
    while (STRENGTHS[wanted] != strength) {
      wanted++;
    }
    LinearHead[] last = new LinearHead[1];
    fit(train, classes, balanced, wanted + 1, beforeHead, (i, head) -> last[0] = head);
    return last[0];
  }

  /** From the weakest up: each begins at the one before and is there in a few steps. */
  private static void fit(
      Labelled train,
      int classes,
      boolean balanced,
      int count,
      Runnable beforeHead,
      BiConsumer<Integer, LinearHead> each) {
    Scaling scaling = Scaling.of(train.vectors);
    try (LogisticRegression regression =
        new LogisticRegression(scaling.apply(train.vectors), train.truths, classes, balanced)) {
      for (int i = 0; i < count; i++) {
        beforeHead.run();
        each.accept(i, scaling.unscaled(regression.fit(STRENGTHS[i])));
      }
    }
  }

  private static double accuracy(LinearHead head, Labelled rows) {
    int right = 0;
    for (int i = 0; i < rows.truths.length; i++) {
      right += Scores.highest(head.logProbabilities(rows.vectors[i])) == rows.truths[i] ? 1 : 0;
    }
    return (double) right / rows.truths.length;
  }

  /** Mean negative logarithm of the probability given to the true class, in nats. */
  static double logLoss(LinearHead head, Labelled rows) {
    double sum = 0;
    for (int i = 0; i < rows.truths.length; i++) {
      sum -= head.logProbabilities(rows.vectors[i])[rows.truths[i]];
    }
    return sum / rows.truths.length;
  }
}
