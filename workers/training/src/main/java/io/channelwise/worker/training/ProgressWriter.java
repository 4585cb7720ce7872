package io.channelwise.worker.training;

import io.channelwise.bert.training.EpochReport;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.model.EpochRow;
import io.channelwise.model.ProgressRow;
import io.channelwise.model.StaleAttemptException;
import io.channelwise.model.TrainingRun;
import io.channelwise.model.TrainingRunService;
import io.channelwise.worker.runtime.TaskContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Writes progress rows while a training runs, and tells it to stop when the task is cancelled or a
 * newer attempt took the round over. A database that is away for a while stops no training: rows
 * wait. For one thread.
 */
final class ProgressWriter implements TrainingListener {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressWriter.class);

  private final TrainingRunService runs;
  private final TrainingRun run;
  private final TaskContext context;
  private final TrainingMeasures measures;
  private final long intervalNanos;
  private final List<ProgressRow> steps = new ArrayList<>();
  private final List<EpochRow> epochs = new ArrayList<>();
  private long writtenNanos = System.nanoTime();
  private boolean begun;
  private boolean superseded;

  ProgressWriter(
      TrainingRunService runs,
      TrainingRun run,
      TaskContext context,
      TrainingMeasures measures,
      Duration interval) {
    this.runs = runs;
    this.run = run;
    this.context = context;
    this.measures = measures;
    this.intervalNanos = interval.toNanos();
  }

  @Override
  public void onStep(StepReport report) {
    if (!begun) {
      begun = true;
      LOG.info("attempt={} begins at step={} of={}", run.attempt(), report.step(), report.steps());
    }
    measures.step(report);
    steps.add(
        new ProgressRow(
            report.step(),
            report.steps(),
            report.epoch(),
            report.loss(),
            report.learningRate(),
            report.tokensPerSecond(),
            null));
    if (System.nanoTime() - writtenNanos >= intervalNanos) {
      flush();
    }
  }

  @Override
  public void onNotice(String message) {
    LOG.warn("training notice=\"{}\"", message);
  }

  @Override
  public void onEpoch(EpochReport report) {
    LOG.info(
        "epoch={}/{} trainingLoss={} macroF1={}",
        report.epoch(),
        report.epochs(),
        report.trainingLoss(),
        report.macroF1());
    epochs.add(
        new EpochRow(
            report.epoch(),
            report.trainingLoss(),
            finite(report.accuracy()),
            finite(report.macroF1())));
    flush();
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  @Override
  public boolean isCancelled() {
    return superseded || context.isCancelled();
  }

  /** Writes what waits. */
  void flush() {
    writtenNanos = System.nanoTime();
    try {
      if (!steps.isEmpty()) {
        runs.progress(run, steps);
        steps.clear();
      }
      while (!epochs.isEmpty()) {
        runs.epoch(run, epochs.get(0));
        epochs.remove(0);
      }
    } catch (StaleAttemptException e) {
      LOG.warn("stopping, {}", e.getMessage());
      superseded = true;
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("progress not written, keeping {} rows cause={}", steps.size(), e.toString());
    }
  }
}
