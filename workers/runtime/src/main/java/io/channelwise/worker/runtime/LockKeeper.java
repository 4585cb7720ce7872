package io.channelwise.worker.runtime;

import io.channelwise.worker.runtime.ActiveTask.Loss;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extends the locks of the tasks in hand every third of their lock, and marks a task as lost when
 * the engine says so or when its deadline passes without a successful extension. Thread-safe.
 */
final class LockKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LockKeeper.class);

  private final ScheduledThreadPoolExecutor threads;
  private final Measures measures;

  LockKeeper(Measures measures) {
    this.measures = measures;
    // More than one thread, so that one call that hangs does not keep the others from extending.
    this.threads = new ScheduledThreadPoolExecutor(4, Threads.daemon("channelwise-lock"));
    threads.setRemoveOnCancelPolicy(true);
  }

  /** Watches the task until the handle is closed. */
  Watch watch(ActiveTask task) {
    long third = Math.max(200, task.contract().lockDuration().toMillis() / 3);
    ScheduledFuture<?> future =
        threads.scheduleWithFixedDelay(() -> extend(task), third, third, TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  /** Stops watching; an extension under way may still end. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Never throws: an exception would end the schedule silently. */
  private void extend(ActiveTask task) {
    try {
      if (task.loss().isPresent()) {
        measures.lost(task);
        return;
      }
      long before = System.nanoTime();
      task.service().extendLock(task.task(), task.contract().lockDuration().toMillis());
      task.lockedUntil(before, task.contract().lockDuration());
    } catch (Throwable e) {
      failed(task, e);
    }
  }

  private void failed(ActiveTask task, Throwable e) {
    switch (EngineAnswer.of(e)) {
      case GONE -> task.lose(Loss.GONE);
      case TAKEN -> task.lose(Loss.TAKEN);
      case REFUSED, AWAY ->
          LOG.warn(
              "lock not extended, trying again topic={} task={} cause={}",
              task.topic(),
              task.taskId(),
              e.toString());
    }
    if (task.loss().isPresent()) {
      measures.lost(task);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
