package io.channelwise.server.plan;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import io.channelwise.deal.DealService;
import io.channelwise.plan.Plan;
import io.channelwise.plan.PlanCandidates;
import io.channelwise.plan.PlanService;
import io.channelwise.server.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A person tries plans with the sliders of the form in Tasklist, and chooses one. */
class PlanFormTest {
  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("CHANNELWISE_CHROMIUM", "/usr/bin/chromium"));
  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final String CAMPAIGN = "plan-form-campaign";
  private static final Pattern SAME = Pattern.compile("^0 points$");

  private final TestServer server = TestServer.get();

  @Test
  void shouldTryPlans_andComeBack_andChooseOne() throws Exception {
    if (!Files.isExecutable(CHROMIUM)) {
      System.out.println("SKIPPED: the form's test needs Chromium at " + CHROMIUM + ".");
    }
    Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium at " + CHROMIUM);
    PlanCandidates candidates = openTask();
    Files.createDirectories(SHOTS);
    try (Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")))) {
      Page page =
          browser
              .newContext(
                  new Browser.NewContextOptions().setViewportSize(1280, 3200).setLocale("en-GB"))
              .newPage();
      page.setDefaultTimeout(20_000);
      login(page);
      page.navigate(server.uri("/campaigns/" + CAMPAIGN).toString());
      String task =
          server
              .bean(TaskService.class)
              .createTaskQuery()
              .processInstanceBusinessKey(CAMPAIGN)
              .singleResult()
              .getId();
      page.navigate(server.uri("/camunda/app/tasklist/default/#/?task=" + task).toString());
      page.getByText("Claim").first().click();
      choose(page, candidates);
    }
  }

  private void choose(Page page, PlanCandidates candidates) {
    Locator share = page.locator(".cwp tbody tr").first().locator("td").nth(3);
    assertThat(share).hasText(SAME);
    assertThat(page.locator(".cwp-reasons")).containsText("Keeps all constraints");

    page.getByLabel("Price").first().fill(page.getByLabel("Price").first().getAttribute("max"));
    assertThat(share).not().hasText(SAME);
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SHOTS.resolve("plan-form.png")).setFullPage(true));
    page.getByRole(AriaRole.BUTTON, named("Back to the recommended plan")).click();
    assertThat(share).hasText(SAME);

    Plan other = candidates.plans().get(1);
    page.locator("#cwp-wish-marketShare").fill(Double.toString(100 * other.marketShare()));
    page.locator("#cwp-wish-revenue").fill(Double.toString(other.revenue()));
    page.locator("#cwp-wish-satisfaction").fill(Double.toString(100 * other.satisfaction()));
    page.getByRole(AriaRole.BUTTON, named("Find the nearest plan")).click();
    assertThat(page.locator(".cwp")).containsText("Nearest proposed plan: " + other.name());
    page.getByRole(AriaRole.BUTTON, named("Choose the nearest proposed plan")).click();
    assertThat(page.locator("#planId")).hasValue(other.id());
    page.getByRole(AriaRole.BUTTON, named("Complete")).click();

    TestServer.await("the choice", () -> other.id().equals(variable("planId")) && openTasks() == 0);
    Assertions.assertThat(variable("planOutcome")).isEqualTo("choose");
  }

  /** The process with a real search, up to the choice. */
  private PlanCandidates openTask() {
    server.send(
        TestServer.multipart(
            server.as("lead", "/api/campaigns"), "POST", PlanApiTest.campaignFiles(CAMPAIGN)));
    DealService deals = server.bean(DealService.class);
    for (String channel : List.of("Cloud Market", "Community")) {
      String dealId = "plan-form-deal-" + channel.charAt(1);
      deals.sign(dealId, deals.draft(CAMPAIGN, 1, channel, dealId).offer());
    }
    PlanCandidates found = server.bean(PlanService.class).optimise(CAMPAIGN, 1, "retail");
    server
        .bean(RuntimeService.class)
        .startProcessInstanceByKey(
            "business-model",
            CAMPAIGN,
            Map.of("campaignKey", CAMPAIGN, "cycle", 1, "targetMarket", "retail"));
    TestServer.await(
        "the choice to be open",
        () -> {
          server.play(CAMPAIGN, outputs(found));
          return openTasks() == 1;
        });
    return found;
  }

  private static Map<String, Map<String, Object>> outputs(PlanCandidates found) {
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
            "briefingId", PlanService.briefingId(CAMPAIGN, 1)));
  }

  private void login(Page page) {
    page.navigate(server.uri("/login").toString());
    page.getByLabel("User").fill("lead");
    page.getByLabel("Password").fill(TestServer.STAFF_PASSWORD);
    page.getByRole(AriaRole.BUTTON, named("Log in")).click();
    assertThat(page).hasURL(server.uri("/").toString());
  }

  private long openTasks() {
    return server
        .bean(TaskService.class)
        .createTaskQuery()
        .processInstanceBusinessKey(CAMPAIGN)
        .taskDefinitionKey("Task_ChooseBusinessModel")
        .count();
  }

  private Object variable(String name) {
    var found =
        server
            .bean(HistoryService.class)
            .createHistoricVariableInstanceQuery()
            .processDefinitionKey("business-model")
            .variableName(name)
            .list();
    return found.stream()
        .filter(
            v ->
                server
                        .bean(HistoryService.class)
                        .createHistoricProcessInstanceQuery()
                        .processInstanceId(v.getProcessInstanceId())
                        .processInstanceBusinessKey(CAMPAIGN)
                        .count()
                    == 1)
        .map(v -> v.getValue())
        .findFirst()
        .orElse(null);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
