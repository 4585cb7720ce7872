package io.channelwise.research;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How far the weights can move before another market is first. The score is linear in the weights,
 * so these are exact: Triantaphyllou, E. and Sánchez, A. (1997), A sensitivity analysis approach
 * for some deterministic multi-criteria decision-making methods, Decision Sciences 28, 151-194.
 *
 * @param first market that is first now
 * @param ranges one a part, in the order of {@link #PARTS}
 * @param shift the least weight that must move for another market to be first; null when no choice
 *     of weights changes that
 */
public record Sensitivity(String first, List<Range> ranges, Shift shift) {
  /** Parts of the score, in the order of {@link OpportunityWeights}. */
  public static final List<String> PARTS = List.of("need", "room", "growth", "payment");

  public Sensitivity {
    ranges = List.copyOf(ranges);
  }

  /**
   * While one weight moves, the others keep their proportions.
   *
   * @param weight now
   * @param low least weight with which the first stays first
   * @param high largest one
   * @param firstBelow market that is first below {@code low}; null when there is none
   * @param firstAbove market that is first above {@code high}; null when there is none
   */
  public record Range(
      String part, double weight, double low, double high, String firstBelow, String firstAbove) {}

  /**
   * @param amount of weight, 0..1, to be moved in all
   * @param from part that loses the most of it
   * @param to part that gains it
   * @param market that draws level
   */
  public record Shift(double amount, String from, String to, String market) {}

  /**
   * @param viable markets, the best first; empty when fewer than two
   */
  static Optional<Sensitivity> of(OpportunityWeights weights, List<Opportunity> viable) {
    if (viable.size() < 2) {
      return Optional.empty();
    }
    double[] w = weights.array();
    List<Range> ranges =
        IntStream.range(0, PARTS.size()).mapToObj(part -> range(w, viable, part)).toList();
    Opportunity first = viable.get(0);
    Shift shift =
        viable.stream()
            .skip(1)
            .map(rival -> shift(w, first, rival))
            .filter(s -> s != null)
            .min(Comparator.comparingDouble(Shift::amount).thenComparing(Shift::market))
            .orElse(null);
    return Optional.of(new Sensitivity(first.market(), ranges, shift));
  }

  private static Range range(double[] weights, List<Opportunity> viable, int part) {
    double[] first = viable.get(0).parts();
    double low = 0;
    double high = 1;
    String below = null;
    String above = null;
    for (Opportunity rival : viable.subList(1, viable.size())) {
      double own = first[part] - rival.parts()[part];
      double others = othersLead(weights, first, rival.parts(), part);
      // The lead with weight v is v own + (1 − v) others, and not negative now.
      if (own < 0 && others >= 0) {
        double end = others / (others - own);
        if (end < high) {
          high = end;
          above = rival.market();
        }
      } else if (others < 0 && own >= 0) {
        double end = others / (others - own);
        if (end > low) {
          low = end;
          below = rival.market();
        }
      }
    }
    double now = weights[part];
    // Rounding must not put today's weight outside the range in which today's order holds.
    return new Range(PARTS.get(part), now, Math.min(low, now), Math.max(high, now), below, above);
  }

  /** Lead in the other parts at their proportions; equal ones when this part has all the weight. */
  private static double othersLead(double[] weights, double[] first, double[] rival, int part) {
    double sum = 0;
    double lead = 0;
    double equal = 0;
    for (int k = 0; k < weights.length; k++) {
      if (k != part) {
        sum += weights[k];
        lead += weights[k] * (first[k] - rival[k]);
        equal += (first[k] - rival[k]) / (weights.length - 1);
      }
    }
    return sum > 0 ? lead / sum : equal;
  }

  /**
   * Weight is moved to the part in which the rival leads most, from those in which it leads least:
   * the lead falls fastest so, which makes the greedy choice the least one. Null when the rival is
   * nowhere ahead.
   */
  private static Shift shift(double[] weights, Opportunity first, Opportunity rival) {
    double[] lead = new double[weights.length];
    double open = 0;
    int to = 0;
    for (int k = 0; k < weights.length; k++) {
      lead[k] = first.parts()[k] - rival.parts()[k];
      open += weights[k] * lead[k];
      to = lead[k] < lead[to] ? k : to;
    }
    if (lead[to] >= 0) {
      return null;
    }
    int target = to;
    List<Integer> order =
        IntStream.range(0, weights.length)
            .boxed()
            .filter(k -> k != target)
            .sorted(Comparator.comparingDouble((Integer k) -> -lead[k]))
            .toList();
    double moved = 0;
    double most = -1;
    int from = order.get(0);
    for (int k : order) {
      double gain = lead[k] - lead[to];
      double part = gain > 0 ? Math.min(weights[k], Math.max(0, open) / gain) : 0;
      moved += part;
      open -= part * gain;
      if (part > most) {
        most = part;
        from = k;
      }
    }
    return new Shift(moved, PARTS.get(from), PARTS.get(to), rival.market());
  }
}
