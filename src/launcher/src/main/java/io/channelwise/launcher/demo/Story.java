package io.channelwise.launcher.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells what happens, one line an event, with the time since the start. Thread-safe. */
public final class Story {
  private final PrintStream out;
  private final Instant start = Instant.now();

  public Story(PrintStream out) {
    this.out = out;
  }

  void tell(String text) {
    Duration since = Duration.between(start, Instant.now());
    out.println(
        String.format(Locale.ROOT, "%3d:%02d  %s", since.toMinutes(), since.toSecondsPart(), text));
    out.flush();
  }

  void person(String name, String group, String task, String decision) {
    tell("%s (%s) · %s: %s".formatted(name, group, task, decision));
  }
}
