package io.channelwise.bert.internal.report;

import io.channelwise.bert.BertException;
import io.channelwise.bert.RejectRule;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Chooses below which probability an answer is not taken. */
public final class Rejection {

  private Rejection() {}

  /**
   * The threshold that takes most texts while the share of right answers among them is as wanted.
   * It is chosen on the texts that its precision is stated of, which flatters.
   *
   * @param wanted 0..1; 0 takes every answer
   * @param takenMin texts that must be taken: the share of two or three says nothing
   * @throws BertException when no threshold gives it
   */
  public static RejectRule rule(
      int[] truths, double[][] probabilities, double wanted, int takenMin) {
    double[] stated = new double[truths.length];
    boolean[] right = new boolean[truths.length];
    for (int i = 0; i < truths.length; i++) {
      int answer = Scores.highest(probabilities[i]);
      stated[i] = probabilities[i][answer];
      right[i] = answer == truths[i];
    }
    List<Integer> order =
        IntStream.range(0, truths.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> stated[i]).reversed())
            .toList();
    RejectRule chosen = null;
    double best = 0;
    int rights = 0;
    for (int taken = 1; taken <= order.size(); taken++) {
      int last = order.get(taken - 1);
      rights += right[last] ? 1 : 0;
      // Texts of equal probability are taken or rejected together.
      boolean tied = taken < order.size() && stated[order.get(taken)] == stated[last];
      if (tied || taken < takenMin) {
        continue;
      }
      double precision = (double) rights / taken;
      best = Math.max(best, precision);
      if (precision >= wanted) {
        double threshold = taken == order.size() ? 0 : stated[last];
        chosen = new RejectRule(wanted, threshold, precision, (double) taken / order.size());
      }
    }
    if (chosen == null) {
      throw new BertException(
          String.format(
              Locale.ROOT,
              "No threshold gives precision %.4f on these %d texts with %d or more answered; the best is %.4f. Ask for less, or train on more texts.",
              wanted,
              truths.length,
              takenMin,
              best));
    }
    return chosen;
  }
}
