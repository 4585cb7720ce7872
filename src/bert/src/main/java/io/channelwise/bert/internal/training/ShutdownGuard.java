package io.channelwise.bert.internal.training;

import io.channelwise.bert.training.EpochReport;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a training before its JVM ends. An exit tears PyTorch down while a backward pass may still
 * use it, which dies with SIGSEGV; so the exit waits until the training has saved and stopped. Safe
 * for many threads.
 */
public final class ShutdownGuard implements TrainingListener, AutoCloseable {
  private static final long SECONDS_MAX = 60;

  private final TrainingListener listener;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "training-shutdown");
  private volatile boolean stopping;

  /** Stands in front of a listener until it is closed. */
  public ShutdownGuard(TrainingListener listener) {
    this.listener = listener;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    stopping = true;
    try {
      ended.await(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onStep(StepReport report) {
    listener.onStep(report);
  }

  @Override
  public void onEpoch(EpochReport report) {
    listener.onEpoch(report);
  }

  @Override
  public void onNotice(String message) {
    listener.onNotice(message);
  }

  @Override
  public boolean isCancelled() {
    return stopping || listener.isCancelled();
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down, which is what the hook was for.
    }
  }
}
