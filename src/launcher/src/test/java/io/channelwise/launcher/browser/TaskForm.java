package io.channelwise.launcher.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.util.Locale;

/** The form of a task that was claimed in Tasklist; fields are found by label. */
final class TaskForm {
  private final Page page;
  private final String task;
  private final Locator form;

  TaskForm(Page page, String task) {
    this.page = page;
    this.task = task;
    this.form = page.locator("form[name=form]");
  }

  /** Waits until the form can be filled: Complete is below it. */
  void opened() {
    assertThat(form).isVisible();
    assertThat(completeButton()).isVisible();
  }

  /** What was found in the briefing above the fields. */
  record Drawn(int figures, int tables, int charts) {}

  /** The briefing as drawn, after it came. */
  Drawn briefing() {
    Locator briefing = form.locator(".cw-briefing");
    assertThat(briefing.getByRole(AriaRole.HEADING, headingLevel(3))).isVisible();
    assertThat(form.locator(".cwb-note")).hasCount(0);
    return new Drawn(
        briefing.locator(".cwb-figure").count(),
        briefing.getByRole(AriaRole.TABLE).count(),
        briefing.locator("svg[role=img]").count());
  }

  private static Locator.GetByRoleOptions headingLevel(int level) {
    return new Locator.GetByRoleOptions().setLevel(level);
  }

  /** Chooses the option that starts with that text. */
  TaskForm choose(String label, String option) {
    Locator select = field(label);
    String text =
        select.locator("option").allTextContents().stream()
            .map(String::strip)
            .filter(candidate -> candidate.startsWith(option))
            .findFirst()
            .orElseThrow(
                () ->
                    new AssertionError(
                        "%s: '%s' offers no '%s' but %s"
                            .formatted(
                                task, label, option, select.locator("option").allTextContents())));
    select.selectOption(new SelectOption().setLabel(text));
    return this;
  }

  TaskForm write(String label, String text) {
    field(label).fill(text);
    return this;
  }

  Locator field(String label) {
    return form.getByLabel(label);
  }

  Locator checkBoxes() {
    return form.getByRole(AriaRole.CHECKBOX);
  }

  Locator button(String name) {
    return form.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }

  /** All text of the form, briefing included. */
  String shown() {
    return form.textContent();
  }

  Locator text(String text) {
    return form.getByText(text);
  }

  /** The cell beside a row's heading in the form's own table. */
  Locator figure(String row) {
    return form.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName(row))
        .getByRole(AriaRole.CELL);
  }

  /** Keeps a picture, e.g. {@code form-approve-budget.png}. */
  TaskForm keep(Pictures pictures) {
    pictures.take(page, "form-" + task.toLowerCase(Locale.ROOT).replace(' ', '-'));
    return this;
  }

  /** Presses Complete and waits until the engine has taken it. */
  void complete() {
    Response answer =
        page.waitForResponse(
            response -> response.url().endsWith("/submit-form"), completeButton()::click);
    assertThat(answer.ok()).as(() -> task + ": " + answer.status() + " " + answer.text()).isTrue();
    assertThat(form).hasCount(0);
  }

  private Locator completeButton() {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete").setExact(true));
  }
}
