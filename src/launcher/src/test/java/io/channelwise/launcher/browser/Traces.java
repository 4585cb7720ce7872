package io.channelwise.launcher.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.net.URI;

/** What a person finds who doubts a figure. */
final class Traces {
  private Traces() {}

  /** Each figure of the campaign's page leads to where it was taken from. */
  static void followInputs(Page page) {
    Locator links = page.locator(".tile a.inputs");
    assertThat(links.count()).isPositive().isEqualTo(page.locator(".tile").count());
    for (Locator link : links.all()) {
      String href = link.getAttribute("href");
      String url = URI.create(page.url()).resolve(href).toString();
      assertThat(page.request().get(url).status()).as(href).isEqualTo(200);
    }
  }

  /** What is folded on the screen is printed. */
  static void seeReportOpenInPrint(Page page) {
    Locator first = page.locator("section table").first();
    assertThat(first).isHidden();
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(first).isVisible();
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    page.locator("section summary").first().press("Enter");
    assertThat(first).isVisible();
  }
}
