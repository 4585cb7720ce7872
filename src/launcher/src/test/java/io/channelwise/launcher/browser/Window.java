package io.channelwise.launcher.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** One person's browser window. Not thread-safe. */
final class Window {
  private static final double TASK_LIMIT_MILLIS = 180_000;
  private static final String TASKLIST = "/camunda/app/tasklist/default/";

  private final Page page;
  private final Pictures pictures;

  Window(Page page, Pictures pictures) {
    this.page = page;
    this.pictures = pictures;
  }

  Page page() {
    return page;
  }

  void keep(String picture) {
    pictures.take(page, picture);
  }

  /** Logs in by the form, in English. */
  Window logIn(String user, String password) {
    page.navigate("/");
    page.getByLabel("User").fill(user);
    page.getByLabel("Password").fill(password);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in")).click();
    assertThat(heading("Campaigns")).isVisible();
    return this;
  }

  /** The same on the Chinese page. */
  void logInChinese(String user, String password) {
    page.getByLabel("用户名").fill(user);
    page.getByLabel("密码").fill(password);
    page.getByRole(AriaRole.BUTTON).click();
    assertThat(heading("上市活动")).isVisible();
  }

  Locator heading(String text) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  Locator link(String text) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  /** Finds the task by its name in the list, which refreshes itself, and claims it. */
  TaskForm claim(String task) {
    page.navigate(TASKLIST);
    page.locator(".tasks-list")
        .getByText(task, new Locator.GetByTextOptions().setExact(true))
        .first()
        .click(new Locator.ClickOptions().setTimeout(TASK_LIMIT_MILLIS));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Claim").setExact(true))
        .click();
    TaskForm form = new TaskForm(page, task);
    form.opened();
    return form;
  }
}
