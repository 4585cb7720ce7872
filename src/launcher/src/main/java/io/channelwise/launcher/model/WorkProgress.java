package io.channelwise.launcher.model;

import io.channelwise.bert.AnswerListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;

/** Shows how far a long piece of work is. Belongs to the thread that works. */
public final class WorkProgress implements AnswerListener, AutoCloseable {
  private static final String ANSWERS = "answers";
  private static final long NANOS_BETWEEN_LINES = 5_000_000_000L;

  private final PrintWriter plain;
  private final String task;
  private final String unit;
  private final boolean terminal;
  private final LongSupplier nanos;
  private final long start;
  private long lastLine;
  private ProgressBar bar;

  WorkProgress(PrintWriter plain, String task, String unit, boolean terminal, LongSupplier nanos) {
    this.plain = plain;
    this.task = task;
    this.unit = unit;
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
  static WorkProgress of(PrintWriter plain, String task) {
    return of(plain, task, ANSWERS);
  }

  /**
   * A bar when the process runs on a terminal, else a line on the writer now and then.
   *
   * @param task what is done, such as {@code reading}
   * @param unit of what is counted, such as {@code MB}
   */
  public static WorkProgress of(PrintWriter plain, String task, String unit) {
    return new WorkProgress(plain, task, unit, Progress.onTerminal(), System::nanoTime);
  }

  /** Lines only: for results that are printed meanwhile, which a bar would run into. */
  static WorkProgress lines(PrintWriter plain, String task) {
    return new WorkProgress(plain, task, ANSWERS, false, System::nanoTime);
  }

  @Override
  public void onAnswered(int done, int total) {
    at(done, total);
  }

  /**
   * @param done of the total by now
   */
  public void at(long done, long total) {
    if (terminal) {
      bar = bar == null ? Progress.bar(task, unit, total, 0) : bar;
      bar.stepTo(done);
      return;
    }
    long now = nanos.getAsLong();
    if (done < total && now - lastLine >= NANOS_BETWEEN_LINES) {
      lastLine = now;
      plain.printf(
          Locale.ROOT,
          "%s: %d of %d%s, %s left%n",
          task,
          done,
          total,
          unit.equals(ANSWERS) ? "" : " " + unit,
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
