package io.channelwise.launcher.demo;

import io.channelwise.campaign.Text;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells what happens, one line an event, with the time since the start. Thread-safe. */
public final class Story {
  private final PrintStream out;
  private final boolean chinese;
  private final Instant start = Instant.now();

  public Story(PrintStream out) {
    this(out, "en");
  }

  /**
   * @param language {@code en} or {@code zh}
   */
  Story(PrintStream out, String language) {
    this.out = out;
    this.chinese = language.equals("zh");
  }

  void tell(String text) {
    Duration since = Duration.between(start, Instant.now());
    out.println(
        String.format(Locale.ROOT, "%3d:%02d  %s", since.toMinutes(), since.toSecondsPart(), text));
    out.flush();
  }

  void tell(String en, String zh) {
    tell(chinese ? zh : en);
  }

  void person(String name, String group, String task, Text decision) {
    String who = "%s (%s) · %s".formatted(name, group, task);
    tell(who + ": " + decision.en(), who + "：" + decision.zh());
  }
}
