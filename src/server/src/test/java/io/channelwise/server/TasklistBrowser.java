package io.channelwise.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Assumptions;

/** A person at Tasklist with a real browser, in English or Chinese. */
public final class TasklistBrowser implements AutoCloseable {
  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("CHANNELWISE_CHROMIUM", "/usr/bin/chromium"));

  /** Tasklist takes its time on a busy machine. */
  private static final double TIMEOUT_MILLIS = 30_000;

  private static final Path SHOTS = Path.of("target", "screenshots");

  private final TestServer server;
  private final boolean chinese;
  private final Playwright playwright;
  private final Page page;

  private TasklistBrowser(TestServer server, String locale, Playwright playwright) {
    this.server = server;
    this.chinese = locale.startsWith("zh");
    this.playwright = playwright;
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")));
    page =
        browser
            .newContext(
                new Browser.NewContextOptions().setViewportSize(1280, 3200).setLocale(locale))
            .newPage();
    page.setDefaultTimeout(TIMEOUT_MILLIS);
    PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MILLIS);
  }

  /**
   * Opens a browser; skips the test, visibly, where there is none.
   *
   * @param locale e.g. {@code en-GB}, {@code zh-CN}
   */
  public static TasklistBrowser open(TestServer server, String locale) {
    if (!Files.isExecutable(CHROMIUM)) {
      System.out.println("SKIPPED: the form's test needs Chromium at " + CHROMIUM + ".");
    }
    Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium at " + CHROMIUM);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new TasklistBrowser(server, locale, playwright);
  }

  /** Logs in through the real form. */
  public void login(String user) {
    page.navigate(server.uri("/login").toString());
    page.getByLabel(chinese ? "用户名" : "User").fill(user);
    page.getByLabel(chinese ? "密码" : "Password").fill(TestServer.STAFF_PASSWORD);
    page.getByRole(AriaRole.BUTTON, named(chinese ? "登录" : "Log in")).click();
    assertThat(page).hasURL(server.uri("/").toString());
  }

  /** The form of the only open task of the campaign, claimed by the user. */
  public Page form(String campaign, String user) {
    TaskService tasks = server.bean(TaskService.class);
    Task task = tasks.createTaskQuery().processInstanceBusinessKey(campaign).singleResult();
    tasks.claim(task.getId(), user);
    // Another fragment alone would not load the page again.
    page.navigate("about:blank");
    page.navigate(server.uri("/camunda/app/tasklist/default/#/?task=" + task.getId()).toString());
    assertThat(complete()).isVisible();
    return page;
  }

  public void keep(String name) {
    try {
      Files.createDirectories(SHOTS);
    } catch (IOException e) {
      throw new IllegalStateException("No folder " + SHOTS, e);
    }
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")).setFullPage(true));
  }

  public Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, named(name));
  }

  public Locator complete() {
    return page.locator(".form-actions .btn-primary");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  /** The value of a variable of the campaign's process; null when it has none. */
  public static Object variable(TestServer server, String process, String campaign, String name) {
    HistoryService history = server.bean(HistoryService.class);
    return history
        .createHistoricVariableInstanceQuery()
        .processDefinitionKey(process)
        .variableName(name)
        .list()
        .stream()
        .filter(
            v ->
                history
                        .createHistoricProcessInstanceQuery()
                        .processInstanceId(v.getProcessInstanceId())
                        .processInstanceBusinessKey(campaign)
                        .count()
                    == 1)
        .map(HistoricVariableInstance::getValue)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
