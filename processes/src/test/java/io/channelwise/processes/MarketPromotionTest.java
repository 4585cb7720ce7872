package io.channelwise.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.json.SpinJsonNode;
import org.junit.jupiter.api.Test;

/** Every path of {@code market-promotion}. */
class MarketPromotionTest extends ProcessTest {

  private static final String KEY = "acme-llm-2026q1";
  private static final double SMALL = 18_000;
  private static final double LARGE = 60_000;

  @Test
  void shouldDispatchWithoutFinance_whenTheBudgetIsSmallAndSpread() {
    ProcessInstance promotion = promotion(vars());
    approveMaterials();

    allocate(SMALL, 0.4);

    assertThat(openTasks()).isEmpty();
    dispatch();
    assertThat(promotion).isWaitingAt("Task_RunPromotion").isWaitingFor("promotion-ended");
    message("promotion-ended", KEY, Map.of());
    complete("promotion.collect", vars("clicks", 900, "conversions", 31, "spent", 17_400.0));
    assertThat(promotion)
        .isEnded()
        .hasPassedInOrder(
            "Task_DispatchPromotion", "Task_RunPromotion", "EndEvent_PromotionFinished")
        .hasNotPassed("Task_ApproveBudget");
    assertThat(variable(promotion, "clicks")).isEqualTo(900);
    assertThat(variable(promotion, "conversions")).isEqualTo(31);
    assertThat(variable(promotion, "spent")).isEqualTo(17_400.0);
  }

  @Test
  void shouldPrepareAndRankMaterialsAgain_whenSomeWereRejected() {
    ProcessInstance promotion = promotion(vars());
    LockedExternalTask first = prepare();
    Task approval = task("Task_ApproveMaterials");
    assertThat(groups(approval)).containsExactly("gtm-lead");
    assertThat(approval.getDueDate()).isNotNull();
    assertThat(variable(promotion, "briefingId")).isEqualTo(KEY + "/1/materials");
    assertThat(variable(promotion, "materialRanking")).isEqualTo("clicks");

    decide(
        "Task_ApproveMaterials",
        vars("materialsOutcome", "rework", "rejectedMaterials", json("[\"post-3\"]")));

    LockedExternalTask second = prepare();
    assertThat((Object) first.getVariables().get("rejectedMaterials")).isNull();
    SpinJsonNode rejected = second.getVariables().getValue("rejectedMaterials", SpinJsonNode.class);
    assertThat(rejected.toString()).isEqualTo("[\"post-3\"]");
    decide("Task_ApproveMaterials", vars("materialsOutcome", "approve"));
    assertThat(openTopics()).containsOnlyKeys("promotion.allocate");
  }

  @Test
  void shouldAskFinanceAndAllocateTheirBudget_whenTheBudgetIsLarge() {
    ProcessInstance promotion = promotion(vars());
    approveMaterials();
    allocate(LARGE, 0.4);
    assertThat(groups(task("Task_ApproveBudget"))).containsExactly("finance");

    decide("Task_ApproveBudget", vars("budgetOutcome", "rework", "promotionBudget", 30_000.0));

    LockedExternalTask again = allocate(30_000, 0.3);
    assertThat((Object) again.getVariables().get("promotionBudget")).isEqualTo(30_000.0);
    decide("Task_ApproveBudget", vars("budgetOutcome", "approve"));
    dispatch();
    assertThat(promotion).isWaitingAt("Task_RunPromotion");
  }

  @Test
  void shouldLeaveOutEveryChannelThatRejects_whenTheBudgetIsAllocatedAgain() {
    ProcessInstance promotion = promotion(vars());
    approveMaterials();
    LockedExternalTask first = allocate(SMALL, 0.4);
    assertThat(excluded(first)).isEqualTo("[]");

    failWithError("promotion.dispatch", "DISPATCH_REJECTED", vars("rejectedChannel", "AppHub"));
    LockedExternalTask second = allocate(SMALL, 0.5);
    failWithError("promotion.dispatch", "DISPATCH_REJECTED", vars("rejectedChannel", "云市场"));
    LockedExternalTask third = allocate(SMALL, 0.5);

    assertThat(excluded(second)).isEqualTo("[\"AppHub\"]");
    assertThat(excluded(third)).isEqualTo("[\"AppHub\",\"云市场\"]");
    dispatch();
    assertThat(promotion).isWaitingAt("Task_RunPromotion");
  }

  @Test
  void shouldEnd_whenEveryChannelRejects() {
    ProcessInstance promotion = promotion(vars());
    approveMaterials();
    allocate(SMALL, 0.4);
    failWithError("promotion.dispatch", "DISPATCH_REJECTED", vars("rejectedChannel", "AppHub"));

    failWithError("promotion.allocate", "NO_CHANNEL_LEFT", vars());

    assertThat(promotion).isEnded().hasPassed("EndEvent_PromotionNotTaken");
  }

  @Test
  void shouldCollectEachCycleAndOnceMore_whenTheTimeIsOver() {
    ProcessInstance promotion =
        promotion(vars("promotionDuration", "P3D", "collectCycle", "R/PT6H"));
    approveMaterials();
    allocate(SMALL, 0.4);
    dispatch();

    fireTimer("Boundary_CollectionDue");
    complete("promotion.collect", vars("clicks", 10, "conversions", 1, "spent", 900.0));
    assertThat(promotion)
        .isWaitingAt("Task_RunPromotion")
        .hasPassed("EndEvent_InterimResultsCollected");
    fireTimer("Boundary_CollectionDue");
    complete("promotion.collect", vars("clicks", 25, "conversions", 2, "spent", 2_100.0));

    fireTimer("Boundary_PromotionTimeOver");
    complete("promotion.collect", vars("clicks", 40, "conversions", 3, "spent", 3_000.0));
    assertThat(promotion).isEnded();
    assertThat(variable(promotion, "conversions")).isEqualTo(3);
  }

  @Test
  void shouldRunForTwoWeeksAndCollectDaily_whenNoTimersAreGiven() {
    ProcessInstance promotion = promotion(vars());

    assertThat(variable(promotion, "promotionDuration")).isEqualTo("P14D");
    assertThat(variable(promotion, "collectCycle")).isEqualTo("R/P1D");
  }

  private ProcessInstance promotion(Map<String, Object> more) {
    Map<String, Object> variables =
        vars(
            "campaignKey",
            KEY,
            "cycle",
            1,
            "targetMarket",
            "finance",
            "planId",
            "plan-2",
            "promotionBudget",
            LARGE);
    variables.putAll(more);
    return start("market-promotion", KEY, variables);
  }

  /** Materials prepared and ranked; the variables are those that the preparation saw. */
  private LockedExternalTask prepare() {
    LockedExternalTask prepared =
        complete("promotion.prepare", vars("materials", 6, "briefingId", KEY + "/1/prepared"));
    complete(
        "material.rank", vars("materialRanking", "clicks", "briefingId", KEY + "/1/materials"));
    return prepared;
  }

  private void approveMaterials() {
    prepare();
    decide("Task_ApproveMaterials", vars("materialsOutcome", "approve"));
  }

  private LockedExternalTask allocate(double allocatedBudget, double largestShare) {
    return complete(
        "promotion.allocate",
        vars(
            "allocatedBudget",
            allocatedBudget,
            "largestShare",
            largestShare,
            "allocatedChannels",
            4,
            "briefingId",
            KEY + "/1/budget"));
  }

  private void dispatch() {
    complete("promotion.dispatch", vars("dispatched", 4, "spent", 0.0));
  }

  private static String excluded(LockedExternalTask allocation) {
    return allocation.getVariables().getValue("excludedChannels", SpinJsonNode.class).toString();
  }
}
