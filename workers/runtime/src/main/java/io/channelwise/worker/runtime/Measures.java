package io.channelwise.worker.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics {@code worker.task} (timer; topic, outcome) and {@code worker.lock.lost} (counter; topic,
 * reason). Thread-safe.
 */
final class Measures {
  private static final Logger LOG = LoggerFactory.getLogger(Measures.class);

  private final MeterRegistry registry;
  private final Set<ActiveTask> counted =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  Measures(MeterRegistry registry) {
    this.registry = registry;
  }

  void worked(ActiveTask task, Outcome outcome, long nanos) {
    registry
        .timer("worker.task", "topic", task.topic(), "outcome", outcome.tag())
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Counts and logs a task's lost lock once, whoever sees it first. */
  void lost(ActiveTask task) {
    if (!counted.add(task)) {
      return;
    }
    String reason = task.loss().orElseThrow().name().toLowerCase(Locale.ROOT);
    LOG.warn(
        "lock lost, work is cancelled topic={} task={} instance={} reason={}",
        task.topic(),
        task.taskId(),
        task.processInstanceId(),
        reason);
    registry.counter("worker.lock.lost", "topic", task.topic(), "reason", reason).increment();
  }
}
