package io.channelwise.worker.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs workers against the engine until closed.
 *
 * <p>Topics with equal lock duration form a group with a client, a fetching thread and a pool of
 * threads of its own: a topic of long work, which has a long lock, then never keeps the quick ones
 * from being fetched. Thread-safe.
 */
public final class WorkerRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerRuntime.class);

  private final RuntimeSettings settings;
  private final LockKeeper keeper;
  private final Reporter reporter;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final List<TopicGroup> groups = new ArrayList<>();

  private WorkerRuntime(
      RuntimeSettings settings,
      Collection<? extends Worker<?, ?>> workers,
      MeterRegistry registry) {
    this.settings = settings;
    Measures measures = new Measures(registry);
    Outcome.Mapping mapping = new Outcome.Mapping(settings);
    this.keeper = new LockKeeper(measures);
    this.reporter = new Reporter(mapping);
    TaskRunner runner = new TaskRunner(mapping, reporter, keeper, measures);
    Map<Duration, List<Worker<?, ?>>> byLock =
        workers.stream()
            .collect(
                Collectors.groupingBy(
                    worker -> worker.contract().lockDuration(), TreeMap::new, Collectors.toList()));
    byLock.forEach(
        (lock, members) -> groups.add(new TopicGroup(settings, members, runner, closing::get)));
  }

  /** Starts with the metrics of Micrometer's global registry. */
  public static WorkerRuntime start(
      RuntimeSettings settings, Collection<? extends Worker<?, ?>> workers) {
    return start(settings, workers, Metrics.globalRegistry);
  }

  /**
   * Starts fetching at once; an engine that is not there yet is waited for.
   *
   * @throws IllegalArgumentException when there is no worker, two have one topic, or the token is
   *     empty
   */
  public static WorkerRuntime start(
      RuntimeSettings settings,
      Collection<? extends Worker<?, ?>> workers,
      MeterRegistry registry) {
    check(settings, workers);
    WorkerRuntime runtime = new WorkerRuntime(settings, workers, registry);
    runtime.groups.forEach(TopicGroup::start);
    LOG.info(
        "workers started engine={} worker={} threads={} maxTasks={} topics={}",
        settings.engineUrl(),
        settings.workerId(),
        settings.threads(),
        settings.maxTasks(),
        workers.stream().map(worker -> worker.contract().topic()).sorted().toList());
    return runtime;
  }

  private static void check(RuntimeSettings settings, Collection<? extends Worker<?, ?>> workers) {
    if (workers.isEmpty()) {
      throw new IllegalArgumentException("No worker was given; at least one topic is needed.");
    }
    Set<String> topics = new HashSet<>();
    for (Worker<?, ?> worker : workers) {
      if (!topics.add(worker.contract().topic())) {
        throw new IllegalArgumentException(
            "Topic %s has two workers; one is allowed.".formatted(worker.contract().topic()));
      }
    }
    String token = settings.token().get();
    if (token == null || token.isBlank()) {
      throw new IllegalArgumentException(
          "The worker token is empty; set channelwise.worker-token or channelwise.worker-token-file.");
    }
  }

  /** Tasks in hand at this moment. */
  public int running() {
    return groups.stream().mapToInt(TopicGroup::running).sum();
  }

  /**
   * Cancels the contexts first, waits for the work up to the grace and for the last fetch up to its
   * long-polling time, unlocks what is unfinished and stops. Does not throw.
   */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    LOG.info("workers stopping worker={} running={}", settings.workerId(), running());
    long deadlineNanos = System.nanoTime() + settings.shutdownGrace().toNanos();
    groups.forEach(TopicGroup::stopFetching);
    groups.forEach(group -> group.awaitWork(deadlineNanos));
    reporter.abort();
    // Before unlocking: a fetch still held by the engine would lock the task for this dead worker.
    groups.forEach(TopicGroup::awaitFetching);
    groups.forEach(TopicGroup::unlockUnfinished);
    keeper.close();
    groups.forEach(TopicGroup::close);
    LOG.info("workers stopped worker={}", settings.workerId());
  }
}
