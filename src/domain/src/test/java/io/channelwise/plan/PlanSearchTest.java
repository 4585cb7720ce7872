package io.channelwise.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.channelwise.plan.PlanInputs.Rival;
import io.channelwise.plan.PlanInputs.SignedChannel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PlanSearchTest {
  private static final PlanModel SMALL = new PlanModel(PlanModelTest.inputs(0.75, 2, 1200.0, 20));

  /** Every feasible plan of the grid: 4 models, 250 prices, 51 service levels, 7 mixes. */
  private static List<double[]> allFeasible(PlanModel model) {
    PlanSpace space = PlanSpace.of(model);
    int channels = model.inputs().channels().size();
    List<double[]> points = new ArrayList<>();
    for (PricingModel pricing : PricingModel.values()) {
      for (int price = 1; price <= space.priceSteps(); price++) {
        for (int service = PlanSpace.SERVICE_MIN; service <= PlanSpace.SERVICE_MAX; service++) {
          for (long mix = 1; mix < 1L << channels; mix++) {
            PlanModel.Figures f =
                model.figures(
                    pricing,
                    space.price(price),
                    PlanSpace.service(service),
                    BitSet.valueOf(new long[] {mix}));
            double[] misses = model.misses(f);
            if (misses[0] + misses[1] + misses[2] == 0) {
              points.add(new double[] {f.marketShare(), f.revenue(), f.satisfaction()});
            }
          }
        }
      }
    }
    return points;
  }

  private static List<double[]> objectives(List<ScoredPlan> plans) {
    return plans.stream().map(ScoredPlan::objectives).toList();
  }

  @Test
  void shouldComeNearTheExhaustiveFront_onASmallCase() {
    List<double[]> all = allFeasible(SMALL);
    double[] reference = PlanOptimiser.enumerate(SMALL.inputs()).referencePoint();

    for (long seed = 1; seed <= 5; seed++) {
      PlanFront found = PlanOptimiser.search(SMALL.inputs(), 10_000, seed);

      double ratio = found.hypervolume(reference) / Hypervolume.of(all, reference);

      assertThat(ratio).as("seed %d", seed).isBetween(0.98, 1.0 + 1e-12);
    }
  }

  @Test
  void shouldFindTheExactFront_whenAllPlansAreComputed() {
    for (long seed = 0; seed < 12; seed++) {
      PlanModel model = new PlanModel(RandomCase.small(seed));
      if (PlanSpace.blame(model).isPresent()) {
        continue;
      }
      PlanFront front = PlanOptimiser.enumerate(model.inputs());
      double[] reference = front.referencePoint();

      assertThat(front.hypervolume(reference))
          .as("seed %d", seed)
          .isCloseTo(Hypervolume.of(allFeasible(model), reference), withinPercentage(1e-7));
      assertThat(PlanSearch.nondominated(front.plans())).isEqualTo(front.plans());
      assertThat(front.plans()).allMatch(p -> p.expected().isFeasible());
    }
  }

  @Test
  void shouldFindNoPlanThatTheExactFrontDoesNotReach() {
    for (long seed = 20; seed < 26; seed++) {
      PlanInputs inputs = RandomCase.small(seed);
      if (PlanSpace.blame(new PlanModel(inputs)).isPresent()) {
        continue;
      }
      List<ScoredPlan> exact = PlanOptimiser.enumerate(inputs).plans();
      for (ScoredPlan found : PlanOptimiser.search(inputs, 2_000, seed).plans()) {
        assertThat(exact).anyMatch(e -> reaches(e.objectives(), found.objectives()));
      }
    }
  }

  private static boolean reaches(double[] a, double[] b) {
    return a[0] >= b[0] - 1e-12 && a[1] >= b[1] && a[2] >= b[2];
  }

  @Test
  void shouldReturnFeasiblePlansThatDoNotDominateEachOther() {
    List<ScoredPlan> front = PlanSearch.front(SMALL, 10_000, 7);

    assertThat(front).hasSizeGreaterThan(20).allMatch(p -> p.expected().isFeasible());
    assertThat(PlanSearch.nondominated(front)).isEqualTo(front);
    assertThat(front).doesNotHaveDuplicates();
  }

  @Test
  void shouldGiveTheSameFront_forTheSameSeed_alsoWhenSearchesRunSideBySide() throws Exception {
    List<ScoredPlan> alone = PlanSearch.front(SMALL, 10_000, 7);
    var pool = Executors.newFixedThreadPool(3);
    try {
      Callable<List<ScoredPlan>> search = () -> PlanSearch.front(SMALL, 10_000, 7);
      for (Future<List<ScoredPlan>> result : pool.invokeAll(List.of(search, search, search))) {
        assertThat(result.get()).isEqualTo(alone);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void shouldFindPlansWithManyChannels_withinTheLimit() {
    List<SignedChannel> channels = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      channels.add(new SignedChannel("c" + i, 1.0 / 15, 50 + 10 * i, 0.01 * i, 20 * i));
    }
    PlanModel wide =
        new PlanModel(
            new PlanInputs(
                "m",
                List.of(new Rival("A", 0.6, 100)),
                90.0,
                30.0,
                40L,
                15,
                0.8,
                4,
                900.0,
                800L,
                channels,
                null));

    assertThat(PlanSearch.front(wide, 10_000, 7))
        .isNotEmpty()
        .allMatch(p -> p.decision().channels().size() <= 4);
  }

  @Test
  void shouldShowTheKneeFirst_thenTheBestOfEachAim() {
    List<ScoredPlan> front =
        List.of(plan(1.0, 0, 0.0), plan(0.9, 90, 0.8), plan(0, 100, 0), plan(0, 0, 1.0));

    List<ScoredPlan> spread = FrontSelection.spread(front, 3);

    assertThat(spread).containsExactly(front.get(1), front.get(0), front.get(2));
    assertThat(FrontSelection.spread(front, 8)).hasSize(4);
    assertThat(FrontSelection.spread(front.subList(0, 1), 8)).hasSize(1);
  }

  /** Scaled, the first has 1 + 0 + 1 = 2 and the second 0.6 + 0.6 + 0.6 = 1.8. */
  @Test
  void shouldNotRecommendThePlanThatEarnsLeast_whateverElseItGains() {
    List<ScoredPlan> front = List.of(plan(1.0, 0, 1.0), plan(0.6, 60, 0.6), plan(0, 100, 0));

    assertThat(FrontSelection.knee(front)).isEqualTo(front.get(1));
  }

  @Test
  void shouldFindThePlanNearestAWish() {
    List<ScoredPlan> front =
        List.of(plan(1.0, 0, 0.0), plan(0.9, 90, 0.8), plan(0, 100, 0), plan(0, 0, 1.0));

    assertThat(nearest(front, new PlanWish(1.0, null, null))).isEqualTo(front.get(0));
    assertThat(nearest(front, new PlanWish(null, 500.0, null))).isEqualTo(front.get(2));
    assertThat(nearest(front, new PlanWish(0.8, 80.0, 0.7))).isEqualTo(front.get(1));
    // What nobody reaches: the least shortfall in parts of the ranges.
    assertThat(nearest(front, new PlanWish(1.0, 1000.0, 1.0))).isEqualTo(front.get(2));
  }

  private static ScoredPlan nearest(List<ScoredPlan> front, PlanWish wish) {
    return new PlanFront(front, 4, false).nearest(wish);
  }

  @Test
  void shouldThinAFront_andKeepItsEndsAndItsKnee() {
    List<ScoredPlan> front = PlanOptimiser.enumerate(SMALL.inputs()).plans();

    List<ScoredPlan> thin = FrontSelection.thinned(front, 5);

    assertThat(thin).hasSizeLessThan(front.size()).containsAll(FrontSelection.spread(front, 4));
    assertThat(front).containsSubsequence(thin);
  }

  private static ScoredPlan plan(double share, double revenue, double satisfaction) {
    return new ScoredPlan(
        new PlanDecision(PricingModel.SAAS, 1 + share + revenue, satisfaction, List.of()),
        new PlanEvaluation(share, revenue, satisfaction, 0, 1, List.of()));
  }
}
