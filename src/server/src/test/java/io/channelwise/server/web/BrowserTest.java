package io.channelwise.server.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.NumberText;
import io.channelwise.deal.Deal;
import io.channelwise.deal.DealService;
import io.channelwise.deal.LinkSigner;
import io.channelwise.server.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** A person's way through the browser: login, pages, a decision in Tasklist, Cockpit, an offer. */
class BrowserTest {
  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("CHANNELWISE_CHROMIUM", "/usr/bin/chromium"));
  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final String CAMPAIGN = "browser-campaign";

  private static TestServer server;
  private static Playwright playwright;
  private static Browser browser;

  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    if (!Files.isExecutable(CHROMIUM)) {
      System.out.println(
          "SKIPPED: the browser tests need Chromium at " + CHROMIUM + "; install it to run them.");
    }
    Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium at " + CHROMIUM);
    server = TestServer.get();
    Files.createDirectories(SHOTS);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    server.send(
        TestServer.multipart(
            server.as("lead", "/api/campaigns"), "POST", TestServer.campaignFiles(CAMPAIGN)));
    toTargetMarket();
  }

  @AfterAll
  static void stop() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void open() {
    context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(1280, 860).setLocale("en-GB"));
    context.setDefaultTimeout(20_000);
    page = context.newPage();
  }

  @AfterEach
  void close(TestInfo test) {
    shot("end-of-" + test.getTestMethod().orElseThrow().getName());
    context.close();
  }

  @Test
  void shouldDecideInTasklist_throughTheForm() {
    login("lead", TestServer.STAFF_PASSWORD);
    assertThat(page.getByRole(AriaRole.HEADING, named("Campaigns"))).isVisible();
    shot("home");
    page.navigate(server.uri("/campaigns/" + CAMPAIGN).toString());
    assertThat(page.getByRole(AriaRole.LINK, named("Approve target market"))).isVisible();
    shot("campaign");

    page.getByRole(AriaRole.LINK, named("Approve target market")).click();
    page.getByText("Claim").first().click();
    assertThat(page.locator(".cwb h3")).hasText("Target market");
    assertThat(page.locator(".cwb svg")).hasCount(3);
    page.setViewportSize(1280, 2200);
    shot("tasklist-whole");
    page.setViewportSize(1280, 860);
    page.locator("#marketComment").fill("As the figures say.");
    shot("tasklist");
    page.getByRole(AriaRole.BUTTON, named("Complete")).click();

    TestServer.await("the task to be done", () -> openTasks("Task_ApproveTargetMarket") == 0);
  }

  @Test
  void shouldLeadFromFiguresToTheirInputs() {
    login("lead", TestServer.STAFF_PASSWORD);
    page.navigate(server.uri("/").toString());
    drawSample("en");
    Locator table = page.locator(".cwb div:has(> .cwb-scroll)").first();
    Locator inputs = table.getByText("Inputs", new Locator.GetByTextOptions().setExact(true));

    inputs.press("Enter");

    Locator link = table.getByRole(AriaRole.LINK);
    assertThat(link).hasText("survey.csv: 3 rows");
    assertThat(link).hasAttribute("target", "_blank");
    Page rows = context.waitForPage(link::click);
    assertThat(rows.locator("body")).containsText("\"respondent\"");
    shot("inputs");

    drawSample("zh");
    assertThat(page.locator(".cwb summary").first()).hasText("数据来源");
  }

  /** Numbers on forms and in the report are the same digit by digit: NumberText, briefing.js. */
  @Test
  void shouldWriteNumbersAsTheReportDoes() {
    login("lead", TestServer.STAFF_PASSWORD);
    addFormScripts();
    SplittableRandom random = new SplittableRandom(20_042);
    List<Double> values =
        new ArrayList<>(
            List.of(
                0.0, -0.0, 6.66e-15, 1e-300, 0.0001, 0.00005, -0.5, 999.96, 1234.5, 1e15, 2e21));
    for (int i = 0; i < 3_000; i++) {
      double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-20, 20));
      values.add(i % 3 == 0 ? Math.rint(value * 1e4) / 1e4 : value);
    }
    for (String unit : List.of("", "%", "CNY")) {
      Object shown =
          page.evaluate(
              "([values, unit]) => values.map(v => cwBriefing.writer('en')"
                  + ".figure({value: v, unit: unit}))",
              List.of(values, unit));

      org.assertj.core.api.Assertions.assertThat(shown)
          .isEqualTo(values.stream().map(v -> NumberText.of(v, unit, false)).toList());
    }
  }

  private void addFormScripts() {
    for (String name : List.of("charts", "briefing")) {
      page.addScriptTag(new Page.AddScriptTagOptions().setUrl("/forms/" + name + ".js"));
    }
  }

  private void drawSample(String locale) {
    addFormScripts();
    page.evaluate(
        "([id, locale]) => cwBriefing.render(document.querySelector('main'), id, locale)",
        List.of(CAMPAIGN + "/1/research.opportunity", locale));
    assertThat(page.locator(".cwb svg")).hasCount(3);
  }

  @Test
  void shouldShowTheToken_inCockpit() {
    login("admin", TestServer.ADMIN_PASSWORD);
    String id =
        server
            .bean(RuntimeService.class)
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(CAMPAIGN)
            .processDefinitionKey("go-to-market")
            .singleResult()
            .getId();

    page.navigate(server.uri("/camunda/app/cockpit/default/#/process-instance/" + id).toString());

    assertThat(page.locator(".djs-overlay .badge").first()).isVisible();
    shot("cockpit");
  }

  @Test
  void shouldRefuse_andSpeakChinese() {
    page.navigate(server.uri("/login").toString());
    shot("login");
    page.getByLabel("User").fill("lead");
    page.getByLabel("Password").fill("wrong");
    page.getByRole(AriaRole.BUTTON, named("Log in")).click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("wrong");

    page.getByText("中文").click();
    page.getByLabel("用户名").fill("lead");
    page.getByLabel("密码").fill(TestServer.STAFF_PASSWORD);
    page.getByRole(AriaRole.BUTTON, named("登录")).click();
    assertThat(page.getByRole(AriaRole.HEADING, named("上市活动"))).isVisible();
    shot("home-zh");
    page.navigate(server.uri("/campaigns/" + CAMPAIGN).toString());
    shot("campaign-zh");
    page.navigate(server.uri("/no-such-page").toString());
    shot("not-found-zh");
  }

  @Test
  void shouldEndTheSession_fromTasklist() {
    login("lead", TestServer.STAFF_PASSWORD);
    page.navigate(server.uri("/camunda/app/tasklist/default/").toString());
    Locator logout = page.locator("[ng-click='logout()']").first();
    logout.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
    logout.dispatchEvent("click");

    assertThat(page.getByLabel("Password")).isVisible();
    shot("after-logout");
    page.navigate(server.uri("/").toString());
    assertThat(page).hasURL(server.uri("/login").toString());
  }

  @Test
  void shouldShowTheApi() {
    login("agent", TestServer.STAFF_PASSWORD);
    page.navigate(server.uri("/api/docs").toString());
    assertThat(page.locator(".opblock").first()).isVisible();
    shot("api");
  }

  @Test
  void shouldAnswerAnOffer_withoutLogin() {
    Deal deal =
        server
            .bean(DealService.class)
            .draft(CAMPAIGN, 1, "Cloud Market", "browser-deal-" + System.nanoTime());
    String token =
        server
            .bean(LinkSigner.class)
            .sign(deal.id(), deal.round(), Instant.now().plusSeconds(3600));

    page.navigate(server.uri("/reply/" + token).toString());
    shot("reply");
    page.getByLabel("Revenue share in %").fill("12.5");
    page.getByRole(AriaRole.BUTTON, named("Send counter-offer")).click();

    assertThat(page.getByRole(AriaRole.HEADING, named("Thank you"))).isVisible();
    shot("reply-thanks");
  }

  private void login(String user, String password) {
    page.navigate(server.uri("/login").toString());
    page.getByLabel("User").fill(user);
    page.getByLabel("Password").fill(password);
    page.getByRole(AriaRole.BUTTON, named("Log in")).click();
    assertThat(page).hasURL(server.uri("/").toString());
  }

  /** Plays the workers up to the first decision, with a briefing that has everything. */
  private static void toTargetMarket() {
    String briefingId = CAMPAIGN + "/1/research.opportunity";
    server.bean(BriefingService.class).save(briefingId, SampleBriefing.all());
    TestServer.await(
        "the first decision",
        () -> {
          server.play(CAMPAIGN, outputs(briefingId));
          return openTasks("Task_ApproveTargetMarket") == 1;
        });
  }

  private static Map<String, Map<String, Object>> outputs(String briefingId) {
    return Map.of(
        "campaign.open",
        Map.of(
            "cycle", 1,
            "promotionBudget", 60000.0,
            "modelNames", List.of("ticket-intent"),
            "trainingSettings", Map.of("epochs", 1),
            "timers", Map.of("replyDeadline", "PT2H")),
        "research.demand",
        Map.of("respondents", 3),
        "research.competition",
        Map.of("competitors", 2),
        "research.trend",
        Map.of("periods", 1),
        "research.opportunity",
        Map.of(
            "proposedMarket", "retail",
            "demandShare", 0.62,
            "concentration", 0.21,
            "growth", 0.18,
            "opportunityScore", 0.71,
            "briefingId", briefingId));
  }

  private static long openTasks(String task) {
    return server
        .bean(TaskService.class)
        .createTaskQuery()
        .processInstanceBusinessKey(CAMPAIGN)
        .taskDefinitionKey(task)
        .count();
  }

  private void shot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SHOTS.resolve("server-" + name + ".png"))
            .setFullPage(true));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
