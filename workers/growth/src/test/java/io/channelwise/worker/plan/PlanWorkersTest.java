package io.channelwise.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.BriefingService;
import io.channelwise.plan.Plan;
import io.channelwise.plan.PlanDecision;
import io.channelwise.plan.PlanEvaluation;
import io.channelwise.plan.PlanService;
import io.channelwise.worker.campaign.CampaignFixture;
import io.channelwise.worker.campaign.CampaignFixture.Task;
import io.channelwise.worker.plan.PlanOptimiseWorker.Candidate;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.PermanentFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanWorkersTest {
  private static final String KEY = "plan-workers";
  private static final Task TASK = new Task("plan.optimise", KEY);
  private static CampaignFixture fixture;

  @TempDir static Path folder;

  @BeforeAll
  static void start() throws IOException {
    fixture = new CampaignFixture();
    fixture.create(folder, KEY, "en");
    for (int cycle = 1; cycle <= 3; cycle++) {
      fixture.sign(KEY, cycle, "shop");
      fixture.sign(KEY, cycle, "search");
      fixture.sign(KEY, cycle, "forum");
    }
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static PlanOptimiseWorker.Output optimise(int cycle, String market) {
    return fixture
        .bean(PlanOptimiseWorker.class)
        .handle(new PlanOptimiseWorker.Input(KEY, cycle, market), TASK);
  }

  private static PlanPublishWorker.Output publish(int cycle, String planId) {
    return fixture
        .bean(PlanPublishWorker.class)
        .handle(new PlanPublishWorker.Input(KEY, cycle, planId), TASK);
  }

  @Test
  void shouldFindTheSamePlans_whenDeliveredTwice() {
    PlanOptimiseWorker.Output first = optimise(1, "retail");
    List<Plan> front = fixture.bean(PlanService.class).plans(KEY, 1);
    PlanOptimiseWorker.Output second = optimise(1, "retail");

    assertThat(second).isEqualTo(first);
    assertThat(fixture.bean(PlanService.class).plans(KEY, 1)).isEqualTo(front);
    assertThat(first.planCandidates()).hasSizeBetween(2, 8).doesNotHaveDuplicates();
    assertThat(first.planCandidates())
        .extracting(Candidate::planId)
        .first()
        .isEqualTo(first.recommendedPlanId());
    assertThat(front).hasSizeGreaterThan(8).allMatch(p -> p.channels().size() <= 2);
    assertThat(fixture.bean(BriefingService.class).find(first.briefingId())).isPresent();
  }

  @Test
  void shouldEvaluateACandidateToItsStoredFigures() {
    optimise(2, "retail");
    PlanService plans = fixture.bean(PlanService.class);
    Plan plan = plans.plans(KEY, 2).get(0);

    PlanEvaluation again =
        plans.evaluate(
            KEY,
            2,
            new PlanDecision(
                plan.pricingModel(), plan.price(), plan.serviceLevel(), plan.channels()));

    assertThat(again.marketShare()).isCloseTo(plan.marketShare(), within(1e-12));
    assertThat(again.revenue()).isCloseTo(plan.revenue(), within(1e-6));
    assertThat(again.isFeasible()).isTrue();
    assertThat(again.customers()).isLessThanOrEqualTo(500);
    assertThat(again.technicalQuality()).isGreaterThanOrEqualTo(0.7);
  }

  @Test
  void shouldPublishOnePlanACycle_andKeepItThroughAnotherSearch() {
    List<Candidate> candidates = optimise(3, "retail").planCandidates();
    String first = candidates.get(0).planId();
    String second = candidates.get(1).planId();

    PlanPublishWorker.Output published = publish(3, first);
    assertThat(publish(3, first)).isEqualTo(published);
    assertThat(published.planPrice()).isEqualTo(candidates.get(0).price());
    assertThat(published.planPricingModel()).isEqualTo(candidates.get(0).pricingModel());

    publish(3, second);
    assertThat(optimise(3, "retail").planCandidates()).isEqualTo(candidates);
    assertThat(fixture.bean(PlanService.class).published(KEY, 3)).map(Plan::id).contains(second);
  }

  @Test
  void shouldRaiseTheErrorWithTheConstraintToBlame() {
    BusinessError noDeal = catchThrowableOfType(BusinessError.class, () -> optimise(9, "retail"));

    assertThat(noDeal.code()).isEqualTo("NO_FEASIBLE_PLAN");
    assertThat(noDeal).hasMessage("Number of channels: no deal is signed, so no channel can sell.");
  }

  @Test
  void shouldFailForGood_whenThePlanIsUnknown() {
    for (String id : List.of("no-uuid", UUID.randomUUID().toString())) {
      assertThatThrownBy(() -> publish(1, id))
          .isInstanceOf(PermanentFailure.class)
          .hasMessageStartingWith("Plan " + id + " is not among those of campaign plan-workers");
    }
    assertThatThrownBy(
            () ->
                fixture
                    .bean(PlanService.class)
                    .evaluate(KEY, 8, new PlanDecision(null, 1, 1, List.of())))
        .hasMessageContaining("has no plan search yet");
  }
}
