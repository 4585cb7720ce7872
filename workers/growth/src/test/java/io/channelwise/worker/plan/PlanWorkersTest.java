package io.channelwise.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Report;
import io.channelwise.campaign.ReportService;
import io.channelwise.campaign.Text;
import io.channelwise.plan.InvalidPlanException;
import io.channelwise.plan.NoPlanSearchException;
import io.channelwise.plan.Plan;
import io.channelwise.plan.PlanBoard;
import io.channelwise.plan.PlanDecision;
import io.channelwise.plan.PlanEvaluation;
import io.channelwise.plan.PlanParameters;
import io.channelwise.plan.PlanService;
import io.channelwise.plan.PlanWhatIf;
import io.channelwise.plan.PlanWhatIf.Seller;
import io.channelwise.plan.PlanWish;
import io.channelwise.plan.PricingModel;
import io.channelwise.worker.campaign.CampaignFixture;
import io.channelwise.worker.campaign.CampaignFixture.Task;
import io.channelwise.worker.plan.PlanOptimiseWorker.Candidate;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.PermanentFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
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
    for (int cycle = 1; cycle <= 11; cycle++) {
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
  void shouldCompareAPlanThatAPersonMadeUp() {
    optimise(4, "retail");
    PlanService plans = fixture.bean(PlanService.class);
    Plan best = plans.plans(KEY, 4).get(0);

    PlanWhatIf same = plans.whatIf(KEY, 4, decision(best, best.price()));
    PlanWhatIf dear = plans.whatIf(KEY, 4, decision(best, 10 * best.price()));
    PlanWhatIf poor =
        plans.whatIf(KEY, 4, new PlanDecision(PricingModel.SAAS, 1, 0.5, List.of("forum")));

    assertThat(same.revenueGained()).isZero();
    assertThat(same.nearest()).isEqualTo(best);
    assertThat(same.betterPlanId()).isNull();
    assertThat(same.reasons()).extracting(Text::en).allMatch(r -> r.startsWith("Keeps all"));
    assertThat(same.ranges().revenueLow()).isLessThan(same.ranges().revenueHigh());
    assertThat(same.sellers()).extracting(Seller::name).containsExactly("Big", "Mid", "");
    assertThat(dear.marketShareGained()).isNegative();
    assertThat(poor.expected().isFeasible()).isFalse();
    assertThat(poor.reasons()).extracting(Text::zh).anyMatch(r -> r.startsWith("技术标准"));
    // A hundred plans around it: each dominated one names a plan that is better indeed.
    int dominated = 0;
    for (int i = 1; i <= 100; i++) {
      PlanWhatIf any = plans.whatIf(KEY, 4, decision(best, best.price() * i / 40));
      if (any.betterPlanId() != null) {
        dominated++;
        Plan better =
            plans.plans(KEY, 4).stream()
                .filter(p -> p.id().equals(any.betterPlanId()))
                .findFirst()
                .orElseThrow();
        assertThat(better.revenue()).isGreaterThanOrEqualTo(any.expected().revenue());
        assertThat(better.marketShare()).isGreaterThanOrEqualTo(any.expected().marketShare());
        assertThat(better.satisfaction()).isGreaterThanOrEqualTo(any.expected().satisfaction());
        assertThat(any.reasons().get(0).en()).startsWith("Dominated: “" + better.name());
      }
    }
    assertThat(dominated).isPositive();
  }

  private static PlanDecision decision(Plan plan, double price) {
    return new PlanDecision(plan.pricingModel(), price, plan.serviceLevel(), plan.channels());
  }

  @Test
  void shouldTellWhatThereIsToChoose_andFindTheNearestToAWish() {
    int candidates = optimise(5, "retail").planCandidates().size();
    PlanService plans = fixture.bean(PlanService.class);

    PlanBoard board = plans.board(KEY, 5);

    assertThat(board.plans()).isEqualTo(plans.plans(KEY, 5));
    assertThat(board.candidates()).isEqualTo(candidates);
    assertThat(board.channels()).containsExactly("forum", "search", "shop");
    assertThat(board.certificate().hypervolume()).isBetween(0.0, 1.0);
    assertThat(board.certificate().searchedPart()).isBetween(0.98, 1.0 + 1e-12);
    assertThat(board.priceMin()).isEqualTo(board.priceStep());
    assertThat(plans.latestCycle(KEY)).hasValueSatisfying(c -> assertThat(c).isBetween(1, 11));
    assertThat(plans.inputs(KEY, 5).willingnessRespondents()).isEqualTo(15);
    double most = board.plans().stream().mapToDouble(Plan::revenue).max().orElseThrow();
    assertThat(plans.nearest(KEY, 5, new PlanWish(null, 2 * most, null)).revenue()).isEqualTo(most);
    assertThatThrownBy(() -> plans.nearest(KEY, 99, new PlanWish(0.1, null, null)))
        .isInstanceOf(NoPlanSearchException.class);
    assertThatThrownBy(() -> plans.board(KEY, 99)).hasMessageContaining("no plan search yet");
  }

  @Test
  void shouldBriefTheOneWhoChooses() {
    String id = optimise(6, "retail").briefingId();

    Briefing briefing = fixture.bean(BriefingService.class).find(id).orElseThrow();

    assertThat(briefing.tables())
        .extracting(t -> t.title().en())
        .containsExactly(
            "Plans to choose from",
            "The same plans in nine cases of ten",
            "What each constraint costs",
            "The market with the recommended plan",
            "If it were otherwise: the recommended plan",
            "Channels with a signed deal",
            "Assumed of the pricing models",
            "What the model computes with",
            "How good the search was");
    assertThat(briefing.tables())
        .allSatisfy(
            t -> {
              assertThat(t.rows()).isNotEmpty();
              assertThat(t.rows()).allMatch(r -> r.size() == t.columns().size());
              assertThat(t.columns()).allMatch(c -> !c.en().isBlank() && !c.zh().isBlank());
            });
    assertThat(briefing.figures()).extracting(Briefing.Figure::id).contains("hypervolume");
    assertThat(briefing.summary().en()).contains("the front is complete");
    assertThat(briefing.charts()).hasSize(3);
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

  private static PlanCheckWorker.Output check(int cycle, String planId) {
    return fixture
        .bean(PlanCheckWorker.class)
        .handle(new PlanCheckWorker.Input(KEY, cycle, planId), TASK);
  }

  @Test
  void shouldTakeAPlanMadeByHand_likeOneThatWasFound() {
    optimise(7, "retail");
    PlanService plans = fixture.bean(PlanService.class);
    List<Plan> front = plans.plans(KEY, 7);
    Plan best = front.get(0);
    PlanDecision own = decision(best, best.price() * 1.017);

    Plan made = plans.makeByHand(KEY, 7, own, "lead");

    PlanWhatIf shown = plans.whatIf(KEY, 7, own);
    assertThat(made.madeBy()).isEqualTo("lead");
    assertThat(made.recommended()).isFalse();
    assertThat(made.revenue()).isEqualTo(shown.expected().revenue());
    assertThat(made.marketShare()).isEqualTo(shown.expected().marketShare());
    assertThat(made.channels()).isEqualTo(best.channels());
    // By another person again: the plan there is. As found: the plan found.
    assertThat(plans.makeByHand(KEY, 7, own, "finance")).isEqualTo(made);
    assertThat(plans.makeByHand(KEY, 7, decision(best, best.price()), "lead")).isEqualTo(best);
    assertThat(plans.plans(KEY, 7)).isEqualTo(front);
    assertThat(plans.board(KEY, 7).byHand()).containsExactly(made);
    // Checked and published twice, by the same workers.
    assertThat(check(7, made.id()))
        .isEqualTo(
            new PlanCheckWorker.Output(made.marketShare(), made.revenue(), made.satisfaction()))
        .isEqualTo(check(7, made.id()));
    assertThat(publish(7, made.id())).isEqualTo(publish(7, made.id()));
    assertThat(plans.published(KEY, 7)).map(Plan::id).contains(made.id());
    // What was promised is kept, and found no second time.
    optimise(7, "retail");
    assertThat(plans.published(KEY, 7)).map(Plan::id).contains(made.id());
    assertThat(plans.plans(KEY, 7)).isEqualTo(front);
  }

  @Test
  void shouldForgetAPlanMadeByHand_withTheSearchItWasMadeBeside() {
    optimise(8, "retail");
    PlanService plans = fixture.bean(PlanService.class);
    Plan best = plans.plans(KEY, 8).get(0);
    Plan made = plans.makeByHand(KEY, 8, decision(best, best.price() * 1.017), "lead");

    optimise(8, "retail");

    assertThat(plans.board(KEY, 8).byHand()).isEmpty();
    assertThat(check(8, made.id())).isEqualTo(new PlanCheckWorker.Output(null, null, null));
  }

  @Test
  void shouldSayWhatIsGivenUp_withADominatedPlanMadeByHand() {
    optimise(10, "retail");
    PlanService plans = fixture.bean(PlanService.class);
    Plan best = plans.plans(KEY, 10).get(0);
    PlanDecision dear = null;
    for (int i = 40; i <= 100 && dear == null; i++) {
      PlanDecision any = decision(best, best.price() * i / 40.0 + 0.01);
      PlanWhatIf shown = plans.whatIf(KEY, 10, any);
      dear = shown.expected().isFeasible() && shown.betterPlanId() != null ? any : null;
    }
    assertThat(dear).as("a feasible plan that others dominate").isNotNull();

    Plan made = plans.makeByHand(KEY, 10, dear, "finance");
    publish(10, made.id());

    String given = plans.whatIf(KEY, 10, dear).reasons().get(0).en();
    assertThat(given).startsWith("Dominated: “");
    Report report = fixture.bean(ReportService.class).write(KEY, 10, "completed");
    assertThat(report.htmlEn())
        .contains(made.name() + " was chosen", "It was made by hand by finance. " + given);
    assertThat(report.htmlZh()).contains("该方案由 finance 手工制定。被占优：");
  }

  @Test
  void shouldRefuseAPlanMadeByHand_thatBreaksConstraints_withAllReasons() {
    optimise(11, "retail");
    PlanService plans = fixture.bean(PlanService.class);

    assertThatThrownBy(
            () ->
                plans.makeByHand(
                    KEY,
                    11,
                    new PlanDecision(PricingModel.SAAS, 1, 0.5, List.of("forum", "search", "shop")),
                    "lead"))
        .isInstanceOfSatisfying(
            InvalidPlanException.class,
            e -> {
              assertThat(e.reason().en())
                  .startsWith("The plan cannot be chosen. Technical standard: quality is 0.50")
                  .contains("Number of channels: 3 are chosen")
                  .contains("would lose");
              assertThat(e.reason().zh()).startsWith("不能选择该方案。技术标准");
            });
    assertThatThrownBy(
            () ->
                plans.makeByHand(
                    KEY,
                    11,
                    new PlanDecision(PricingModel.SAAS, 100, 0.8, List.of("radio")),
                    "lead"))
        .hasMessageContaining("Channel radio has no signed deal");
    assertThatThrownBy(
            () ->
                plans.makeByHand(
                    KEY, 99, new PlanDecision(PricingModel.SAAS, 1, 1, List.of()), "lead"))
        .isInstanceOf(NoPlanSearchException.class);
    assertThat(plans.board(KEY, 11).byHand()).isEmpty();
    for (String id : Arrays.asList(null, "no-uuid", UUID.randomUUID().toString())) {
      assertThat(check(11, id)).isEqualTo(new PlanCheckWorker.Output(null, null, null));
    }
  }

  @Test
  void shouldComputeWithWhatTheCampaignSets_andSayWhoseEachValueIs() throws IOException {
    String key = "plan-assumptions";
    fixture.createWith(
        folder,
        key,
        """
        ,"plan":{"serviceWorth":0.5,"satisfactionWeights":{"service":1,"price":1,"payment":2},
                 "pricingModels":{"api":{"liking":0.1}}}
        """);
    fixture.sign(key, 1, "shop");

    fixture
        .bean(PlanOptimiseWorker.class)
        .handle(new PlanOptimiseWorker.Input(key, 1, "retail"), TASK);

    PlanParameters given = fixture.bean(PlanService.class).inputs(key, 1).parameters();
    assertThat(given.serviceWorth()).isEqualTo(0.5);
    assertThat(given.satisfactionOfPayment()).isEqualTo(0.5);
    assertThat(given.priceSensitivity()).isEqualTo(1);
    assertThat(given.pricingModels().get(PricingModel.API).liking()).isEqualTo(0.1);
    List<Table> tables =
        fixture
            .bean(BriefingService.class)
            .find(PlanService.briefingId(key, 1))
            .orElseThrow()
            .tables();
    assertThat(sources(tables, "What the model computes with"))
        .containsEntry("Worth of full service, of the mean price", "set for the campaign")
        .containsEntry("Satisfaction: weight of the way to pay", "set for the campaign")
        .containsEntry("Unit cost", "set for the campaign")
        .containsEntry("Price sensitivity, factor on β", "assumed")
        .containsEntry("Mean willingness to pay", "from the campaign's data");
    assertThat(sources(tables, "Assumed of the pricing models"))
        .containsEntry("API, pay per use", "set for the campaign")
        .containsEntry("SaaS subscription", "assumed");
  }

  /** The last column by the first one. */
  private static Map<String, String> sources(List<Table> tables, String title) {
    Table table =
        tables.stream().filter(t -> t.title().en().equals(title)).findFirst().orElseThrow();
    return table.rows().stream()
        .collect(Collectors.toMap(r -> english(r.get(0)), r -> english(r.get(r.size() - 1))));
  }

  /** Cells are read back from JSON. */
  private static String english(Object text) {
    return (String) ((Map<?, ?>) text).get("en");
  }

  @Test
  void shouldRaiseTheErrorWithTheConstraintToBlame() {
    BusinessError noDeal = catchThrowableOfType(BusinessError.class, () -> optimise(12, "retail"));

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
                    .evaluate(KEY, 99, new PlanDecision(null, 1, 1, List.of())))
        .hasMessageContaining("has no plan search yet");
  }
}
