package io.channelwise.launcher.model;

import io.channelwise.bert.training.EpochReport;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows a training: a bar with rate and remaining time on a terminal, plain lines elsewhere.
 * Belongs to the training thread.
 */
final class TrainingProgress implements TrainingListener, AutoCloseable {
  private static final int LINES_A_RUN = 20;

  private final PrintWriter plain;
  private final boolean terminal;
  private final LongSupplier nanos;
  private ProgressBar bar; // null before the first step, and where there is no terminal
  private long firstStep;
  private long lastStep;
  private long steps;
  private long startNanos;

  TrainingProgress(PrintWriter plain, boolean terminal, LongSupplier nanos) {
    this.plain = plain;
    this.terminal = terminal;
    this.nanos = nanos;
  }

  /** A bar when the process runs on a terminal, else lines on the writer. */
  static TrainingProgress of(PrintWriter plain) {
    return new TrainingProgress(plain, Progress.onTerminal(), System::nanoTime);
  }

  @Override
  public void onStep(StepReport report) {
    if (report.step() != lastStep + 1 || report.steps() != steps) {
      begin(report); // another training, or one that was resumed
    }
    lastStep = report.step();
    if (terminal) {
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

  private void begin(StepReport report) {
    close();
    firstStep = report.step();
    steps = report.steps();
    startNanos = nanos.getAsLong();
    bar = terminal ? Progress.bar("training", "steps", steps, firstStep - 1) : null;
  }

  /** Remaining time as the steps of this session went, evaluations in between included. */
  private String left(StepReport report) {
    return Progress.left(
        report.step() - firstStep, steps - report.step(), nanos.getAsLong() - startNanos);
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

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
