package io.channelwise.launcher.model;

import io.channelwise.bert.training.EpochReport;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingListener;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows a training: a bar with rate and remaining time on a terminal, plain lines elsewhere.
 * Belongs to the training thread.
 */
final class TrainingProgress implements TrainingListener, AutoCloseable {
  private static final int LINES_A_RUN = 20;

  private final PrintWriter plain;
  private final boolean terminal;
  private ProgressBar bar;
  private long firstStep;
  private long startNanos;

  private TrainingProgress(PrintWriter plain, boolean terminal) {
    this.plain = plain;
    this.terminal = terminal;
  }

  /** A bar when the process runs on a terminal, else lines on the writer. */
  static TrainingProgress of(PrintWriter plain) {
    return new TrainingProgress(plain, onTerminal());
  }

  private static boolean onTerminal() {
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

  @Override
  public void onStep(StepReport report) {
    if (firstStep == 0) {
      firstStep = report.step();
      startNanos = System.nanoTime();
    }
    if (terminal) {
      if (bar == null) {
        bar = newBar(report.steps());
      }
      bar.stepTo(report.step());
      bar.setExtraMessage(
          String.format(
              Locale.ROOT, " loss %.3f, %.0f tokens/s", report.loss(), report.tokensPerSecond()));
    } else if (report.step() % Math.max(1, report.steps() / LINES_A_RUN) == 0) {
      plain.printf(
          Locale.ROOT,
          "step %d of %d, epoch %d of %d, loss %.4f, %.0f tokens/s, %s left%n",
          report.step(),
          report.steps(),
          report.epoch(),
          report.epochs(),
          report.loss(),
          report.tokensPerSecond(),
          left(report));
      plain.flush();
    }
  }

  /** Remaining time as the steps of this session went, evaluations in between included. */
  private String left(StepReport report) {
    long done = report.step() - firstStep;
    if (done == 0) {
      return "unknown time";
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    long rest = Math.round(seconds / done * (report.steps() - report.step()));
    return "%d:%02d:%02d".formatted(rest / 3600, rest / 60 % 60, rest % 60);
  }

  @Override
  public void onEpoch(EpochReport report) {
    String line =
        Double.isNaN(report.accuracy())
            ? String.format(
                Locale.ROOT,
                "epoch %d of %d: loss %.4f",
                report.epoch(),
                report.epochs(),
                report.trainingLoss())
            : String.format(
                Locale.ROOT,
                "epoch %d of %d: loss %.4f, accuracy %.4f, micro F1 %.4f, macro F1 %.4f",
                report.epoch(),
                report.epochs(),
                report.trainingLoss(),
                report.accuracy(),
                report.microF1(),
                report.macroF1());
    plain.println((terminal ? System.lineSeparator() : "") + line);
    plain.flush();
  }

  @Override
  public void onNotice(String message) {
    plain.println((terminal ? System.lineSeparator() : "") + message);
    plain.flush();
  }

  private static ProgressBar newBar(long steps) {
    return new ProgressBarBuilder()
        .setTaskName("training")
        .setInitialMax(steps)
        .setUnit(" steps", 1)
        .setStyle(ProgressBarStyle.ASCII)
        .showSpeed()
        .setUpdateIntervalMillis(500)
        .build();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
