package io.channelwise.allocation;

import io.channelwise.allocation.AllocationAnswer.Binding;
import io.channelwise.allocation.AllocationAnswer.Limit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Solves {@link AllocationProblem}s. Stateless; the same problem gives the same bytes. */
public final class Allocator {
  /** What counts as proven, in nats. */
  public static final double GAP_WANTED = 1e-8;

  /** Below this, in shares or in nats a share, a number counts as zero. */
  private static final double TINY = 1e-9;

  private final AllocationProblem problem;
  private final Choice choice;

  private Allocator(AllocationProblem problem) {
    this.problem = problem;
    this.choice = Choice.of(problem, Objective.of(problem));
  }

  /**
   * The optimum with its certificate: by an interior-point method ({@code InteriorPoint}), and by
   * branch and bound over it where channels have fixed costs or a least amount.
   *
   * @throws AllocationException when no choice of channels meets budget and limits and reaches
   *     every segment that the channels reach together
   */
  public static AllocationAnswer solve(AllocationProblem problem) {
    return new Allocator(problem).answer();
  }

  private AllocationAnswer answer() {
    if (!choice.anyOptional()) {
      boolean[] all = new boolean[choice.channels()];
      Point point = InteriorPoint.solve(choice.f(), choice.chosen(all), Double.NEGATIVE_INFINITY);
      return answer(all, point, point == null ? 0 : point.gap(), 1, steps(point));
    }
    BranchAndBound.Found found = BranchAndBound.solve(choice);
    return answer(found.chosen(), found.point(), found.gap(), found.nodes(), found.steps());
  }

  private static int steps(Point point) {
    return point == null ? 0 : point.steps();
  }

  private AllocationAnswer answer(boolean[] in, Point point, double gap, int nodes, int steps) {
    if (point == null) {
      throw AllocationProblem.refusal(
          "no choice of channels whose fixed costs and least amounts fit the budget of %.2f reaches every segment; raise the budget, lower fixed costs or leave segments out."
              .formatted(problem.budget()),
          "在 %.2f 的预算内，没有任何渠道组合的固定成本和最低额可行且能触达全部用户群，请提高预算、降低固定成本或减少用户群。"
              .formatted(problem.budget()));
    }
    Relaxation area = choice.chosen(in);
    double lambda = budgetPrice(area, point);
    Outcome outcome = new Outcome(problem, choice, in, point, area, lambda);
    return outcome.answer(
        gap,
        nodes,
        steps,
        Objective.leftOut(problem),
        bindings(area, point, lambda),
        this::valueWith);
  }

  /**
   * What one more unit of budget adds: the gradient that all free channels share; without any, the
   * best gradient of a channel that could take more; nothing when money is left.
   */
  private double budgetPrice(Relaxation area, Point point) {
    double[] x = point.x();
    double left = area.limit() - Arrays.stream(x).sum();
    if (left > TINY) {
      return 0;
    }
    double sum = 0;
    int count = 0;
    double largest = 0;
    for (int c = 0; c < x.length; c++) {
      boolean mayGrow = area.upper()[c] - x[c] > TINY;
      if (mayGrow && x[c] - area.lower()[c] > TINY) {
        sum += point.gradient()[c];
        count++;
      }
      largest = mayGrow ? Math.max(largest, point.gradient()[c]) : largest;
    }
    return count > 0 ? sum / count : largest;
  }

  private List<Binding> bindings(Relaxation area, Point point, double lambda) {
    List<Binding> bindings = new ArrayList<>();
    if (lambda > TINY) {
      bindings.add(binding(Limit.BUDGET, null, problem.budget(), lambda));
    }
    for (int c = 0; c < choice.channels(); c++) {
      ChannelTerms terms = problem.channels().get(c);
      double x = point.x()[c];
      double gain = point.gradient()[c] - lambda;
      if (area.upper()[c] > 0 && x >= area.upper()[c] - TINY && gain > TINY) {
        bindings.add(binding(Limit.CAP, terms.channel(), terms.cap(), gain));
      } else if (area.lower()[c] > 0 && x <= area.lower()[c] + TINY && gain < -TINY) {
        Limit limit = terms.floor() >= terms.leastIfChosen() ? Limit.FLOOR : Limit.LEAST_IF_CHOSEN;
        bindings.add(binding(limit, terms.channel(), terms.least(), -gain));
      }
    }
    return bindings;
  }

  private Binding binding(Limit limit, String channel, double money, double perShare) {
    double price = perShare / problem.reference();
    return new Binding(limit, channel, money, price, Math.expm1(0.01 * money * price));
  }

  /** The best value with exactly these channels; negative infinity when they are not possible. */
  private double valueWith(boolean[] in) {
    Point point = InteriorPoint.solve(choice.f(), choice.chosen(in), Double.NEGATIVE_INFINITY);
    return point == null ? Double.NEGATIVE_INFINITY : point.value();
  }
}
