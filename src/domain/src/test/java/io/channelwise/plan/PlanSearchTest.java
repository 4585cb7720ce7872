package io.channelwise.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.channelwise.plan.PlanInputs.Rival;
import io.channelwise.plan.PlanInputs.SignedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
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

  /** Volume dominated by the points above the origin, by slices along the third objective. */
  private static double hypervolume(List<double[]> points) {
    List<double[]> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(p -> -p[2]));
    List<double[]> stairs = new ArrayList<>();
    double volume = 0;
    for (int i = 0; i < sorted.size(); i++) {
      add(stairs, sorted.get(i));
      double below = i + 1 < sorted.size() ? sorted.get(i + 1)[2] : 0;
      if (sorted.get(i)[2] > below) {
        volume += area(stairs) * (sorted.get(i)[2] - below);
      }
    }
    return volume;
  }

  /** Keeps the nondominated points in the plane, the largest first coordinate first. */
  private static void add(List<double[]> stairs, double[] point) {
    if (stairs.stream().anyMatch(s -> s[0] >= point[0] && s[1] >= point[1])) {
      return;
    }
    stairs.removeIf(s -> s[0] <= point[0] && s[1] <= point[1]);
    int at = 0;
    while (at < stairs.size() && stairs.get(at)[0] > point[0]) {
      at++;
    }
    stairs.add(at, point);
  }

  private static double area(List<double[]> stairs) {
    double area = 0;
    for (int i = 0; i < stairs.size(); i++) {
      double next = i + 1 < stairs.size() ? stairs.get(i + 1)[0] : 0;
      area += (stairs.get(i)[0] - next) * stairs.get(i)[1];
    }
    return area;
  }

  private static List<double[]> objectives(List<ScoredPlan> plans) {
    return plans.stream().map(ScoredPlan::objectives).toList();
  }

  @Test
  void shouldComeNearTheExhaustiveFront_onASmallCase() {
    List<ScoredPlan> front = PlanSearch.front(SMALL, 7);

    double ratio = hypervolume(objectives(front)) / hypervolume(allFeasible(SMALL));

    assertThat(ratio).isBetween(0.98, 1.0 + 1e-12);
  }

  @Test
  void shouldReturnFeasiblePlansThatDoNotDominateEachOther() {
    List<ScoredPlan> front = PlanSearch.front(SMALL, 7);

    assertThat(front).hasSizeGreaterThan(20).allMatch(p -> p.expected().isFeasible());
    assertThat(PlanSearch.nondominated(front)).isEqualTo(front);
    assertThat(front).doesNotHaveDuplicates();
  }

  @Test
  void shouldGiveTheSameFront_forTheSameSeed_alsoWhenSearchesRunSideBySide() throws Exception {
    List<ScoredPlan> alone = PlanSearch.front(SMALL, 7);
    var pool = Executors.newFixedThreadPool(3);
    try {
      Callable<List<ScoredPlan>> search = () -> PlanSearch.front(SMALL, 7);
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
                "m", List.of(new Rival("A", 0.6, 100)), 90.0, 30.0, 15, 0.8, 4, 900.0, channels));

    assertThat(PlanSearch.front(wide, 7))
        .isNotEmpty()
        .allMatch(p -> p.decision().channels().size() <= 4);
  }

  @Test
  void shouldEvaluateTenThousandPlansInSeconds() {
    List<PlanDecision> decisions = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      decisions.add(
          new PlanDecision(PricingModel.API, 50 + i % 100, 0.8, List.of("forum", "search")));
    }

    assertTimeout(Duration.ofSeconds(5), () -> decisions.forEach(SMALL::evaluate));
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

  private static ScoredPlan plan(double share, double revenue, double satisfaction) {
    return new ScoredPlan(
        new PlanDecision(PricingModel.SAAS, 1 + share + revenue, satisfaction, List.of()),
        new PlanEvaluation(share, revenue, satisfaction, 0, 1, List.of()));
  }
}
