package io.channelwise.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanStudyTest {
  private static final PlanInputs SMALL = PlanModelTest.inputs(0.75, 2, 1200.0, 20);

  private static PlanStudy study(PlanInputs inputs) {
    return PlanStudy.of(new PlanModel(inputs), 1_000, 7);
  }

  private static double[] best(PlanInputs inputs) {
    return FrontSelection.range(PlanOptimiser.enumerate(inputs).plans())[1];
  }

  @Test
  void shouldTellWhatEachConstraintCosts_asTheFrontWithoutItShows() {
    List<ConstraintCost> costs = study(SMALL).costs();

    assertThat(costs).extracting(ConstraintCost::constraint).hasSize(4);
    List<PlanInputs> without =
        List.of(
            SMALL.withConstraints(0, 2, 1200.0),
            SMALL.withConstraints(0.75, 3, 1200.0),
            SMALL.withConstraints(0.75, 2, null),
            SMALL.withConstraints(0, 3, null));
    for (int i = 0; i < 4; i++) {
      assertThat(costs.get(i).bestWith()).containsExactly(best(SMALL), within(1e-9));
      assertThat(costs.get(i).bestWithout()).containsExactly(best(without.get(i)), within(1e-9));
    }
    assertThat(costs.get(2).binds()).isTrue();
    assertThat(costs.get(2).lost(1)).isPositive();
    assertThat(costs.get(2).sentence().en()).startsWith("Costs ").contains("of the best revenue");
    assertThat(costs.get(2).sentence().zh()).contains("最高收入减少");
  }

  @Test
  void shouldChargeNothing_forAConstraintThatNobodyFeels() {
    List<ConstraintCost> costs = study(PlanModelTest.inputs(0.1, 3, 1e9, 20)).costs();

    assertThat(costs).allSatisfy(c -> assertThat(c.binds()).isFalse());
    assertThat(costs.get(0).sentence().en()).startsWith("Costs nothing");
  }

  @Test
  void shouldComputeAllPlans_andSayWhatTheSearchAloneWouldHaveFound() {
    PlanStudy study = study(SMALL);

    assertThat(study.front()).isEqualTo(PlanOptimiser.enumerate(SMALL));
    assertThat(study.certificate().exact()).isTrue();
    assertThat(study.certificate().plans()).isEqualTo(4.0 * 250 * 51 * 7);
    assertThat(study.certificate().searchedPart()).isBetween(0.9, 1.0 + 1e-12);
    assertThat(study.certificate().hypervolume()).isBetween(0.0, 1.0);
  }

  @Test
  void shouldNeverGainByAConstraint_alsoWhereTheFrontIsSearched() {
    for (long seed = 0; seed < 3; seed++) {
      PlanInputs inputs = RandomCase.inputs(seed, 7);
      if (PlanSpace.blame(new PlanModel(inputs)).isPresent()) {
        continue;
      }
      PlanStudy study = study(inputs);
      assertThat(study.certificate().exact()).isFalse();
      assertThat(study.certificate().searchedPart()).isNull();
      for (ConstraintCost cost : study.costs()) {
        assertThat(cost.hypervolumeLost())
            .isBetween(0.0, study.costs().get(3).hypervolumeLost() + 1e-9);
        for (int objective = 0; objective < 3; objective++) {
          assertThat(cost.lost(objective)).isNotNegative();
          assertThat(study.costs().get(3).lost(objective))
              .isGreaterThanOrEqualTo(cost.lost(objective));
        }
      }
    }
  }

  @Test
  void shouldGiveTheSameStudy_forTheSameRowsInAnyOrder() {
    for (long seed = 0; seed < 3; seed++) {
      PlanInputs inputs = RandomCase.inputs(seed, 1 + (int) seed * 3 % 7);
      if (PlanSpace.blame(new PlanModel(inputs)).isPresent()) {
        continue;
      }
      PlanInputs shuffled = RandomCase.shuffled(inputs, seed);

      assertThat(shuffled).isEqualTo(inputs);
      assertThat(study(shuffled).front()).isEqualTo(study(inputs).front());
      assertThat(study(shuffled).certificate()).isEqualTo(study(inputs).certificate());
    }
  }

  @Test
  void shouldSpreadTheFiguresAroundThePlan_theSameEveryTime() {
    PlanDecision plan = study(SMALL).front().knee().decision();
    PlanEvaluation expected = new PlanModel(SMALL).evaluate(plan);

    PlanRanges ranges = new PlanUncertainty(SMALL).of(plan);

    assertThat(new PlanUncertainty(SMALL).of(plan)).isEqualTo(ranges);
    assertThat(expected.marketShare()).isBetween(ranges.marketShareLow(), ranges.marketShareHigh());
    assertThat(expected.revenue()).isBetween(ranges.revenueLow(), ranges.revenueHigh());
    assertThat(expected.satisfaction())
        .isBetween(ranges.satisfactionLow(), ranges.satisfactionHigh());
    assertThat(ranges.keepsConstraints()).isBetween(0.0, 1.0);
  }

  @Test
  void shouldMoveTheRecommendedPlan_theWayTheModelSays() {
    PlanFront front = study(SMALL).front();
    PlanDecision plan = front.knee().decision();
    PlanEvaluation now = new PlanModel(SMALL).evaluate(plan);

    List<PlanSensitivity.Shift> shifts = new PlanSensitivity(SMALL, front.plans(), plan).shifts();

    assertThat(shifts).hasSize(9);
    assertThat(shifts)
        .allSatisfy(
            s -> {
              assertThat(s.what().zh()).isNotBlank();
              assertThat(s.low().value()).isNotEqualTo(s.high().value());
            });
    PlanSensitivity.Shift quality = shifts.get(1);
    assertThat(quality.low().expected().marketShare()).isLessThan(now.marketShare());
    assertThat(quality.high().expected().marketShare()).isGreaterThan(now.marketShare());
    PlanSensitivity.Shift rivals = shifts.get(4);
    assertThat(rivals.low().expected().marketShare()).isLessThan(now.marketShare());
    PlanSensitivity.Shift cost = shifts.get(8);
    assertThat(cost.low().expected().revenue()).isGreaterThan(now.revenue());
    assertThat(cost.high().expected().revenue()).isLessThan(now.revenue());
    // Dearer service changes neither who buys nor how content they are.
    assertThat(cost.high().expected().marketShare()).isEqualTo(now.marketShare());
  }
}
