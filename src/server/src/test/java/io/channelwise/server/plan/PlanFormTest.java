package io.channelwise.server.plan;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.channelwise.deal.DealService;
import io.channelwise.plan.Plan;
import io.channelwise.plan.PlanCandidates;
import io.channelwise.plan.PlanDecision;
import io.channelwise.plan.PlanService;
import io.channelwise.server.TasklistBrowser;
import io.channelwise.server.TestServer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Test;

/** A person tries plans with the sliders of the form in Tasklist, and chooses one. */
class PlanFormTest {
  private static final Pattern SAME = Pattern.compile("^0 points$");

  private final TestServer server = TestServer.get();

  @Test
  void shouldTryPlans_andComeBack_andChooseOne() {
    String campaign = "plan-form-campaign";
    try (TasklistBrowser browser = TasklistBrowser.open(server, "en-GB")) {
      PlanCandidates candidates = openTask(campaign);
      browser.login("lead");
      Page page = browser.form(campaign, "lead");
      Locator share = page.locator(".cwp tbody tr").first().locator("td").nth(3);
      assertThat(share).hasText(SAME);
      assertThat(page.locator(".cwp-reasons")).containsText("Keeps all constraints");

      page.locator("#cwp-price").fill(page.locator("#cwp-price").getAttribute("max"));
      assertThat(share).not().hasText(SAME);
      browser.keep("plan-form");
      browser.button("Back to the recommended plan").click();
      assertThat(share).hasText(SAME);

      Plan other = candidates.plans().get(1);
      page.locator("#cwp-wish-marketShare").fill(Double.toString(100 * other.marketShare()));
      page.locator("#cwp-wish-revenue").fill(Double.toString(other.revenue()));
      page.locator("#cwp-wish-satisfaction").fill(Double.toString(100 * other.satisfaction()));
      browser.button("Find the nearest plan").click();
      assertThat(page.locator(".cwp")).containsText("Nearest proposed plan: " + other.name());
      browser.button("Choose the nearest proposed plan").click();
      assertThat(page.locator("#planId")).hasValue(other.id());
      browser.complete().click();

      publish(campaign, other);
    }
  }

  /** Plays the workers behind the choice with the stored figures, as they would. */
  private void publish(String campaign, Plan chosen) {
    TestServer.await(
        "the plan to be published",
        () -> {
          server.play(campaign, chosenOutputs(chosen));
          return server
                  .bean(RuntimeService.class)
                  .createProcessInstanceQuery()
                  .processInstanceBusinessKey(campaign)
                  .processDefinitionKey("business-model")
                  .count()
              == 0;
        });
    Assertions.assertThat(TasklistBrowser.variable(server, "business-model", campaign, "planId"))
        .isEqualTo(chosen.id());
    Assertions.assertThat(
            TasklistBrowser.variable(server, "business-model", campaign, "planOutcome"))
        .isEqualTo("choose");
  }

  private static Map<String, Map<String, Object>> chosenOutputs(Plan plan) {
    return Map.of(
        "plan.check",
        Map.of(
            "planMarketShare", plan.marketShare(),
            "planRevenue", plan.revenue(),
            "planSatisfaction", plan.satisfaction()),
        "plan.publish",
        Map.of("planPrice", plan.price(), "planPricingModel", plan.pricingModel().code()));
  }

  @Test
  void shouldChooseThePlanOfTheSliders_inEnglish() {
    chooseOwn(
        "plan-own-en",
        "en-GB",
        new Words("Dominated: “", "Choose this plan", "Chosen below: ", "Technical standard"));
  }

  @Test
  void shouldChooseThePlanOfTheSliders_inChinese() {
    chooseOwn("plan-own-zh", "zh-CN", new Words("被占优：“", "选择此方案", "已在下方选中: ", "技术标准"));
  }

  private record Words(String dominated, String choose, String chosen, String standard) {}

  /** First one that breaks a constraint, then a dominated one, by lead; finance finds it chosen. */
  private void chooseOwn(String campaign, String locale, Words words) {
    try (TasklistBrowser browser = TasklistBrowser.open(server, locale)) {
      Plan best = openTask(campaign).plans().get(0);
      browser.login("lead");
      Page page = browser.form(campaign, "lead");
      Locator reasons = page.locator(".cwp-reasons");
      page.locator("#cwp-service").fill("0.5");
      assertThat(reasons).containsText(words.standard());
      assertThat(browser.button(words.choose())).isDisabled();
      browser.keep(campaign + "-infeasible");

      page.locator("#cwp-service").fill(plain(best.serviceLevel()));
      Plan made = null;
      PlanService plans = server.bean(PlanService.class);
      double step = plans.board(campaign, 1).priceStep();
      for (int up = 1; up <= 200 && made == null; up++) {
        double price = best.price() + up * step;
        var decision =
            new PlanDecision(best.pricingModel(), price, best.serviceLevel(), best.channels());
        var shown = plans.whatIf(campaign, 1, decision);
        if (shown.expected().isFeasible() && shown.betterPlanId() != null) {
          page.locator("#cwp-price").fill(plain(price));
          assertThat(reasons).containsText(words.dominated());
          browser.button(words.choose()).click();
          assertThat(page.locator(".cwp [role=status]")).containsText(words.chosen());
          made = plans.board(campaign, 1).byHand().get(0);
        }
      }
      Assertions.assertThat(made).as("a dominated plan on the slider").isNotNull();
      assertThat(page.locator("#planId")).hasValue(made.id());
      assertThat(page.locator("#planId option[value='" + made.id() + "']"))
          .containsText("by hand / 手工制定: lead");
      browser.keep(campaign);
      browser.complete().click();
      askFinance(campaign);
      Page again = browser.form(campaign, "lead");
      assertThat(again.locator("#planId")).hasValue(made.id());
      assertThat(again.locator(".cw-finance")).isVisible();
      browser.keep(campaign + "-finance");
      browser.complete().click();
      publish(campaign, made);
    }
  }

  /** As the slider writes it: 1, not 1.0, which it takes for malformed. */
  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** As if the plan reached few: the choice comes back. */
  private void askFinance(String campaign) {
    TestServer.await(
        "the question to finance",
        () -> {
          server.play(
              campaign,
              Map.of(
                  "plan.check",
                  Map.of("planMarketShare", 0.001, "planRevenue", 1.0, "planSatisfaction", 0.9)));
          return server
                  .bean(TaskService.class)
                  .createTaskQuery()
                  .processInstanceBusinessKey(campaign)
                  .taskCandidateGroup("finance")
                  .count()
              == 1;
        });
  }

  private long openTasks(String campaign) {
    return server
        .bean(TaskService.class)
        .createTaskQuery()
        .processInstanceBusinessKey(campaign)
        .taskDefinitionKey("Task_ChooseBusinessModel")
        .count();
  }

  /** The process with a real search, up to the choice. */
  private PlanCandidates openTask(String campaign) {
    server.send(
        TestServer.multipart(
            server.as("lead", "/api/campaigns"), "POST", PlanApiTest.campaignFiles(campaign)));
    DealService deals = server.bean(DealService.class);
    for (String channel : List.of("Cloud Market", "Community")) {
      String dealId = campaign + "-deal-" + channel.charAt(1);
      deals.sign(dealId, deals.draft(campaign, 1, channel, dealId).offer());
    }
    PlanCandidates found = server.bean(PlanService.class).optimise(campaign, 1, "retail");
    server
        .bean(RuntimeService.class)
        .startProcessInstanceByKey(
            "business-model",
            campaign,
            Map.of("campaignKey", campaign, "cycle", 1, "targetMarket", "retail"));
    TestServer.await(
        "the choice to be open",
        () -> {
          server.play(campaign, outputs(campaign, found));
          return openTasks(campaign) == 1;
        });
    return found;
  }

  private static Map<String, Map<String, Object>> outputs(String campaign, PlanCandidates found) {
    List<Map<String, Object>> candidates =
        found.plans().stream()
            .map(
                p ->
                    Map.<String, Object>of(
                        "planId", p.id(),
                        "name", p.name(),
                        "pricingModel", p.pricingModel().code(),
                        "price", p.price(),
                        "marketShare", p.marketShare(),
                        "revenue", p.revenue(),
                        "satisfaction", p.satisfaction()))
            .toList();
    return Map.of(
        "plan.optimise",
        Map.of(
            "planCandidates", candidates,
            "recommendedPlanId", found.recommendedPlanId(),
            "briefingId", PlanService.briefingId(campaign, 1)));
  }
}
