package io.channelwise.plan;

import io.channelwise.plan.PlanInputs.SignedChannel;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.moeaframework.algorithm.NSGAII;
import org.moeaframework.core.PRNG;
import org.moeaframework.core.Solution;
import org.moeaframework.core.initialization.RandomInitialization;
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
 * ε-dominance archive (Laumanns, Thiele, Deb and Zitzler 2002) of MOEA Framework.
 *
 * <p>The same inputs and seed give the same front. Thread-safe: MOEA Framework draws from one
 * generator for the whole JVM, so searches take turns.
 */
final class PlanSearch {
  static final int EVALUATIONS = 20_000;
  private static final int POPULATION = 100;

  /** Plans nearer than this in share, relative revenue and satisfaction are as good as one. */
  private static final double EPSILON = 0.004;

  private static final ReentrantLock GENERATOR = new ReentrantLock();

  private PlanSearch() {}

  /** The nondominated feasible plans found, the largest market share first. */
  static List<ScoredPlan> front(PlanModel model, long seed) {
    PlanSpace space = PlanSpace.of(model);
    Problem problem = new Problem(model, space);
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
              new RandomInitialization(problem));
      algorithm.run(EVALUATIONS);
      return plans(algorithm, problem);
    } finally {
      GENERATOR.unlock();
    }
  }

  private static List<ScoredPlan> plans(NSGAII algorithm, Problem problem) {
    Map<PlanDecision, ScoredPlan> plans = new LinkedHashMap<>();
    for (Solution solution : algorithm.getResult()) {
      if (solution.isFeasible()) {
        PlanDecision decision = problem.decision(solution);
        plans.put(decision, new ScoredPlan(decision, problem.model.evaluate(decision)));
      }
    }
    return nondominated(List.copyOf(plans.values()));
  }

  /** The plans that no other one of the list is better than in all three objectives. */
  static List<ScoredPlan> nondominated(List<ScoredPlan> plans) {
    return plans.stream()
        .filter(p -> plans.stream().noneMatch(q -> dominates(q.objectives(), p.objectives())))
        .sorted(
            Comparator.comparingDouble((ScoredPlan p) -> -p.expected().marketShare())
                .thenComparingDouble(p -> -p.expected().revenue())
                .thenComparing(p -> p.decision().toString()))
        .toList();
  }

  private static boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int i = 0; i < a.length; i++) {
      if (a[i] < b[i]) {
        return false;
      }
      better |= a[i] > b[i];
    }
    return better;
  }

  /** Variables: pricing model, price and service level on their grids, one bit a channel. */
  private static final class Problem extends AbstractProblem {
    private final PlanModel model;
    private final PlanSpace space;

    Problem(PlanModel model, PlanSpace space) {
      super(4, 3, 3);
      this.model = model;
      this.space = space;
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

    private PricingModel pricing(Solution solution) {
      return PricingModel.values()[BinaryIntegerVariable.getInt(solution.getVariable(0))];
    }

    private double price(Solution solution) {
      return space.price((int) Math.round(RealVariable.getReal(solution.getVariable(1))));
    }

    private double service(Solution solution) {
      return PlanSpace.service((int) Math.round(RealVariable.getReal(solution.getVariable(2))));
    }

    @Override
    public void evaluate(Solution solution) {
      BitSet mix = BinaryVariable.getBitSet(solution.getVariable(3));
      PlanModel.Figures figures =
          model.figures(pricing(solution), price(solution), service(solution), mix);
      solution.setObjectiveValue(0, figures.marketShare());
      solution.setObjectiveValue(1, figures.revenue() / model.revenueScale());
      solution.setObjectiveValue(2, figures.satisfaction());
      solution.setConstraintValues(model.misses(figures));
    }

    PlanDecision decision(Solution solution) {
      List<SignedChannel> channels = model.inputs().channels();
      return new PlanDecision(
          pricing(solution),
          price(solution),
          service(solution),
          BinaryVariable.getBitSet(solution.getVariable(3)).stream()
              .mapToObj(i -> channels.get(i).channel())
              .toList());
    }
  }
}
