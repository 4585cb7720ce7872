package io.channelwise.launcher.model;

import io.channelwise.bert.AnswerListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;

/** Shows how far a long series of answers is. Belongs to the thread that asks. */
final class AnswerProgress implements AnswerListener, AutoCloseable {
  private static final long NANOS_BETWEEN_LINES = 5_000_000_000L;

  private final PrintWriter plain;
  private final String task;
  private final boolean terminal;
  private final LongSupplier nanos;
  private final long start;
  private long lastLine;
  private ProgressBar bar;

  AnswerProgress(PrintWriter plain, String task, boolean terminal, LongSupplier nanos) {
    this.plain = plain;
    this.task = task;
    this.terminal = terminal;
    this.nanos = nanos;
    start = nanos.getAsLong();
    lastLine = start;
  }

  /**
   * A bar when the process runs on a terminal, else a line on the writer now and then.
   *
   * @param task what is done, such as {@code evaluation}
   */
  static AnswerProgress of(PrintWriter plain, String task) {
    return new AnswerProgress(plain, task, Progress.onTerminal(), System::nanoTime);
  }

  /** Lines only: for results that are printed meanwhile, which a bar would run into. */
  static AnswerProgress lines(PrintWriter plain, String task) {
    return new AnswerProgress(plain, task, false, System::nanoTime);
  }

  @Override
  public void onAnswered(int done, int total) {
    if (terminal) {
      bar = bar == null ? Progress.bar(task, "answers", total, 0) : bar;
      bar.stepTo(done);
      return;
    }
    long now = nanos.getAsLong();
    if (done < total && now - lastLine >= NANOS_BETWEEN_LINES) {
      lastLine = now;
      plain.printf(
          Locale.ROOT,
          "%s: %d of %d, %s left%n",
          task,
          done,
          total,
          Progress.left(done, total - done, now - start));
      plain.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
