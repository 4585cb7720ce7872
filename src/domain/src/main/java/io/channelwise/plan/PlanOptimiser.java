package io.channelwise.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The plan model and its searches on inputs at hand, without a database. The same inputs and seed
 * give the same answer. Thread-safe.
 */
public final class PlanOptimiser {
  private PlanOptimiser() {}

  /**
   * Searches the Pareto front with NSGA-II; see {@code PlanSearch}.
   *
   * @param evaluations of plans at most, at least 200
   * @throws IllegalArgumentException when there is no channel or no price, or too few evaluations
   */
  public static PlanFront search(PlanInputs inputs, int evaluations, long seed) {
    if (evaluations < 200) {
      throw new IllegalArgumentException(
          "The search is allowed %d evaluations; it needs 200 or more.".formatted(evaluations));
    }
    return new PlanFront(
        PlanSearch.front(searchable(inputs), evaluations, seed), evaluations, false);
  }

  /**
   * The best of plans drawn at random from the grid: what a search must be better than.
   *
   * @param evaluations of plans with an allowed number of channels, infeasible ones included
   * @throws IllegalArgumentException when there is no channel or no price
   */
  public static PlanFront sample(PlanInputs inputs, int evaluations, long seed) {
    PlanModel model = searchable(inputs);
    PlanSpace space = PlanSpace.of(model);
    SplittableRandom random = new SplittableRandom(seed);
    List<String> names = inputs.channels().stream().map(PlanInputs.SignedChannel::channel).toList();
    List<ScoredPlan> feasible = new ArrayList<>();
    for (int i = 0; i < evaluations; i++) {
      PricingModel pricing = PricingModel.values()[random.nextInt(PricingModel.values().length)];
      double price = space.price(random.nextInt(1, space.priceSteps() + 1));
      int service = random.nextInt(PlanSpace.SERVICE_MIN, PlanSpace.SERVICE_MAX + 1);
      List<String> channels = drawn(names, inputs.channelsMax(), random);
      PlanDecision plan = new PlanDecision(pricing, price, PlanSpace.service(service), channels);
      PlanEvaluation expected = model.evaluate(plan);
      if (expected.isFeasible()) {
        feasible.add(new ScoredPlan(plan, expected));
      }
    }
    return new PlanFront(PlanSearch.nondominated(feasible), evaluations, false);
  }

  /** One channel or more, each number of them as likely as another. */
  private static List<String> drawn(List<String> names, int most, SplittableRandom random) {
    List<String> left = new ArrayList<>(names);
    List<String> drawn = new ArrayList<>();
    int wanted = random.nextInt(1, Math.min(most, names.size()) + 1);
    while (drawn.size() < wanted) {
      drawn.add(left.remove(random.nextInt(left.size())));
    }
    return drawn;
  }

  /**
   * Finds the Pareto front by looking at every plan of the grid.
   *
   * @throws IllegalArgumentException when the case has too many plans, no channel or no price
   */
  public static PlanFront enumerate(PlanInputs inputs) {
    PlanEnumeration enumeration = PlanEnumeration.of(searchable(inputs));
    return new PlanFront(enumeration.front(0), enumeration.plans(), true);
  }

  private static PlanModel searchable(PlanInputs inputs) {
    PlanModel model = new PlanModel(inputs);
    if (inputs.channels().isEmpty() || !(model.referencePrice() > 0)) {
      throw new IllegalArgumentException(
          "Plans of market %s cannot be searched: %d channels, reference price %s; a channel and a price are needed."
              .formatted(inputs.targetMarket(), inputs.channels().size(), model.referencePrice()));
    }
    return model;
  }

  /**
   * What the model expects of one plan.
   *
   * @throws InvalidPlanException when a channel has no deal, or a number is out of range
   */
  public static PlanEvaluation evaluate(PlanInputs inputs, PlanDecision decision) {
    return new PlanModel(inputs).evaluate(decision);
  }

  /**
   * Where the figures of one plan will be in nine cases of ten.
   *
   * @throws InvalidPlanException when a channel has no deal, or a number is out of range
   */
  public static PlanRanges ranges(PlanInputs inputs, PlanDecision decision) {
    return new PlanUncertainty(inputs).of(decision);
  }
}
