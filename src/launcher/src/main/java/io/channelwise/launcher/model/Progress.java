package io.channelwise.launcher.model;

import java.io.Console;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How progress is shown: as a bar on a terminal, as lines elsewhere. */
final class Progress {
  private Progress() {}

  /** Whether the process runs on a terminal. */
  static boolean onTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From Java 22 on there always is a console, and it says itself what it is.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /**
   * A bar on standard error.
   *
   * @param done what was done before, and says nothing about the speed
   */
  static ProgressBar bar(String task, String unit, long total, long done) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .startsFrom(done, Duration.ZERO)
        .setUnit(" " + unit, 1)
        .setStyle(ProgressBarStyle.ASCII)
        .showSpeed()
        .setUpdateIntervalMillis(500)
        .build();
  }

  /**
   * The time left, when it goes on as it went.
   *
   * @param nanos that the part done took
   */
  static String left(long done, long rest, long nanos) {
    if (done == 0) {
      return "unknown time";
    }
    long seconds = Math.round(nanos / 1e9 / done * rest);
    return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
