package io.channelwise.bench.speed;

import io.channelwise.bert.Example;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A training of the product that goes on by as many steps as it is told, so that a peer can run in
 * between. For one thread, beside the training's own.
 */
final class SteppedTraining implements AutoCloseable {
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Semaphore allowed = new Semaphore(0);
  private final Semaphore done = new Semaphore(0);
  private final Path workDir;
  private final Future<?> training;
  private volatile boolean closing;
  private volatile StepReport last;

  /** Loads the base and waits before the first step. */
  SteppedTraining(
      TrainingSettings settings, List<Example> examples, Path workDir, Path baseModels) {
    this.workDir = workDir;
    FineTuner.forget(workDir);
    training =
        thread.submit(
            () ->
                FineTuner.train(
                    settings,
                    examples,
                    List.of(),
                    workDir,
                    workDir.resolve("model"),
                    baseModels,
                    new Gate()));
  }

  /** Makes the steps and tells the seconds they took. */
  double seconds(int steps) {
    long start = System.nanoTime();
    allowed.release(steps);
    for (int i = 0; i < steps; ) {
      if (tryAcquire()) {
        i++;
      } else if (training.isDone()) {
        throw new IllegalStateException("The training ended early: " + failure());
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Waits until the training has done all that belongs to its steps and stands before the next. */
  void settle() {
    while (!allowed.hasQueuedThreads() && !training.isDone()) {
      Thread.onSpinWait();
    }
  }

  /** Of the last step. */
  double loss() {
    return last.loss();
  }

  private boolean tryAcquire() {
    try {
      return done.tryAcquire(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a training was measured", e);
    }
  }

  private String failure() {
    try {
      training.get();
      return "all steps were made";
    } catch (Exception e) {
      return String.valueOf(e.getCause() == null ? e : e.getCause());
    }
  }

  @Override
  public void close() {
    closing = true;
    allowed.release(1);
    try {
      training.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TrainingCancelledException)) {
        throw new IllegalStateException("The training failed", e.getCause());
      }
    } finally {
      thread.shutdown();
      FineTuner.forget(workDir);
    }
  }

  /** Holds the training before each step. */
  private final class Gate implements TrainingListener {
    @Override
    public boolean isCancelled() {
      allowed.acquireUninterruptibly();
      return closing;
    }

    @Override
    public void onStep(StepReport report) {
      last = report;
      done.release();
    }
  }
}
