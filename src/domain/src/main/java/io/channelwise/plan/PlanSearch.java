package io.channelwise.plan;

import io.channelwise.plan.PlanInputs.SignedChannel;
import io.channelwise.plan.PlanPolish.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.moeaframework.algorithm.NSGAII;
import org.moeaframework.core.PRNG;
import org.moeaframework.core.Solution;
import org.moeaframework.core.initialization.InjectedInitialization;
import org.moeaframework.core.objective.Maximize;
import org.moeaframework.core.operator.CompoundVariation;
import org.moeaframework.core.operator.binary.BitFlip;
import org.moeaframework.core.operator.binary.HUX;
import org.moeaframework.core.operator.real.PM;
import org.moeaframework.core.operator.real.SBX;
import org.moeaframework.core.population.EpsilonBoxDominanceArchive;
import org.moeaframework.core.population.NondominatedSortingPopulation;
import org.moeaframework.core.selection.TournamentSelection;
import org.moeaframework.core.variable.BinaryIntegerVariable;
import org.moeaframework.core.variable.BinaryVariable;
import org.moeaframework.core.variable.RealVariable;
import org.moeaframework.problem.AbstractProblem;

/**
 * Searches the Pareto front of plans with NSGA-II (Deb, Pratap, Agarwal and Meyarivan 2002) and an
 * ε-dominance archive (Laumanns, Thiele, Deb and Zitzler 2002) of MOEA Framework. A few plans with
 * the channels that look best one by one start the population; the rest is random. {@link
 * PlanPolish} ends the search.
 *
 * <p>The same inputs and seed give the same front. Thread-safe: MOEA Framework draws from one
 * generator for the whole JVM, so searches take turns.
 */
final class PlanSearch {
  static final int EVALUATIONS = 20_000;
  private static final int POPULATION = 100;

  /** Part of the evaluations that evolution gets; the rest polishes what it found. */
  private static final double EVOLVED = 0.6;

  /** Plans nearer than this, in parts of each objective's scale, are as good as one. */
  private static final double EPSILON = 0.001;

  private static final ReentrantLock GENERATOR = new ReentrantLock();

  private PlanSearch() {}

  /** The nondominated feasible plans found, the largest market share first. */
  static List<ScoredPlan> front(PlanModel model, int evaluations, long seed) {
    Problem problem = new Problem(model, PlanSpace.of(model));
    GENERATOR.lock();
    try {
      PRNG.setSeed(seed);
      NSGAII algorithm =
          new NSGAII(
              problem,
              POPULATION,
              new NondominatedSortingPopulation(),
              new EpsilonBoxDominanceArchive(EPSILON),
              new TournamentSelection(2),
              new CompoundVariation(
                  new SBX(1.0, 15.0),
                  new HUX(1.0),
                  new PM(1.0 / 2, 20.0),
                  new BitFlip(1.0 / (2 + model.inputs().channels().size()))),
              new InjectedInitialization(problem, problem.starters()));
      algorithm.run((int) (EVOLVED * evaluations));
      return plans(algorithm, problem, evaluations - algorithm.getNumberOfEvaluations());
    } finally {
      GENERATOR.unlock();
    }
  }

  private static List<ScoredPlan> plans(NSGAII algorithm, Problem problem, int left) {
    List<Place> found = new ArrayList<>();
    for (Solution solution : algorithm.getResult()) {
      if (solution.isFeasible()) {
        found.add(problem.place(solution));
      }
    }
    List<ScoredPlan> plans = new ArrayList<>();
    for (Place place : new PlanPolish(problem.model, problem.space, left).improve(found)) {
      PlanDecision decision = problem.decision(place);
      plans.add(new ScoredPlan(decision, problem.model.evaluate(decision)));
    }
    return nondominated(plans);
  }

  /**
   * The plans that no other one of the list reaches in all three objectives, the largest market
   * share first; of equally good ones the first by its decision.
   */
  static List<ScoredPlan> nondominated(List<ScoredPlan> plans) {
    Staircase steps = new Staircase();
    return plans.stream()
        .sorted(
            Comparator.comparingDouble((ScoredPlan p) -> -p.expected().marketShare())
                .thenComparingDouble(p -> -p.expected().revenue())
                .thenComparingDouble(p -> -p.expected().satisfaction())
                .thenComparing(p -> p.decision().toString()))
        .filter(p -> steps.add(p.expected().revenue(), p.expected().satisfaction()))
        .toList();
  }

  /** Variables: pricing model, price and service level on their grids, one bit a channel. */
  private static final class Problem extends AbstractProblem {
    private final PlanModel model;
    private final PlanSpace space;
    private final double shareScale;
    private final double revenueScale;

    Problem(PlanModel model, PlanSpace space) {
      super(4, 3, 3);
      this.model = model;
      this.space = space;
      this.shareScale = model.shareScale();
      this.revenueScale = model.revenueScale();
    }

    @Override
    public Solution newSolution() {
      Solution solution = new Solution(4, 3, 3);
      solution.setVariable(0, new BinaryIntegerVariable(0, PricingModel.values().length - 1));
      solution.setVariable(1, new RealVariable(1, space.priceSteps()));
      solution.setVariable(2, new RealVariable(PlanSpace.SERVICE_MIN, PlanSpace.SERVICE_MAX));
      solution.setVariable(3, new BinaryVariable(model.inputs().channels().size()));
      for (int i = 0; i < 3; i++) {
        solution.setObjective(i, Maximize.value());
      }
      return solution;
    }

    /** Each pricing model at the usual price and full service, with the most promising channels. */
    List<Solution> starters() {
      double usual = model.referencePrice();
      List<ToDoubleFunction<SignedChannel>> promises =
          List.of(SignedChannel::attraction, c -> c.customers() * usual * (1 - c.revenueShare()));
      List<Solution> starters = new ArrayList<>();
      for (int pricing = 0; pricing < PricingModel.values().length; pricing++) {
        for (ToDoubleFunction<SignedChannel> promise : promises) {
          for (int channels : new int[] {1, model.inputs().channelsMax()}) {
            Solution solution = newSolution();
            ((BinaryIntegerVariable) solution.getVariable(0)).setValue(pricing);
            int steps = (int) Math.round(usual / space.priceStep());
            ((RealVariable) solution.getVariable(1))
                .setValue(Math.max(1, Math.min(space.priceSteps(), steps)));
            ((RealVariable) solution.getVariable(2)).setValue(PlanSpace.SERVICE_MAX);
            best(promise, channels)
                .forEach(c -> ((BinaryVariable) solution.getVariable(3)).set(c, true));
            starters.add(solution);
          }
        }
      }
      return starters;
    }

    private IntStream best(ToDoubleFunction<SignedChannel> promise, int channels) {
      List<SignedChannel> all = model.inputs().channels();
      return IntStream.range(0, all.size())
          .boxed()
          .sorted(Comparator.comparingDouble(i -> -promise.applyAsDouble(all.get(i))))
          .limit(channels)
          .mapToInt(i -> i);
    }

    Place place(Solution solution) {
      return new Place(
          PricingModel.values()[BinaryIntegerVariable.getInt(solution.getVariable(0))],
          (int) Math.round(RealVariable.getReal(solution.getVariable(1))),
          (int) Math.round(RealVariable.getReal(solution.getVariable(2))),
          BinaryVariable.getBitSet(solution.getVariable(3)));
    }

    @Override
    public void evaluate(Solution solution) {
      Place place = place(solution);
      PlanModel.Figures figures =
          model.figures(
              place.pricing(),
              space.price(place.priceSteps()),
              PlanSpace.service(place.service()),
              place.mix());
      solution.setObjectiveValue(0, figures.marketShare() / shareScale);
      solution.setObjectiveValue(1, figures.revenue() / revenueScale);
      solution.setObjectiveValue(2, figures.satisfaction());
      solution.setConstraintValues(model.misses(figures));
    }

    PlanDecision decision(Place place) {
      List<SignedChannel> channels = model.inputs().channels();
      return new PlanDecision(
          place.pricing(),
          space.price(place.priceSteps()),
          PlanSpace.service(place.service()),
          place.mix().stream().mapToObj(i -> channels.get(i).channel()).toList());
    }
  }
}
