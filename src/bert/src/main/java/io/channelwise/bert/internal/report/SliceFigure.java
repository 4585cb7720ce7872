package io.channelwise.bert.internal.report;

import io.channelwise.bert.evaluation.ClassEvaluation;
import io.channelwise.bert.evaluation.EntityEvaluation;
import io.channelwise.bert.evaluation.Judgement;
import io.channelwise.bert.evaluation.Judgement.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The figure that parts of the data are compared by: a ratio of sums over examples. Accuracy is
 * right over all; micro F1 is twice the right over the given and the true together.
 */
final class SliceFigure {
  private static final int PERMUTATIONS = 4999;

  private final double[] part;
  private final double[] whole;
  private final boolean shares;

  private SliceFigure(double[] part, double[] whole, boolean shares) {
    this.part = part;
    this.whole = whole;
    this.shares = shares;
  }

  static SliceFigure of(Judgement judgement) {
    List<Answer> answers = judgement.answers();
    double[] part = new double[answers.size()];
    double[] whole = new double[answers.size()];
    boolean shares = judgement.evaluation() instanceof ClassEvaluation;
    boolean entities = judgement.evaluation() instanceof EntityEvaluation;
    for (int i = 0; i < part.length; i++) {
      Answer answer = answers.get(i);
      if (shares) {
        part[i] = answer.right() ? 1 : 0;
        whole[i] = 1;
      } else {
        List<?> truth = entities ? Entities.of(answer.truth()) : answer.truth();
        List<?> given = entities ? Entities.of(answer.labels()) : answer.labels();
        part[i] = 2.0 * given.stream().filter(truth::contains).count();
        whole[i] = truth.size() + given.size();
      }
    }
    return new SliceFigure(part, whole, shares);
  }

  /** The figure on some examples; NaN where they hold nothing to find and nothing was found. */
  double score(int[] members) {
    double top = 0;
    double bottom = 0;
    for (int i : members) {
      top += part[i];
      bottom += whole[i];
    }
    return bottom == 0 ? Double.NaN : top / bottom;
  }

  /** All other examples. */
  int[] others(int[] members) {
    TreeSet<Integer> inside = new TreeSet<>();
    IntStream.of(members).forEach(inside::add);
    return IntStream.range(0, part.length).filter(i -> !inside.contains(i)).toArray();
  }

  /**
   * Chance that as many examples, drawn from all, score no higher than these do.
   *
   * @return NaN where these or the others have no score
   */
  double chanceOfSoLow(int[] members) {
    if (shares) {
      long right = Arrays.stream(members).filter(i -> part[i] > 0).count();
      long allRight = Arrays.stream(part).filter(p -> p > 0).count();
      return hypergeometricTail(right, members.length, allRight, part.length);
    }
    return permuted(members);
  }

  /** Fisher's exact test, one-sided. */
  static double hypergeometricTail(long right, long drawn, long allRight, long all) {
    double[] logs = new double[(int) all + 1];
    for (int n = 1; n <= all; n++) {
      logs[n] = logs[n - 1] + Math.log(n);
    }
    double sum = 0;
    for (long k = Math.max(0, drawn - (all - allRight)); k <= right; k++) {
      sum +=
          Math.exp(
              choose(logs, allRight, k)
                  + choose(logs, all - allRight, drawn - k)
                  - choose(logs, all, drawn));
    }
    return Math.min(1, sum);
  }

  private static double choose(double[] logs, long from, long count) {
    return logs[(int) from] - logs[(int) count] - logs[(int) (from - count)];
  }

  /**
   * Difference to the others under random exchange of the examples (Phipson and Smyth 2010).
   * Exchanges that leave one side without a score say nothing of it and are not counted.
   */
  private double permuted(int[] members) {
    double top = Arrays.stream(part).sum();
    double bottom = Arrays.stream(whole).sum();
    double found = difference(members, members.length, top, bottom);
    if (Double.isNaN(found)) {
      return Double.NaN;
    }
    SplittableRandom random = new SplittableRandom(Bootstrap.SEED);
    int[] order = IntStream.range(0, part.length).toArray();
    int counted = 0;
    int asLow = 0;
    for (int r = 0; r < PERMUTATIONS; r++) {
      for (int i = 0; i < members.length; i++) {
        int other = i + random.nextInt(order.length - i);
        int swapped = order[i];
        order[i] = order[other];
        order[other] = swapped;
      }
      double exchanged = difference(order, members.length, top, bottom);
      counted += Double.isNaN(exchanged) ? 0 : 1;
      asLow += exchanged <= found + 1e-12 ? 1 : 0;
    }
    return (asLow + 1.0) / (counted + 1.0);
  }

  /** NaN where the first examples or the others have no score. */
  private double difference(int[] order, int count, double allTop, double allBottom) {
    double top = 0;
    double bottom = 0;
    for (int i = 0; i < count; i++) {
      top += part[order[i]];
      bottom += whole[order[i]];
    }
    // Numbers of units, so exact: 0 / 0 is NaN.
    return top / bottom - (allTop - top) / (allBottom - bottom);
  }
}
