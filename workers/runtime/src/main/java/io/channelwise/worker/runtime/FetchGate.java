package io.channelwise.worker.runtime;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.camunda.bpm.client.backoff.ErrorAwareBackoffStrategy;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.task.ExternalTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Back-pressure and back-off of one fetching client.
 *
 * <p>The client asks its back-off strategy after each fetch. Here it waits until as many threads
 * are free as one fetch may bring, so that no task is locked that would then wait behind slow ones.
 * Empty answers cost no wait (the engine held the request already); errors wait 250 ms, doubled up
 * to the maximum. {@link #reconfigure} and {@link #calculateBackoffTime} run on the client's
 * thread.
 */
final class FetchGate implements ErrorAwareBackoffStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(FetchGate.class);
  private static final long ERROR_MILLIS_FIRST = 250;

  private final Semaphore free;
  private final int threads;
  private final int maxTasks;
  private final long errorMillisMax;
  private final String name;
  private long errorMillis;

  FetchGate(String name, RuntimeSettings settings) {
    this.name = name;
    this.threads = settings.threads();
    this.maxTasks = settings.maxTasks();
    this.errorMillisMax = settings.errorBackOffMax().toMillis();
    this.free = new Semaphore(threads);
  }

  /** Called for each fetched task on the client's thread; never waits, see {@link #reconfigure}. */
  void taken() {
    free.acquireUninterruptibly();
  }

  void done() {
    free.release();
  }

  /** Lets the client's thread go for good. */
  void open() {
    free.release(threads);
  }

  @Override
  public void reconfigure(List<ExternalTask> tasks, ExternalTaskClientException error) {
    if (error == null) {
      if (errorMillis > 0) {
        LOG.info("engine answers again group={}", name);
      }
      errorMillis = 0;
    } else {
      errorMillis = Math.min(errorMillisMax, Math.max(ERROR_MILLIS_FIRST, errorMillis * 2));
      LOG.warn("fetch failed group={} nextTryMs={} cause={}", name, errorMillis, error.toString());
    }
    free.acquireUninterruptibly(maxTasks);
    free.release(maxTasks);
  }

  @Override
  public long calculateBackoffTime() {
    return errorMillis;
  }
}
