package io.channelwise.launcher.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The installed Chromium; every person has a window and a session of their own. */
final class Chromium implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** Tall, so that a form is on the screenshot as a whole. */
  private static final int WIDTH = 1440;

  private static final int HEIGHT = 2300;
  private static final double STEP_LIMIT_MILLIS = 30_000;

  private final Playwright playwright;
  private final Browser browser;
  private final URI base;
  private final Map<String, BrowserContext> windows = new LinkedHashMap<>();

  private Chromium(Playwright playwright, Browser browser, URI base) {
    this.playwright = playwright;
    this.browser = browser;
    this.base = base;
  }

  /** Where it is installed on this machine. */
  static Optional<Path> installed() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path executable, URI base) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    PlaywrightAssertions.setDefaultAssertionTimeout(STEP_LIMIT_MILLIS);
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(ARGUMENTS));
    return new Chromium(playwright, browser, base);
  }

  /**
   * A window that is logged in nowhere.
   *
   * @param name of the trace file
   * @param locale e.g. {@code en-US}, {@code zh-CN}
   */
  Window window(String name, String locale) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(base.toString())
                .setLocale(locale)
                .setTimezoneId("UTC")
                .setViewportSize(WIDTH, HEIGHT));
    context.setDefaultTimeout(STEP_LIMIT_MILLIS);
    context
        .tracing()
        .start(new Tracing.StartOptions().setScreenshots(true).setSnapshots(true).setTitle(name));
    windows.put(name, context);
    return new Window(context.newPage(), new Pictures());
  }

  /** Keeps trace and last picture of every window. */
  void keepTraces() {
    windows.forEach(
        (name, context) -> {
          context.pages().forEach(page -> new Pictures().take(page, "failed-" + name));
          context.tracing().stop(new Tracing.StopOptions().setPath(Pictures.trace(name)));
        });
  }

  @Override
  public void close() {
    try {
      browser.close();
    } finally {
      playwright.close();
    }
  }
}
