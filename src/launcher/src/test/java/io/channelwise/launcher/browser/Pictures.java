package io.channelwise.launcher.browser;

import com.microsoft.playwright.Page;
import java.nio.file.Path;

/** Screenshots under {@code target/screenshots}, one file a page or form. Not thread-safe. */
final class Pictures {
  private static final Path FOLDER = Path.of("target", "screenshots");

  /** Keeps the whole page as {@code name.png}. */
  void take(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(FOLDER.resolve(name + ".png"))
            .setFullPage(true)
            .setTimeout(20_000));
  }

  /** Where the trace of that person goes when the test fails. */
  static Path trace(String person) {
    return FOLDER.resolve("trace-" + person + ".zip");
  }
}
