package io.channelwise.launcher.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.channelwise.launcher.browser.TaskForm.Drawn;
import io.channelwise.launcher.demo.Api;
import io.channelwise.launcher.demo.Customers;
import io.channelwise.launcher.demo.Partners;
import io.channelwise.launcher.demo.SampleUsers;
import io.channelwise.launcher.demo.Story;
import io.channelwise.launcher.local.DataFolder;
import io.channelwise.launcher.local.LocalStack;
import io.channelwise.launcher.sample.SampleTickets;
import io.channelwise.launcher.sample.SampleTickets.SampleTicket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole campaign in a browser: each human task is found, claimed, filled and completed in
 * Tasklist by a person of its group, while partners and customers act over REST.
 */
class TasklistJourneyTest {
  private static final String KEY = "harbor-llm-browser";
  private static final String BARE_KEY = "harbor-llm-without-events";
  private static final int TICKETS = 2;

  /** One accepts below the limit of finance, one accepts above it, one stays silent. */
  private static final Set<String> WANTED_CHANNELS =
      Set.of("Agent Builders Forum", "Lodestar Search", "Brightshelf South");

  private static final String SILENT_CHANNEL = "Brightshelf South";
  private static final Pattern REPLY_LINK = Pattern.compile("/reply/[A-Za-z0-9_.-]+");

  @TempDir private Path temporary;
  private final Map<String, SampleTicket> tickets = new ConcurrentHashMap<>();
  private final List<String> comments = new ArrayList<>();
  private final Map<String, Window> windows = new HashMap<>();
  private final Pictures pictures = new Pictures();
  private DataFolder folder;
  private LocalStack stack;
  private SampleUsers users;
  private Chromium chromium;
  private boolean passed;

  @BeforeEach
  void start() {
    Optional<Path> executable = Chromium.installed();
    if (executable.isEmpty()) {
      System.out.println(
          "SKIPPED: TasklistJourneyTest needs Chromium, and /usr/bin/chromium is not there.");
    }
    assumeTrue(executable.isPresent(), "Chromium is not installed");
    folder = DataFolder.open(temporary.resolve("data"));
    stack = LocalStack.start(folder, 0);
    users = SampleUsers.create(folder, stack.base());
    chromium = Chromium.start(executable.get(), stack.base());
  }

  @AfterEach
  void stop() throws IOException {
    try (DataFolder closedLast = folder;
        LocalStack closedSecond = stack;
        Chromium closedFirst = chromium) {
      if (chromium != null && !passed) {
        chromium.keepTraces();
        keepLogs();
      }
    }
  }

  private void keepLogs() throws IOException {
    Path kept = Files.createDirectories(Path.of("target", "screenshots", "logs"));
    try (Stream<Path> logs = Files.list(folder.folder("logs"))) {
      for (Path log : logs.toList()) {
        Files.write(kept.resolve(log.getFileName()), Files.readAllBytes(log));
      }
    }
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void shouldReachTheEnd_whenPeopleDoEveryTaskInTasklist() throws Exception {
    Api lead = users.in("gtm-lead");
    Story story = new Story(System.out);
    SampleStart sample = new SampleStart(temporary.resolve("sample"));
    seeLoginAndEmptyStartPage();
    sample.start(lead, KEY);
    Partners partners = new Partners(folder.folder("outbox"), KEY, stack.base(), story);
    Customers customers = new Customers(KEY, "en", users, tickets::put, story, TICKETS);
    try (OutsideWorld world = new OutsideWorld(lead, KEY, partners, customers)) {
      research();
      channels();
      businessModel();
      promotion();
      service();
      sample.startWithoutEvents(lead, BARE_KEY);
      fixData(sample.events());
      iteration();
    }
    seeTheEnd();
    seeReportAndPrediction();
    passed = true;
  }

  private void seeLoginAndEmptyStartPage() {
    Window chinese = chromium.window("chinese", "zh-CN");
    chinese.page().navigate("/");
    chinese.keep("login-zh");
    windows.put("chinese", chinese);
    Window lead = person("gtm-lead");
    assertThat(lead.heading("No campaign yet")).isVisible();
    lead.keep("start-empty");
  }

  private void research() {
    TaskForm form = person("gtm-lead").claim("Approve target market");
    Drawn drawn = form.briefing();
    assertThat(drawn.figures()).isPositive();
    assertThat(drawn.tables()).isPositive();
    assertThat(drawn.charts()).isPositive();
    assertThat(form.field("Target market")).hasValue("retail");
    form.choose("Decision", "Approve the target market");
    comment(form, "Comment", "Most demand, least crowded.");
    form.keep(pictures).complete();
  }

  private void channels() throws IOException {
    TaskForm form = person("channel-manager").claim("Approve shortlist");
    Drawn drawn = form.briefing();
    assertThat(drawn.tables()).isPositive();
    assertThat(drawn.charts()).isPositive();
    assertThat(form.checkBoxes().count()).isGreaterThan(WANTED_CHANNELS.size());
    for (Locator box : form.checkBoxes().all()) {
      box.setChecked(WANTED_CHANNELS.contains(box.inputValue()));
    }
    form.choose("Decision", "Negotiate with the channels checked");
    comment(form, "Comment", "Three are enough to learn from.");
    form.keep(pictures).complete();
    seeReplyPage();
    approveContract("channel-manager", "Agent Builders Forum");
    approveContract("finance", "Lodestar Search");
    negotiate();
    approveContract("channel-manager", SILENT_CHANNEL);
  }

  /** The page behind the signed link, as a partner sees it; this one only looks. */
  private void seeReplyPage() {
    Window partner = chromium.window("partner", "en-US");
    partner.page().waitForCondition(() -> replyLink().isPresent());
    partner.page().navigate(replyLink().orElseThrow());
    assertThat(partner.page().getByRole(AriaRole.BUTTON).filter(hasText("Accept"))).isVisible();
    partner.keep("reply");
    partner.link("中文").click();
    assertThat(partner.link("English")).isVisible();
    partner.keep("reply-zh");
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private Optional<String> replyLink() {
    try (Stream<Path> files = Files.list(folder.folder("outbox"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        String message = Files.readString(file);
        Matcher link = REPLY_LINK.matcher(message);
        if (message.contains(SILENT_CHANNEL) && link.find()) {
          return Optional.of(link.group());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void approveContract(String group, String channel) {
    TaskForm form = person(group).claim("Approve contract");
    assertThat(form.briefing().figures()).isPositive();
    assertThat(form.figure("Channel / 渠道")).hasText(channel);
    form.choose("Decision", "Approve, sign the deal");
    comment(form, "Comment", "Within our limits: " + channel);
    form.keep(pictures).complete();
  }

  private void negotiate() {
    TaskForm form = person("channel-manager").claim("Negotiate by hand");
    assertThat(form.briefing().figures()).isPositive();
    assertThat(form.figure("Channel / 渠道")).hasText(SILENT_CHANNEL);
    form.choose("Outcome", "Agreed on the terms below");
    form.write("Revenue share, 0 to 1", "0.13");
    form.write("Fixed fee / ", "2600");
    comment(form, "Comment", "Agreed on the phone.");
    form.keep(pictures).complete();
  }

  private void businessModel() {
    TaskForm form = person("finance").claim("Choose business model");
    Drawn drawn = form.briefing();
    assertThat(drawn.tables()).isPositive();
    assertThat(drawn.charts()).isPositive();
    form.choose("Decision", "Choose the plan below");
    comment(form, "Comment", "The knee of the front.");
    form.keep(pictures).complete();
  }

  private void promotion() {
    TaskForm materials = person("gtm-lead").claim("Approve materials");
    assertThat(materials.briefing().tables()).isPositive();
    assertThat(materials.checkBoxes().first()).isVisible();
    materials.choose("Decision", "Approve all materials above");
    comment(materials, "Comment", "Good to go.");
    materials.keep(pictures).complete();

    TaskForm budget = person("finance").claim("Approve budget");
    assertThat(budget.briefing().figures()).isPositive();
    seeRunningToken();
    budget.choose("Decision", "Approve the allocation");
    assertThat(budget.field("Promotion budget")).hasValue("60000");
    comment(budget, "Comment", "Within the quarter's plan.");
    budget.keep(pictures).complete();
  }

  /** An operator looks at the campaign and follows the link to Cockpit. */
  private void seeRunningToken() {
    Window admin = window("admin", "admin", folder.adminPassword());
    admin.page().navigate("/campaigns/" + KEY);
    assertThat(admin.page().getByText("Approve budget")).isVisible();
    admin.keep("campaign");
    admin.page().navigate("/");
    admin.keep("start-running");
    admin.page().navigate("/campaigns/" + KEY);
    admin
        .page()
        .getByRole(AriaRole.MAIN)
        .getByRole(AriaRole.LINK)
        .filter(hasText("Cockpit"))
        .click();
    Page page = admin.page();
    assertThat(page.locator("[data-element-id='Call_PromoteToMarket'] .djs-visual")).isVisible();
    assertThat(
            page.locator(".djs-overlays[data-container-id='Call_PromoteToMarket'] .badge").first())
        .hasText("1");
    admin.keep("cockpit");
    page.navigate("/api/docs");
    assertThat(page.getByText("Accept a campaign with its data and start it").first()).isVisible();
    admin.keep("api-docs");
  }

  private void service() {
    answerTicket();
    Api admin = Api.as(stack.base(), "admin", folder.adminPassword());
    admin.post(
        "/engine-rest/message",
        Map.of(
            "messageName",
            "sentiment-surge",
            "businessKey",
            KEY,
            "processVariables",
            Map.of(
                "surgeNegativeShare",
                Api.variable(0.6),
                "surgeBriefingId",
                Api.variable("ticket/" + tickets.keySet().iterator().next()))));
    TaskForm surge = person("support-agent").claim("Handle sentiment surge");
    assertThat(surge.text("60 %")).isVisible();
    surge.choose("What is done", "Call the customers concerned");
    comment(surge, "Cause and comment", "The outage of this morning.");
    surge.keep(pictures).complete();
    answerTicket();
  }

  private void answerTicket() {
    TaskForm form = person("support-agent").claim("Answer ticket");
    form.briefing();
    SampleTicket ticket = ticketShown(form);
    comment(form, "Answer to the customer", "Thank you; we look into it: " + tickets.size());
    form.write("Intent", ticket.intent());
    form.choose("Sentiment", ticket.rating() <= 2 ? "Negative" : "Neutral");
    form.keep(pictures).complete();
  }

  /** The agent reads what the customer wrote. */
  private SampleTicket ticketShown(TaskForm form) {
    String shown = form.shown();
    return tickets.values().stream()
        .filter(ticket -> shown.contains(ticket.text().strip()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("The form shows no ticket that came in: " + shown));
  }

  private void fixData(Path events) {
    TaskForm form = person("gtm-lead").claim("Fix campaign data");
    assertThat(form.text("no click is recorded")).isVisible();
    form.button("Replace tables").click();
    assertThat(form.text("Choose a CSV file first")).isVisible();
    form.field("Corrected CSV files").setInputFiles(events);
    form.button("Replace tables").click();
    assertThat(form.text("The tables were replaced")).isVisible();
    form.choose("Decision", "The data is fixed, try again");
    form.write("Comment", "The events are here now.");
    form.keep(pictures).complete();
    person("gtm-lead").claim("Approve target market").briefing();
    users.in("gtm-lead").post("/api/campaigns/" + BARE_KEY + "/cancellation", Map.of());
  }

  private void iteration() {
    release(true);
    release(true);
    release(false);
    TaskForm plan = person("ml-engineer").claim("Plan improvements");
    assertThat(plan.briefing().tables()).isPositive();
    plan.choose("Decision", "Plan the improvements below");
    plan.checkBoxes().nth(0).check();
    plan.checkBoxes().nth(1).check();
    plan.write("More improvements", "Answer within the hour");
    comment(plan, "Comment", "Smallest effort first.");
    plan.keep(pictures).complete();

    TaskForm cycle = person("gtm-lead").claim("Decide on another cycle");
    cycle.choose("Another cycle?", "No, end the campaign");
    comment(cycle, "Comment", "Goals met.");
    cycle.keep(pictures).complete();
  }

  /**
   * @param again whether longer training is offered; it does not help a model of purchases
   */
  private void release(boolean again) {
    TaskForm form = person("ml-engineer").claim("Approve release");
    Drawn drawn = form.briefing();
    assertThat(drawn.figures()).isPositive();
    assertThat(drawn.tables()).isPositive();
    form.choose("Decision", "Release this version");
    if (again) {
      assertThat(form.field("Epochs")).hasValue("1");
    } else {
      assertThat(form.field("Epochs")).isHidden();
    }
    comment(form, "Comment", "Better than nothing live.");
    form.keep(pictures).complete();
  }

  private void seeTheEnd() {
    Window lead = person("gtm-lead");
    lead.page().navigate("/");
    Locator card = lead.page().getByRole(AriaRole.ARTICLE).filter(hasText(KEY));
    assertThat(card.getByText("completed", new Locator.GetByTextOptions().setExact(true)))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(120_000));
    lead.keep("start-ended");
    JsonNode outcome =
        users
            .in("gtm-lead")
            .get("/engine-rest/history/variable-instance?variableName=campaignOutcome");
    assertThat(outcome.findValuesAsText("value")).contains("completed");
    for (String comment : comments) {
      assertThat(
              users
                  .in("gtm-lead")
                  .get("/engine-rest/history/variable-instance?maxResults=2000")
                  .findValuesAsText("value"))
          .contains(comment);
    }
  }

  private void seeReportAndPrediction() {
    Window lead = person("gtm-lead");
    lead.page().navigate("/campaigns/" + KEY);
    Traces.followInputs(lead.page());
    lead.page().navigate("/api/campaigns/" + KEY + "/report");
    assertThat(lead.page().getByRole(AriaRole.HEADING).first()).isVisible();
    lead.keep("report");
    Traces.seeReportOpenInPrint(lead.page());
    Window chinese = windows.get("chinese");
    chinese.logInChinese(SampleUsers.idOf("gtm-lead"), password("gtm-lead"));
    chinese.keep("start-zh");
    chinese.page().navigate("/campaigns/" + KEY);
    chinese.keep("campaign-zh");
    chinese.page().navigate("/api/campaigns/" + KEY + "/report");
    chinese.keep("report-zh");
    JsonNode answer =
        users
            .in("support-agent")
            .post(
                "/api/models/ticket-intent/predictions",
                Map.of("texts", List.of("We were charged twice for October, please refund.")));
    // One epoch makes no expert; that the released version answers is what counts here.
    assertThat(answer.path("predictions").path(0).path("label").asText())
        .isIn(SampleTickets.INTENTS);
  }

  private void comment(TaskForm form, String label, String text) {
    form.write(label, text);
    comments.add(text);
  }

  /** The window of the sample person in that group, logged in. */
  private Window person(String group) {
    return window(group, SampleUsers.idOf(group), password(group));
  }

  private String password(String group) {
    return folder.secret("sample-user-" + SampleUsers.idOf(group));
  }

  private Window window(String name, String user, String password) {
    return windows.computeIfAbsent(
        name, key -> chromium.window(key, "en-US").logIn(user, password));
  }
}
